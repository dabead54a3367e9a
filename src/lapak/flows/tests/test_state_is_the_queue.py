"""What no job has done is found by its state: messages, batches, and the run of a working day."""

import sys
from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from lapak.affiliates.models import Commission
from lapak.cli.work import refuse_wrong_partners
from lapak.flows import pay_out
from lapak.flows import process_message as processing
from lapak.flows.credit_creator import credit_creator
from lapak.flows.models import StuckAct
from lapak.flows.pay_out import confirm_payout, fail_payout, return_payout, run_payouts_of_the_day, send_due_payouts
from lapak.flows.ship_order import confirm_receipt
from lapak.flows.tasks import speak_to_partners, take_messages
from lapak.flows.tests.partner import Partner
from lapak.lib import clock
from lapak.lib.trouble import Trouble
from lapak.money.gateways.commands import record_message, reopen_message
from lapak.money.gateways.models import GatewayMessage
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payments.models import PaymentIntent
from lapak.money.payouts.commands import dispatch_batch
from lapak.money.payouts.errors import PlayMoney
from lapak.money.payouts.models import Payout, PayoutBatch, PayoutItem, PayoutRun
from lapak.people.users.errors import NotTheOperator
from lapak.testing.books import rows_everywhere
from lapak.testing.cast import Cast, click_on, link_to, stocked_variant
from lapak.testing.histories import delivered_order
from lapak.testing.refused import refused
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db(transaction=True)

TUESDAY = datetime(2026, 12, 1, 8, 30, tzinfo=clock.WIB)


def message_of_payment(order: Order) -> GatewayMessage:
    intent = PaymentIntent.objects.get(pays_for=order.purchase_id)
    body = {
        "reference": str(intent.id), "currency": "IDR", "amount_idr": 115_000, "fee_idr": 805,
        "paid_at": clock.now().isoformat(),
    }  # fmt: skip
    return record_message("sandbox", "evt_1", "charge.paid", body)[0]


class TestMessages:
    def test_one_whose_job_was_lost_is_taken(self, placed: Order) -> None:
        message_of_payment(placed)
        take_messages(0)
        placed.refresh_from_db()
        assert (placed.state, GatewayMessage.objects.get().outcome) == ("to_pack", "paid")

    def test_one_that_raises_is_kept_with_its_words_and_done_later(
        self, placed: Order, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        message = message_of_payment(placed)

        def overflow(*_: object) -> str:
            raise OverflowError("date value out of range")

        with monkeypatch.context() as patch:
            patch.setattr(processing, "receive_payment", overflow)
            take_messages(0)
        assert "OverflowError: date value out of range" in StuckAct.objects.get().error
        assert GatewayMessage.objects.get().processed_at is None
        with refused(NotTheOperator):
            reopen_message(cast.seller, message.id)
        with clock.stopped_at(clock.now() + timedelta(minutes=2)):
            take_messages(0)
        placed.refresh_from_db()
        assert placed.state == "to_pack"
        assert not StuckAct.objects.exists()


class TestPayoutRun:
    def test_a_run_that_was_due_while_no_worker_lived_is_made_up_once(
        self, settled_order: Order, settings: Settings
    ) -> None:
        settings.PAYOUT_PROVIDER = "bank_file"
        with clock.stopped_at(TUESDAY.replace(hour=7)):
            run_payouts_of_the_day()
        assert not PayoutRun.objects.exists()
        with clock.stopped_at(TUESDAY.replace(hour=15)):
            run_payouts_of_the_day()
        assert Payout.objects.count() == 2
        before = rows_everywhere()
        with clock.stopped_at(TUESDAY.replace(hour=16)):
            run_payouts_of_the_day()
        assert rows_everywhere() == before

    def test_not_on_a_holiday(self, settled_order: Order) -> None:
        with clock.stopped_at(datetime(2026, 12, 25, 9, tzinfo=clock.WIB)):
            run_payouts_of_the_day()
        assert not PayoutRun.objects.exists()

    def test_one_that_was_broken_off_goes_on(self, settled_order: Order, settings: Settings) -> None:
        settings.PAYOUT_PROVIDER = "bank_file"
        with clock.stopped_at(TUESDAY):
            run = PayoutRun.objects.create(day=TUESDAY.date(), started_at=clock.now())
            PayoutBatch.objects.create(provider="bank_file", paid_from="sandbox", created_at=clock.now(), run=run)
            run_payouts_of_the_day()
        assert PayoutBatch.objects.get().payouts.count() == 2
        run.refresh_from_db()
        assert run.finished_at is not None

    def test_one_that_was_broken_off_the_day_before_is_handed_over(
        self, settled_order: Order, partner: Partner, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with clock.stopped_at(TUESDAY), monkeypatch.context() as patch:
            patch.setattr(pay_out, "complete_batch", lambda _batch: sys.exit("the worker dies"))
            with pytest.raises(SystemExit):
                run_payouts_of_the_day()
        with clock.stopped_at(TUESDAY + timedelta(hours=1)):
            speak_to_partners(0)
        assert partner.asked == []  # today's run may still go on
        with clock.stopped_at(TUESDAY + timedelta(days=1)):
            speak_to_partners(0)
        assert partner.asked == ["send 2"]

    def test_a_batch_whose_job_was_lost_is_handed_over(self, settled_order: Order, partner: Partner) -> None:
        send_due_payouts(None, "sandbox")
        speak_to_partners(0)
        assert partner.asked == ["send 2"]
        assert PayoutBatch.objects.get().dispatched_at is not None
        speak_to_partners(0)
        assert partner.asked == ["send 2"]

    def test_one_shop_that_changes_its_account_in_the_wrong_moment_stops_nobody(
        self, settled_order: Order, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        claims = pay_out._all_claims()
        monkeypatch.setattr(pay_out, "_all_claims", lambda: claims)
        cast.shop.bank_account = None
        cast.shop.save()
        send_due_payouts(None, "bank_file")
        assert list(Payout.objects.values_list("account__kind", flat=True)) == ["creator_payable"]


class TestPlayMoney:
    def test_is_not_written_into_a_real_bank_s_file(self, settled_order: Order, settings: Settings) -> None:
        settings.PLAY_MONEY_TO_REAL_BANKS = False
        with refused(PlayMoney):
            send_due_payouts(None, "bank_file")

    def test_nor_when_a_batch_of_before_is_handed_over(self, settled_order: Order, settings: Settings) -> None:
        batch = send_due_payouts(None, "bank_file")
        assert batch is not None
        settings.PLAY_MONEY_TO_REAL_BANKS = False
        with refused(PlayMoney):
            dispatch_batch(batch.id)
        batch.refresh_from_db()
        assert not batch.file

    def test_nor_is_real_money_said_to_have_arrived_that_nobody_sent(
        self, settled_order: Order, settings: Settings
    ) -> None:
        settings.PAYOUT_PAID_FROM = "bank_file"
        with refused(PlayMoney):
            send_due_payouts(None, "sandbox")

    @pytest.mark.parametrize(
        ("setting", "value", "says"),
        [
            ("PAYOUT_PROVIDER", "bank_file", "only plays"),
            ("PAYOUT_PAID_FROM", "bank_file", "only plays"),
            ("PAYOUT_PROVIDER", "sandbix", "LAPAK_PAYOUT_PROVIDER is sandbix: choose one of sandbox, bank_file"),
            ("PAYMENT_PROVIDER", "bank_file", "LAPAK_PAYMENT_PROVIDER is bank_file: choose one of sandbox"),
            ("PAYOUT_PAID_FROM", "", "LAPAK_PAYOUT_PAID_FROM"),
            ("SANDBOX_API_KEY", "", "needs LAPAK_SANDBOX_API_KEY"),
        ],
    )
    def test_and_lapak_does_not_start_so(self, settings: Settings, setting: str, value: str, says: str) -> None:
        settings.PAYOUT_PROVIDER, settings.PLAY_MONEY_TO_REAL_BANKS = "sandbox", False
        refuse_wrong_partners()
        setattr(settings, setting, value)
        with pytest.raises(Trouble, match=says):
            refuse_wrong_partners()


class TestItems:
    def test_a_payout_names_what_it_pays(self, settled_order: Order) -> None:
        send_due_payouts(None, "bank_file")
        commission_id = Commission.objects.get().id
        assert set(PayoutItem.objects.values_list("kind", "item_id", "amount_idr")) == {
            ("order", settled_order.id, 87_780), ("commission", commission_id, 9_750),
        }  # fmt: skip

    def test_two_payouts_that_cross_mark_each_its_own(self, settled_order: Order, cast: Cast) -> None:
        send_due_payouts(None, "bank_file")
        first = Payout.objects.get(account__kind=AccountKind.CREATOR_PAYABLE)
        earlier = Commission.objects.get()
        shirt = stocked_variant(cast.shop, price_idr=200_000)
        order = delivered_order(cast, (shirt, 1), click=click_on(link_to(cast, shirt.product)))
        _receive(order, cast)
        send_due_payouts(None, "bank_file")
        second = Payout.objects.exclude(id=first.id).get(account__kind=AccountKind.CREATOR_PAYABLE)
        later = Commission.objects.exclude(pk=earlier.pk).get()
        confirm_payout(cast.operator, second.id)
        for commission in (earlier, later):
            commission.refresh_from_db()
        assert (earlier.state, later.state) == ("payable", "paid")
        fail_payout(cast.operator, first.id, "account closed")
        earlier.refresh_from_db()
        assert earlier.state == "payable"

    def test_what_a_returned_payout_paid_is_owed_and_paid_again(self, settled_order: Order, cast: Cast) -> None:
        send_due_payouts(None, "bank_file")
        for payout in Payout.objects.all():
            confirm_payout(cast.operator, payout.id)
            return_payout(cast.operator, payout.id, "account closed")
        assert Commission.objects.get().state == "payable"
        assert balance_idr(AccountKey(AccountKind.CREATOR_PAYABLE, str(cast.creator.id))) == 9_750
        send_due_payouts(None, "bank_file")
        live = PayoutItem.objects.filter(is_live=True)
        assert set(live.values_list("kind", "amount_idr")) == {("order", 87_780), ("commission", 9_750)}


def _receive(order: Order, cast: Cast) -> None:
    confirm_receipt(cast.buyer, order.id)
    credit_creator(cast.creator.id)
