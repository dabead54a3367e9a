"""A right to return for hidden faults stays until the money has left; docs/concepts/returns.md."""

import pytest

from lapak.affiliates.models import Commission
from lapak.flows.clocks import run_due_clocks
from lapak.flows.credit_creator import credit_creator
from lapak.flows.pay_out import confirm_payout, return_payout, send_due_payouts
from lapak.flows.refund_return import approve_return
from lapak.flows.ship_order import confirm_receipt
from lapak.money.payouts.models import Payout, PayoutItem
from lapak.testing.books import rows_everywhere
from lapak.testing.cast import Cast
from lapak.testing.histories import asked_return, delivered_order
from lapak.testing.refused import refused
from lapak.trade.orders.models import Order
from lapak.trade.returns.asking import withdraw_return
from lapak.trade.returns.errors import ReturnOutOfTime
from lapak.trade.returns.models import Return
from lapak.trade.returns.queries import may_ask_for_return, reasons_to_return

pytestmark = pytest.mark.django_db


@pytest.fixture
def content(cast: Cast, delivered: Order) -> Order:
    """The buyer has said that they have it and are content."""
    confirm_receipt(cast.buyer, delivered.id)
    delivered.refresh_from_db()
    return delivered


def test_of_the_shop_s_faults_alone(content: Order) -> None:
    assert may_ask_for_return(content)
    assert "changed_mind" not in reasons_to_return(content)
    assert "faulty" in reasons_to_return(content)


def test_the_refund_comes_from_those_who_have_the_money(cast: Cast, content: Order) -> None:
    return_ = asked_return(cast, content, reason="faulty", goods_come_back=False)
    approve_return(cast.seller, return_.id)
    content.refresh_from_db()
    assert (content.state, content.refunded_idr) == ("refunded", 115_000)


def test_no_longer_once_the_shop_was_paid_out(cast: Cast, content: Order) -> None:
    run_due_clocks()
    send_due_payouts(None, "bank_file")
    before = rows_everywhere()
    assert not may_ask_for_return(content)
    with refused(ReturnOutOfTime):
        asked_return(cast, content, reason="faulty")
    assert rows_everywhere() == before


def test_again_once_the_bank_has_sent_it_back(cast: Cast, content: Order) -> None:
    send_due_payouts(None, "bank_file")
    payout = Payout.objects.get(account__kind="seller_payable")
    confirm_payout(cast.operator, payout.id)
    assert not may_ask_for_return(content)
    return_payout(cast.operator, payout.id, "account closed")
    assert may_ask_for_return(content)


def paid_out() -> list[int]:
    """What has been sent to shops so far, payout by payout."""
    sent = Payout.objects.filter(account__kind="seller_payable").order_by("created_at")
    return list(sent.values_list("amount_idr", flat=True))


class TestWhileAReturnIsOpen:
    """A shop that was paid meanwhile would owe what it no longer has: its payout leaves the order whole."""

    @pytest.fixture
    def asked(self, cast: Cast, content: Order) -> Return:
        return asked_return(cast, content, reason="faulty", goods_come_back=False)

    @pytest.fixture
    def another(self, cast: Cast, content: Order) -> Order:
        """The same goods sold once more; nobody complains."""
        order = delivered_order(cast, (content.lines.get().variant, 1))
        confirm_receipt(cast.buyer, order.id)
        return order

    def test_its_money_does_not_leave(self, asked: Return) -> None:
        assert asked.is_open
        before = rows_everywhere()
        send_due_payouts(None, "bank_file")
        assert paid_out() == []
        assert rows_everywhere() == before

    def test_the_rest_does(self, asked: Return, another: Order) -> None:
        send_due_payouts(None, "bank_file")
        assert paid_out() == [48_890]
        assert list(PayoutItem.objects.filter(kind="order").values_list("item_id", flat=True)) == [another.id]

    def test_once_it_is_over_the_next_payout_names_the_order(self, cast: Cast, asked: Return, another: Order) -> None:
        send_due_payouts(None, "bank_file")
        confirm_payout(cast.operator, Payout.objects.get(account__kind="seller_payable").id)
        withdraw_return(cast.buyer, asked.id)
        send_due_payouts(None, "bank_file")
        assert paid_out() == [48_890, 87_780]
        assert set(PayoutItem.objects.filter(kind="order").values_list("item_id", flat=True)) == {
            another.id,
            asked.order_id,
        }

    def test_nor_does_what_its_creator_was_credited(self, cast: Cast, asked: Return) -> None:
        credit_creator(cast.creator.id)
        assert Commission.objects.get().state == "payable"
        send_due_payouts(None, "bank_file")
        assert not Payout.objects.exists()
        withdraw_return(cast.buyer, asked.id)
        send_due_payouts(None, "bank_file")
        assert set(Payout.objects.values_list("amount_idr", flat=True)) == {87_780, 9_750}
        assert PayoutItem.objects.get(kind="commission").item_id == Commission.objects.get().id
