"""Short ways to an order's later states, by the acts that lead there."""

from lapak.affiliates.token import ClickToken
from lapak.flows.place_purchase import place_purchase
from lapak.flows.receive_payment import receive_payment
from lapak.flows.ship_order import deliver_order, ship_order
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.money.gateways.contract import ChargeReport
from lapak.money.payments.models import PaymentIntent
from lapak.money.payments.rules import Status
from lapak.testing.cast import Cast, asked_for
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.models import Order
from lapak.trade.returns.asking import ask_for_return
from lapak.trade.returns.models import Return


def paid_order(cast: Cast, *lines: tuple[Variant, int], click: ClickToken | None = None) -> Order:
    """The buyer's order of these goods, paid by QRIS at 0.7 %."""
    purchase_id = place_purchase(cast.buyer.id, asked_for(cast, *lines), [click] if click else [])
    intent = PaymentIntent.objects.get(pays_for=purchase_id)
    paid = ChargeReport(intent.id, Status.PAID, intent.amount_idr, (intent.amount_idr * 7 + 500) // 1000, clock.now())
    receive_payment(paid, intent.provider)
    return Order.objects.get(purchase_id=purchase_id)


def tracking_number() -> str:
    """One that no other parcel bears."""
    return f"JP{new_id().int % 10**12:012d}"


def delivered_order(cast: Cast, *lines: tuple[Variant, int], click: ClickToken | None = None) -> Order:
    """As `paid_order`, and now in the buyer's hands: a return can be asked for."""
    order = paid_order(cast, *lines, click=click)
    pack_order(cast.seller, order.id)
    ship_order(cast.seller, order.id, tracking_number())
    return deliver_order(None, order.id)


def asked_return(
    cast: Cast,
    order: Order,
    pieces: int | None = None,
    *,
    reason: str = "damaged",
    words: str = "A seam is open.",
    goods_come_back: bool = True,
) -> Return:
    """The buyer asks to give so many pieces of each of the order's lines back; all of them unless told."""
    return ask_for_return(
        cast.buyer,
        order.id,
        quantities={line.id: line.quantity if pieces is None else pieces for line in order.lines.all()},
        reason=reason,
        words=words,
        goods_come_back=goods_come_back,
    )
