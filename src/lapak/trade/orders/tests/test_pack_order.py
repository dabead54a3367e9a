"""The shop packs: in time, and nobody else."""

import pytest

from lapak.flows.cancel_order import cancel_late_order
from lapak.flows.clocks import run_due_clocks
from lapak.lib.calendar import after_working_days
from lapak.testing.cast import Cast
from lapak.testing.refused import refused
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.errors import OrderMoved, OrderNotFound, OutOfTime
from lapak.trade.orders.models import Order
from lapak.trade.orders.tests.conftest import last_event, later

pytestmark = pytest.mark.django_db


def test_the_courier_s_clock_starts(cast: Cast, paid: Order) -> None:
    order = pack_order(cast.seller, paid.id)
    assert order.packed_at is not None
    assert order.ship_by == after_working_days(order.packed_at, 3, "Asia/Jakarta")
    assert last_event(order) == ("moved", "to_pack", "packed", cast.seller, "")
    assert order.events.latest("id").deadline == order.ship_by


@pytest.mark.parametrize("who", ["stranger", "buyer", "operator", "creator_user"])
def test_nobody_else_packs(cast: Cast, paid: Order, who: str) -> None:
    with refused(OrderNotFound):
        pack_order(getattr(cast, who), paid.id)


def test_what_is_not_paid_or_packed_already(cast: Cast, unpaid: Order) -> None:
    with refused(OrderMoved):
        pack_order(cast.seller, unpaid.id)


def test_twice(cast: Cast, packed: Order) -> None:
    with refused(OrderMoved):
        pack_order(cast.seller, packed.id)


def test_the_deadline_holds_however_late_the_sweep(cast: Cast, paid: Order) -> None:
    with later(paid, "pack_by", seconds=1):
        with refused(OutOfTime):
            pack_order(cast.seller, paid.id)
        assert run_due_clocks()["unpacked"] == 1
    paid.refresh_from_db()
    assert (paid.state, paid.escrow_idr) == ("cancelled", 0)
    assert last_event(paid)[4] == "Not packed in time."


def test_the_sweep_does_not_cancel_what_was_packed_in_the_last_second(cast: Cast, paid: Order) -> None:
    with later(paid, "pack_by"):
        pack_order(cast.seller, paid.id)
    with later(paid, "pack_by", seconds=1), refused(OrderMoved):
        cancel_late_order(paid.id)
