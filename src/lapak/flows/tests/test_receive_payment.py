"""Payments as they come: once, twice, late, wrong, out of order."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from lapak.flows.cancel_order import cancel_unpaid_purchase
from lapak.flows.pay_again import pay_again
from lapak.flows.process_message import process_message
from lapak.flows.receive_payment import receive_payment
from lapak.flows.tests.conftest import report
from lapak.lib import clock
from lapak.lib.calendar import after_working_days
from lapak.money.gateways.models import GatewayMessage
from lapak.money.ledger.models import AccountKind, Transfer
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import PLATFORM, AccountKey
from lapak.money.payments.commands import mark_intent_failed
from lapak.money.payments.models import PaymentIntent, Refund
from lapak.testing.books import rows_everywhere
from lapak.testing.cast import Cast
from lapak.testing.market import charge_report
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db


def balance(kind: AccountKind, owner: object) -> int:
    return balance_idr(AccountKey(kind, str(owner)))


class TestInTime:
    def test_the_money_is_held_and_the_packing_clock_starts(self, placed: Order, pay: Callable[..., str]) -> None:
        assert pay(placed.purchase_id) == "paid"
        placed.refresh_from_db()
        assert placed.state == "to_pack"
        assert placed.paid_at is not None
        assert placed.pack_by == after_working_days(placed.paid_at, 2, "Asia/Jakarta")
        assert balance(AccountKind.ORDER_ESCROW, placed.shop_id) == 115_000
        assert balance(AccountKind.GATEWAY_FEE, PLATFORM) == 805
        assert balance(AccountKind.GATEWAY_CASH, "sandbox") == 115_000 - 805

    def test_again_under_another_event_changes_nothing(self, placed: Order, pay: Callable[..., str]) -> None:
        pay(placed.purchase_id)
        before = Transfer.objects.count()
        assert pay(placed.purchase_id) == "ignored: nothing new"
        assert Transfer.objects.count() == before

    def test_processing_the_same_notification_twice_changes_nothing(
        self, placed: Order, pay: Callable[..., str]
    ) -> None:
        pay(placed.purchase_id)
        before = Transfer.objects.count()
        process_message(GatewayMessage.objects.get().id)
        assert Transfer.objects.count() == before


class TestWrong:
    def test_another_amount_is_kept_and_buys_nothing(self, placed: Order) -> None:
        intent = PaymentIntent.objects.get()
        assert report(intent, amount_idr=114_999) == "kept: amount differs"
        assert report(intent, amount_idr=114_999) == "ignored: nothing new"
        assert balance(AccountKind.UNEXPLAINED_RECEIPT, "sandbox") == 114_999
        assert balance(AccountKind.GATEWAY_CASH, "sandbox") == 114_999 - 805
        placed.refresh_from_db()
        intent.refresh_from_db()
        assert (placed.state, intent.status) == ("awaiting_payment", "failed")

    def test_another_amount_after_the_payment_is_for_a_person(self, placed: Order, pay: Callable[..., str]) -> None:
        pay(placed.purchase_id)
        before = Transfer.objects.count()
        assert report(PaymentIntent.objects.get(), amount_idr=1) == "refused: amount differs"
        assert Transfer.objects.count() == before

    @pytest.mark.parametrize(("said_idr", "kept_idr"), [(-5, 0), (805, 805), (115_000, 115_000), (230_000, 115_000)])
    @pytest.mark.parametrize("is_as_asked", [True, False])
    def test_a_charge_is_no_more_than_came(
        self, placed: Order, said_idr: int, kept_idr: int, *, is_as_asked: bool
    ) -> None:
        """Its statement tells the rest: the payment counts all the same."""
        intent = PaymentIntent.objects.get()
        came_idr = 115_000 if is_as_asked else 300
        told = replace(charge_report(intent, amount_idr=came_idr), fee_idr=said_idr)
        receive_payment(told, intent.provider)
        assert balance(AccountKind.GATEWAY_FEE, PLATFORM) == min(kept_idr, came_idr)
        assert balance(AccountKind.GATEWAY_CASH, "sandbox") == came_idr - min(kept_idr, came_idr)

    @pytest.mark.parametrize("then_idr", [115_000, 60_000, 1])
    def test_after_another_amount_every_further_one_is_for_a_person(self, placed: Order, then_idr: int) -> None:
        """The right one too: it was booked under the same ids with other figures, or passed over as known."""
        intent = PaymentIntent.objects.get()
        report(intent, amount_idr=55_000)
        before = rows_everywhere()
        assert report(intent, amount_idr=then_idr) == "refused: amount differs"
        assert report(intent, amount_idr=55_000) == "ignored: nothing new"
        after = rows_everywhere()
        assert after.pop("gateways_gatewaymessage") == before.pop("gateways_gatewaymessage") + 2
        assert after == before

    @pytest.mark.parametrize("said", ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59-12:00", "2001-01-01T00:00:00Z"])
    def test_a_clock_that_cannot_be_right_is_not_believed(self, placed: Order, said: str) -> None:
        intent = PaymentIntent.objects.get()
        assert report(intent, paid_at=said) == "paid"
        intent.refresh_from_db()
        placed.refresh_from_db()
        assert intent.paid_at == intent.told_at == placed.paid_at
        assert intent.doubted_paid_at.startswith(said[:4])
        assert placed.pack_by is not None
        assert placed.pack_by < clock.now() + timedelta(days=20)

    def test_an_unknown_payment(self) -> None:
        assert report(PaymentIntent(amount_idr=1)) == "refused: unknown payment"
        assert not Transfer.objects.exists()

    def test_an_unknown_kind(self, placed: Order) -> None:
        assert report(PaymentIntent.objects.get(), "charge.reviewed") == "ignored: unknown kind"


class TestOutOfOrder:
    def test_expired_after_paid_changes_nothing(self, placed: Order, pay: Callable[..., str]) -> None:
        pay(placed.purchase_id)
        assert report(PaymentIntent.objects.get(), "charge.expired") == "ignored: nothing new"
        placed.refresh_from_db()
        assert placed.state == "to_pack"

    def test_paid_after_expired_still_buys_while_the_goods_are_held(
        self, placed: Order, pay: Callable[..., str]
    ) -> None:
        assert report(PaymentIntent.objects.get(), "charge.expired") == "expired"
        assert pay(placed.purchase_id) == "paid"

    def test_paid_after_the_purchase_was_cancelled_is_owed_back(
        self, cast: Cast, placed: Order, pay: Callable[..., str]
    ) -> None:
        cancel_unpaid_purchase(cast.buyer, placed.purchase_id, "")
        with clock.stopped_at(clock.now() + timedelta(hours=3)):
            assert pay(placed.purchase_id) == "paid late"
            assert pay(placed.purchase_id) == "ignored: nothing new"
        placed.refresh_from_db()
        assert placed.state == "cancelled"
        assert balance(AccountKind.BUYER_REFUND_PAYABLE, cast.buyer.id) == 115_000
        assert balance(AccountKind.ORDER_ESCROW, cast.shop.id) == 0

    def test_once_it_is_paid_nobody_pays_by_another_attempt(self, cast: Cast, placed: Order) -> None:
        first = PaymentIntent.objects.get()
        report(first, "charge.expired")
        second = pay_again(cast.buyer, placed.purchase_id)
        assert report(first) == "paid"
        second.refresh_from_db()
        assert second.status == "expired"
        assert report(second) == "paid late"
        assert balance(AccountKind.BUYER_REFUND_PAYABLE, cast.buyer.id) == 115_000

    @pytest.mark.parametrize("is_paid_before", [True, False])
    def test_the_buyer_reads_why(self, cast: Cast, placed: Order, is_paid_before: bool) -> None:
        """Two codes of one purchase were paid; or a code after the purchase had been cancelled."""
        first = PaymentIntent.objects.get(pays_for=placed.purchase_id)
        mark_intent_failed(first)
        if is_paid_before:
            second = pay_again(cast.buyer, placed.purchase_id)
            receive_payment(charge_report(second), second.provider)
        else:
            cancel_unpaid_purchase(cast.buyer, placed.purchase_id, "")
        assert receive_payment(charge_report(first), first.provider) == "paid late"
        why = "The purchase had been paid already." if is_paid_before else "The payment came after the order had ended."
        assert Refund.objects.get().reason == why

    def test_told_days_late_of_a_payment_in_time_counts_from_the_day_it_was_told(self, placed: Order) -> None:
        """Only where the goods are still held; the shop's days to pack do not lie in the past."""
        told_at = clock.now() + timedelta(days=3)
        intent = PaymentIntent.objects.get()
        with clock.stopped_at(told_at):
            assert report(intent, paid_at=(told_at - timedelta(days=3)).isoformat()) == "paid"
        placed.refresh_from_db()
        assert placed.pack_by is not None
        assert placed.pack_by > told_at
        assert placed.paid_at is not None
        assert placed.paid_at < told_at - timedelta(days=2)
