"""From the shop's shelf to the buyer's hands."""

import uuid

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from lapak.affiliates.commissions import reverse_commissions
from lapak.flows.owe_back import owe_back
from lapak.flows.settle_order import settle_order
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.written import LONGEST_STORY
from lapak.money.ledger.commands import post_transfers
from lapak.people.users.models import User
from lapak.people.users.operators import Desk
from lapak.trade.orders.commands import mark_completed, mark_delivered, mark_shipped
from lapak.trade.orders.errors import DecisionMissing, NotArrived, OrderMoved, TooEarly
from lapak.trade.orders.escrow import mark_lost
from lapak.trade.orders.models import Order, OrderEvent
from lapak.trade.orders.rules import State, Word, is_over
from lapak.trade.orders.settlement import return_refunded
from lapak.trade.orders.steps import for_buyer, for_operator, for_seller, lock_order, note_event
from lapak.trade.shipping import commands as shipping
from lapak.trade.shipping.queries import earliest_delivery


class Fate(TextChoices):
    """What the operator finds out about a parcel that did not arrive in time."""

    DELIVERED = "delivered", _("The courier delivered it")
    LOST = "lost", _("It is lost: refund the buyer")


@act
def ship_order(by: User, order_id: uuid.UUID, tracking_number: str) -> Order:
    """The packed order is with the courier under this number, and its goods have left the stock.

    Refuses strangers (`OrderNotFound`), an order not packed (`OrderMoved`), out of time (`OutOfTime`), while the buyer
    waits for an answer (`CancelAsked`), and a tracking number that the courier does not write so, or that is on another
    parcel.
    """
    order = mark_shipped(by, lock_order(order_id, for_seller(by)))
    shipping.record_parcel(
        order.id,
        order.shipping_service,
        tracking_number,
        shop_id=order.shop_id,
        shipped_at=clock.now(),
        min_days=order.contract["delivery"]["min_days"],
    )
    return order


@act
def correct_tracking_number(by: User, order_id: uuid.UUID, tracking_number: str) -> Order:
    """The parcel travels under this number; the one written before stays on record, and the buyer is told.

    Refuses strangers (`OrderNotFound`), an order that is not on its way (`OrderMoved`), one whose buyer has said that
    nothing came (`NotArrived`), and a number as `ship_order` does.
    """
    order = lock_order(order_id, for_seller(by))
    if order.state != State.SHIPPED:
        raise OrderMoved
    if order.not_arrived_at:
        raise NotArrived
    was, now = shipping.correct_parcel(order.id, tracking_number)
    if was != now:
        note_event(by, order, OrderEvent.Kind.NUMBER_CORRECTED, f"{was} → {now}", None)
    return order


@act
def deliver_order(by: User | None, order_id: uuid.UUID, reason: str = "") -> Order:
    """The parcel arrived, and the buyer's days to object begin: 6 by the courier's own word (`by` None), 10 by the shop's.

    The shop's word is refused before the service's shortest time is over (`TooEarly`) and once the buyer has said that
    nothing came (`NotArrived`). Refuses strangers (`OrderNotFound`) and an order not shipped (`OrderMoved`).
    """
    if by is None:
        return _deliver(None, lock_order(order_id), Word.COURIER, reason)
    order = lock_order(order_id, for_seller(by))
    if order.state == State.SHIPPED and clock.now() < earliest_delivery(order_id, order.shop.time_zone):
        raise TooEarly
    return _deliver(by, order, Word.SHOP, reason)


@act
def decide_fate(by: User, order_id: uuid.UUID, fate: str, words: str) -> Order:
    """The operator has found out what became of a parcel that did not arrive in time, and says it in `words`.

    Delivered: as by the courier's word. Lost: the order is refunded to the buyer whole, and nobody earns on it; posts
    order_escrow → buyer_refund_payable. Refuses anyone but the operator (`OrderNotFound`), an order not on its way
    (`OrderMoved`) or with time left to arrive (`TooEarly`), and a decision without reasons (`DecisionMissing`).
    """
    order, words = lock_order(order_id, for_operator(by, Desk.PARCELS)), words.strip()
    if order.state != State.SHIPPED:
        raise OrderMoved
    if not is_over(order.arrive_by, clock.now()):
        raise TooEarly
    if fate not in Fate.values or not 1 <= len(words) <= LONGEST_STORY:
        raise DecisionMissing
    if fate == Fate.DELIVERED:
        return _deliver(by, order, Word.COURIER, words)
    refund = mark_lost(by, order, words)
    owe_back(order, refund, words)
    reverse_commissions(order.id, words)
    post_transfers(return_refunded(order.id, order.id, order.shop_id, order.buyer_id, refund))
    return order


@act
def confirm_receipt(by: User, order_id: uuid.UUID) -> Order:
    """The buyer has the goods, has looked inside and is content: the order is completed and settled at once.

    For hidden faults a return may be asked for until the shop has its money. Refuses strangers (`OrderNotFound`), an
    order that is neither shipped nor delivered (`OrderMoved`), and one whose return is open (`ReturnOpen`).
    """
    order = lock_order(order_id, for_buyer(by))
    if order.state == State.SHIPPED:
        _deliver(by, order, Word.BUYER, "")
    mark_completed(by, order)
    return settle_order(order.id)


def _deliver(by: User | None, order: Order, word: Word, reason: str) -> Order:
    mark_delivered(by, order, word, reason)
    shipping.mark_delivered(order.id, clock.now())
    return order
