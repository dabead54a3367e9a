"""People, goods and short ways to a state, for the tests of flows."""

import uuid
from collections.abc import Callable, Iterator

import pytest

from lapak.flows.credit_creator import credit_creator
from lapak.flows.place_purchase import place_purchase
from lapak.flows.process_message import process_message
from lapak.flows.ship_order import confirm_receipt, ship_order
from lapak.flows.tests.partner import partner  # noqa: F401 - a fixture
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.money.gateways.commands import record_message
from lapak.money.payments.models import PaymentIntent
from lapak.testing.cast import Cast, asked_for, click_on, link_to, stocked_variant
from lapak.testing.histories import asked_return, delivered_order
from lapak.testing.whose_is_what import differences
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.models import Order
from lapak.trade.returns.models import Return


@pytest.fixture
def everyone_has_what_is_theirs() -> Iterator[None]:
    """After the test, also by the second opinion."""
    yield
    assert not (wrong := differences()), "; ".join(wrong)


@pytest.fixture
def placed(cast: Cast, variant: Variant) -> Order:
    """The worked example's order, awaiting payment, brought about by the creator's link."""
    click = click_on(link_to(cast, variant.product))
    return Order.objects.get(purchase_id=place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)), [click]))


@pytest.fixture
def settled(cast: Cast) -> Callable[..., Order]:
    """The worked example's order once more, settled: its commission waits to be credited."""

    def settle() -> Order:
        shirt = stocked_variant(cast.shop)
        order = delivered_order(cast, (shirt, 1), click=click_on(link_to(cast, shirt.product)))
        return confirm_receipt(cast.buyer, order.id)

    return settle


@pytest.fixture
def delivered(cast: Cast) -> Order:
    """The worked example's 100,000 as two shirts at 50,000 each, brought about by the creator's link, in the buyer's hands."""
    shirt = stocked_variant(cast.shop, price_idr=50_000)
    return delivered_order(cast, (shirt, 2), click=click_on(link_to(cast, shirt.product)))


@pytest.fixture
def ask(cast: Cast, delivered: Order) -> Callable[..., Return]:
    """The buyer asks to return so many of the two shirts."""

    def ask_to_return(pieces: int = 1, reason: str = "damaged", *, goods_come_back: bool = True) -> Return:
        return asked_return(cast, delivered, pieces, reason=reason, goods_come_back=goods_come_back)

    return ask_to_return


def report(
    intent: PaymentIntent,
    kind: str = "charge.paid",
    *,
    amount_idr: int | None = None,
    event: str = "",
    paid_at: str | None = None,
) -> str:
    """What the gateway would report about a payment, recorded and processed; answers the outcome."""
    amount = intent.amount_idr if amount_idr is None else amount_idr
    body = {
        "reference": str(intent.id),
        "currency": "IDR",
        "amount_idr": amount,
        "fee_idr": (amount * 7 + 500) // 1000,
        "paid_at": (paid_at or clock.now().isoformat()) if kind == "charge.paid" else None,
    }
    notification, _ = record_message("sandbox", event or f"evt_{new_id()}", kind, body)
    process_message(notification.id)
    notification.refresh_from_db()
    return notification.outcome


@pytest.fixture
def pay() -> Callable[[uuid.UUID], str]:
    """Pay for a purchase; answers the outcome."""

    def pay_purchase(purchase_id: uuid.UUID) -> str:
        return report(PaymentIntent.objects.get(pays_for=purchase_id))

    return pay_purchase


@pytest.fixture
def settled_order(cast: Cast, placed: Order, pay: Callable[..., str]) -> Order:
    """The worked example's order, its money split and the creator's part in their balance."""
    pay(placed.purchase_id)
    pack_order(cast.seller, placed.id)
    ship_order(cast.seller, placed.id, "JX0001234567")
    order = confirm_receipt(cast.buyer, placed.id)
    credit_creator(cast.creator.id)
    return order
