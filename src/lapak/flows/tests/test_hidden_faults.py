"""A right to return for hidden faults stays until the money has left; domain.md §2."""

import pytest

from lapak.flows.clocks import run_due_clocks
from lapak.flows.pay_out import send_due_payouts
from lapak.flows.refund_return import approve_return
from lapak.flows.ship_order import confirm_receipt
from lapak.testing.books import rows_everywhere
from lapak.testing.cast import Cast
from lapak.testing.histories import asked_return
from lapak.trade.orders.models import Order
from lapak.trade.returns.errors import ReturnOutOfTime
from lapak.trade.returns.queries import may_ask_for_return, reasons_to_return

pytestmark = pytest.mark.django_db


@pytest.fixture
def content(cast: Cast, delivered: Order) -> Order:
    """The buyer has said that they have it and are content."""
    confirm_receipt(delivered.id, cast.buyer)
    delivered.refresh_from_db()
    return delivered


def test_of_the_shop_s_faults_alone(content: Order) -> None:
    assert may_ask_for_return(content)
    assert "changed_mind" not in reasons_to_return(content)
    assert "faulty" in reasons_to_return(content)


def test_the_refund_comes_from_those_who_have_the_money(cast: Cast, content: Order) -> None:
    return_ = asked_return(cast, content, reason="faulty", goods_come_back=False)
    approve_return(return_.id, cast.seller)
    content.refresh_from_db()
    assert (content.state, content.refunded_idr) == ("refunded", 115_000)


def test_no_longer_once_the_shop_was_paid_out(cast: Cast, content: Order) -> None:
    run_due_clocks()
    send_due_payouts("bank_file", None)
    before = rows_everywhere()
    assert not may_ask_for_return(content)
    with pytest.raises(ReturnOutOfTime):
        asked_return(cast, content, reason="faulty")
    assert rows_everywhere() == before
