"""An order goes to another address of its buyer's, before it is packed: docs/concepts/orders-and-clocks.md."""

import uuid
from collections.abc import Collection

from django.db.models import F, Sum

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.refusal import Refusal
from lapak.people.users.models import Address, User
from lapak.people.users.queries import address_for_user
from lapak.trade.orders.errors import AddressChangedBefore, AddressCostsMore, OrderMoved, OutOfReach
from lapak.trade.orders.models import Order, OrderEvent
from lapak.trade.orders.rules import State
from lapak.trade.orders.steps import for_buyer, lock_order, note_event, refuse_disputed, refuse_unless
from lapak.trade.shipping.queries import shipping_quotes

CHANGEABLE = {State.AWAITING_PAYMENT: "pay_by", State.TO_PACK: "pack_by"}
"""States in which no parcel bears an address yet, and the clock that ends each."""


@act
def change_address(by: User, order_id: uuid.UUID, address_id: uuid.UUID) -> Order:
    """The order goes to this address of its buyer's, by the service and for the shipping that were agreed; the shop is told.

    Once, so that the address of the purchase and this one are all there ever were. Refuses strangers (`OrderNotFound`), another
    user's address (`AddressNotFound`), an order that is packed or further (`OrderMoved`), out of time (`OutOfTime`), in
    dispute (`PaymentDisputed`) or changed before (`AddressChangedBefore`), and an address that the service does not
    reach (`OutOfReach`) or to which it costs more (`AddressCostsMore`). Where it goes anyway is no change.
    """
    order = lock_order(order_id, for_buyer(by))
    address = address_for_user(by, address_id)
    refuse_to_change(order)
    if as_kept(address) == order.address:
        return order
    refuse_to_reach(order, address)
    order.changed_address = as_kept(address)
    order.save(update_fields=["changed_address"])
    note_event(by, order, OrderEvent.Kind.ADDRESS_CHANGED, "", None)
    return order


def refuse_to_change(order: Order) -> None:
    """What `change_address` refuses of the order, whichever address is meant."""
    if order.state not in CHANGEABLE:
        raise OrderMoved
    refuse_disputed(order)
    if order.changed_address:
        raise AddressChangedBefore
    state = State(order.state)
    refuse_unless(order, state, getattr(order, CHANGEABLE[state]), clock.now())


def may_change_address(order: Order) -> bool:
    """Whether `change_address` refuses nothing of the order itself."""
    try:
        refuse_to_change(order)
    except Refusal:
        return False
    return True


def refuse_to_reach(order: Order, address: Address) -> None:
    """What `change_address` refuses of an address."""
    more_idr = more_to(order, [address.province_code])[address.province_code]
    if more_idr is None:
        raise OutOfReach
    if more_idr > 0:
        raise AddressCostsMore(more_idr)


def more_to(order: Order, province_codes: Collection[str]) -> dict[str, int | None]:
    """What the order's service costs to each province more than to where it goes now (IDR, below zero: less); None where it
    does not go. At today's rates and weights both, so that a rate that rose keeps nobody from the house next door."""
    of_lines = order.lines.aggregate(g=Sum(F("quantity") * F("variant__product__charged_weight_g")))
    prices = {
        code: _price_idr(order, code, of_lines["g"]) for code in {*province_codes, order.address["province_code"]}
    }
    now_idr = prices[order.address["province_code"]]
    paid_idr = order.shipping_idr if now_idr is None else now_idr
    return {code: None if (idr := prices[code]) is None else idr - paid_idr for code in province_codes}


def as_kept(address: Address) -> dict[str, str]:
    """As a purchase keeps it."""
    return {name: getattr(address, name) for name in _KEPT}


_KEPT = ("recipient", "phone", "street", "district", "city", "province_code", "postal_code")


def _price_idr(order: Order, province_code: str, weight_g: int) -> int | None:
    quotes = shipping_quotes(order.shop.province_code, province_code, weight_g)
    return next((quote.price_idr for quote in quotes if quote.service_code == order.shipping_service), None)
