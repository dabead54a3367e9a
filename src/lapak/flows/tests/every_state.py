"""An order and a return in every state that waits for somebody, brought there by the acts of its people."""

from collections.abc import Callable

from django.db import transaction

from lapak.flows.place_purchase import place_purchase
from lapak.flows.refund_return import approve_return
from lapak.flows.ship_order import ship_order
from lapak.testing.cast import Cast, asked_for, stocked_variant
from lapak.testing.histories import asked_return, delivered_order, paid_order, tracking_number
from lapak.trade.orders.commands import mark_completed, pack_order
from lapak.trade.orders.models import Order
from lapak.trade.orders.rules import State
from lapak.trade.orders.steps import lock_order
from lapak.trade.returns import asking, deciding, sending
from lapak.trade.returns.models import Return


def unpaid(cast: Cast) -> Order:
    return Order.objects.get(
        purchase_id=place_purchase(cast.buyer.id, asked_for(cast, (stocked_variant(cast.shop), 1)))
    )


def paid(cast: Cast) -> Order:
    return paid_order(cast, (stocked_variant(cast.shop), 1))


def packed(cast: Cast) -> Order:
    return pack_order(cast.seller, paid(cast).id)


def shipped(cast: Cast) -> Order:
    return ship_order(cast.seller, packed(cast).id, tracking_number())


def delivered(cast: Cast) -> Order:
    return delivered_order(cast, (stocked_variant(cast.shop), 1))


def completed(cast: Cast) -> Order:
    """Completed, and not settled yet: settling is the state's clock."""
    order = delivered(cast)
    with transaction.atomic():
        return mark_completed(cast.buyer, lock_order(order.id))


ORDER_IN: dict[State, Callable[[Cast], Order]] = {
    State.AWAITING_PAYMENT: unpaid,
    State.TO_PACK: paid,
    State.PACKED: packed,
    State.SHIPPED: shipped,
    State.DELIVERED: delivered,
    State.COMPLETED: completed,
}


def asked(cast: Cast) -> Return:
    return asked_return(cast, delivered(cast))


def declined(cast: Cast) -> Return:
    return deciding.decline_return(cast.seller, asked(cast).id, "No.")


def escalated(cast: Cast) -> Return:
    return asking.escalate_return(cast.buyer, declined(cast).id, "Please.")


def approved(cast: Cast) -> Return:
    return approve_return(cast.seller, asked(cast).id)


def sent_back(cast: Cast) -> Return:
    return sending.send_back(cast.buyer, approved(cast).id, "JNE", tracking_number())


def arrived(cast: Cast) -> Return:
    return sending.receive_return(cast.seller, sent_back(cast).id)


def declined_with_goods(cast: Cast) -> Return:
    return deciding.decline_return(cast.seller, arrived(cast).id, "Worn.")


def to_be_sent_again(cast: Cast) -> Return:
    return_ = asking.escalate_return(cast.buyer, declined_with_goods(cast).id, "It was not.")
    return deciding.dismiss_return(cast.operator, return_.id, "It was.")


def on_its_way_again(cast: Cast) -> Return:
    return sending.send_again(cast.seller, to_be_sent_again(cast).id, "JNE", tracking_number())


RETURN_IN: dict[str, Callable[[Cast], Return]] = {
    "asked": asked,
    "declined": declined,
    "declined, goods at the shop": declined_with_goods,
    "escalated": escalated,
    "approved": approved,
    "sent_back": sent_back,
    "arrived": arrived,
    "send_again": to_be_sent_again,
    "sent_again": on_its_way_again,
}
