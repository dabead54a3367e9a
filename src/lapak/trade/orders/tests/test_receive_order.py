"""The buyer has the goods and is content: nobody else says so, once, and of a parcel that left."""

import pytest

from lapak.flows.ship_order import confirm_receipt, deliver_order
from lapak.testing.cast import Cast
from lapak.testing.refused import refused
from lapak.trade.orders.commands import show_handed_over
from lapak.trade.orders.errors import OrderMoved, OrderNotFound
from lapak.trade.orders.models import Order
from lapak.trade.orders.tests.conftest import last_event

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_delivered", [False, True])
def test_it_is_completed_and_settled_at_once(cast: Cast, shipped: Order, *, is_delivered: bool) -> None:
    if is_delivered:
        deliver_order(None, shipped.id)
    order = confirm_receipt(cast.buyer, shipped.id)
    order.refresh_from_db()
    assert (order.state, order.escrow_idr) == ("completed", 0)
    assert order.settled_at is not None
    assert last_event(order) == ("moved", "delivered", "completed", cast.buyer, "")


@pytest.mark.parametrize("who", ["stranger", "seller", "operator", "creator_user"])
def test_nobody_else_says_so(cast: Cast, shipped: Order, who: str) -> None:
    with refused(OrderNotFound):
        confirm_receipt(getattr(cast, who), shipped.id)


@pytest.mark.parametrize("state", ["unpaid", "paid", "packed"])
def test_what_has_not_left_cannot_be_there(cast: Cast, state: str, request: pytest.FixtureRequest) -> None:
    order: Order = request.getfixturevalue(state)
    with refused(OrderMoved):
        confirm_receipt(cast.buyer, order.id)


def test_nor_what_the_courier_has_without_a_number(cast: Cast, packed: Order) -> None:
    show_handed_over(cast.seller, packed.id, "Resi pickup 77")
    with refused(OrderMoved):
        confirm_receipt(cast.buyer, packed.id)


def test_twice(cast: Cast, shipped: Order) -> None:
    confirm_receipt(cast.buyer, shipped.id)
    with refused(OrderMoved):
        confirm_receipt(cast.buyer, shipped.id)
