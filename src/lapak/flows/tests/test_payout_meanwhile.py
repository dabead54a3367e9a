"""What becomes due, is paid, changes or fails while a payout run is under way."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lapak.affiliates.models import Commission
from lapak.flows import pay_out
from lapak.flows.cancel_order import cancel_paid_order
from lapak.flows.credit_creator import credit_creator
from lapak.flows.models import StuckAct
from lapak.flows.pay_out import confirm_payout, hand_over, send_due_payouts
from lapak.flows.payout_items import lock_what_is_claimed
from lapak.flows.receive_dispute import receive_dispute
from lapak.flows.refund_return import approve_return
from lapak.flows.review_commission import freeze_commission, release_commission
from lapak.flows.ship_order import confirm_receipt
from lapak.flows.tests.partner import Partner
from lapak.goods.catalogue.models import Variant
from lapak.money.gateways.contract import DisputeStatus
from lapak.money.ledger.models import AccountKind
from lapak.money.payments import refunds
from lapak.money.payments.models import PaymentIntent, Refund
from lapak.money.payouts.commands import PayoutClaim, add_payouts, open_batch
from lapak.money.payouts.errors import BatchComplete
from lapak.money.payouts.models import Payout, PayoutBatch, PayoutItem
from lapak.people.users.models import BankAccount
from lapak.testing.cast import Cast, click_on, link_to, stocked_variant
from lapak.testing.histories import asked_return, delivered_order, paid_order
from lapak.testing.market import dispute_report
from lapak.testing.refused import refused
from lapak.trade.orders.models import Order
from lapak.trade.returns.asking import withdraw_return

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed_by_bank(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Order]:
    """A paid order of this price is cancelled, and its refund goes to the buyer's bank account."""
    BankAccount.objects.create(user=cast.buyer, bank_code="014", number="5550003333", holder="Buyer")

    def cancel(price_idr: int) -> Order:
        order = paid_order(cast, (stocked_variant(cast.shop, price_idr=price_idr), 1))
        with monkeypatch.context() as patch:
            patch.setattr(refunds, "_can_go_back", lambda *_: False)
            return cancel_paid_order(cast.buyer, order.id, "no")

    return cancel


class TestRefunds:
    def test_two_runs_send_one_once(self, cast: Cast, owed_by_bank: Callable[[int], Order]) -> None:
        """Another refund of the buyer, through the gateway, lies in the same account."""
        owed_by_bank(50_000)
        cancel_paid_order(cast.buyer, paid_order(cast, (stocked_variant(cast.shop), 1)).id, "no")
        first, second = pay_out._all_claims(), pay_out._all_claims()
        for claims in (first, second):
            pay_out._send_or_split(open_batch(None, "sandbox"), claims)
        assert Payout.objects.get().amount_idr == 65_000

    def test_what_becomes_owed_meanwhile_is_for_the_next(self, owed_by_bank: Callable[[int], Order]) -> None:
        owed_by_bank(50_000)
        claims = pay_out._all_claims()
        owed_by_bank(70_000)
        pay_out._send_or_split(open_batch(None, "sandbox"), claims)
        payout = Payout.objects.get()
        assert sum(payout.items.values_list("amount_idr", flat=True)) == payout.amount_idr == 65_000 + 85_000
        assert set(Refund.objects.values_list("status", flat=True)) == {"sent"}

    def test_nor_is_it_named_when_it_comes_after_the_locks(
        self, owed_by_bank: Callable[[int], Order], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        owed_by_bank(50_000)

        def lock_and_owe_more(claims: Sequence[PayoutClaim]) -> Sequence[Refund]:
            locked = lock_what_is_claimed(claims)
            owed_by_bank(70_000)
            return locked

        monkeypatch.setattr(pay_out, "lock_what_is_claimed", lock_and_owe_more)
        send_due_payouts(None, "sandbox")
        payout = Payout.objects.get()
        assert [item.amount_idr for item in payout.items.all()] == [payout.amount_idr] == [65_000]
        assert sorted(Refund.objects.values_list("status", "amount_idr")) == [("owed", 85_000), ("sent", 65_000)]


class TestBatches:
    def test_what_was_handed_over_takes_nothing_more(
        self, cast: Cast, settled: Callable[..., Order], partner: Partner
    ) -> None:
        settled()
        batch = open_batch(None, "sandbox")  # whoever fills it sleeps for long, and a sweep hands it over
        hand_over(batch.id)
        with refused(BatchComplete):
            pay_out._send(batch, pay_out._all_claims())
        send_due_payouts(None, "sandbox")
        assert Payout.objects.get().batch_id != batch.id
        assert partner.asked == ["send 0"]

    def test_one_that_fails_stops_no_other_and_is_shown(
        self, cast: Cast, settled: Callable[..., Order], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settled()
        credit_creator(cast.creator.id)
        send = pay_out._send

        def fail_for_shops(batch: PayoutBatch, claims: Sequence[PayoutClaim]) -> None:
            if any(claim.account.kind is AccountKind.SELLER_PAYABLE for claim in claims):
                raise ValueError("a fault")
            send(batch, claims)

        with monkeypatch.context() as patch:
            patch.setattr(pay_out, "_send", fail_for_shops)
            send_due_payouts(None, "sandbox")
        assert Payout.objects.get().account.kind == "creator_payable"
        assert list(StuckAct.objects.values_list("act", "error")) == [("not_paid_out", "ValueError: a fault")]
        send_due_payouts(None, "sandbox")
        assert Payout.objects.count() == 2
        assert not StuckAct.objects.exists()

    def test_a_creator_who_changes_their_account_is_paid_into_the_new_one(
        self, cast: Cast, settled: Callable[..., Order]
    ) -> None:
        settled()
        credit_creator(cast.creator.id)
        claims = pay_out._all_claims()
        cast.creator.bank_account = BankAccount.objects.create(
            user=cast.creator_user, bank_code="014", number="777", holder="Creator"
        )
        cast.creator.save()
        pay_out._send_or_split(open_batch(None, "sandbox"), claims)
        payout = Payout.objects.get(account__kind="creator_payable")
        assert payout.bank_account == cast.creator.bank_account


class TestCommissions:
    """Each says where its money is: with the creator, on its way, or in their balance."""

    def test_whoever_earns_holds_the_account_as_a_payout_does(self, cast: Cast, settled: Callable[..., Order]) -> None:
        """So nothing is credited between the reading of a balance and the naming of what is in it, and no debt arises
        between the settling and the repaying."""
        for earn in (settled, lambda: credit_creator(cast.creator.id)):
            with CaptureQueriesContext(connection) as captured:
                earn()
            locked = [query["sql"] for query in captured if "FOR NO KEY UPDATE" in query["sql"]]
            assert any("ledger_account" in statement for statement in locked)

    def test_of_nothing_is_paid_with_the_others(self, cast: Cast) -> None:
        for price_idr in (1, 100_000):
            shirt = stocked_variant(cast.shop, price_idr=price_idr)
            order = delivered_order(cast, (shirt, 1), click=click_on(link_to(cast, shirt.product)))
            confirm_receipt(cast.buyer, order.id)
        credit_creator(cast.creator.id)
        pay_everybody_out()
        assert set(Commission.objects.values_list("state", "amount_idr")) == {("paid", 0), ("paid", 10_000)}

    def test_shrunk_after_it_was_paid_it_is_paid_still(self, cast: Cast, delivered: Order) -> None:
        confirm_receipt(cast.buyer, delivered.id)
        credit_creator(cast.creator.id)
        cast.shop.bank_account = None  # so the shop is not paid out, and what shows later may go back
        cast.shop.save()
        pay_everybody_out()
        approve_return(cast.seller, asked_return(cast, delivered, 1, goods_come_back=False).id)
        assert Commission.objects.get().state == "pending"
        credit_creator(cast.creator.id)
        assert Commission.objects.get().state == "paid"

    @pytest.mark.parametrize("arrives_first", [True, False])
    def test_frozen_on_its_way_and_released_it_is_paid(
        self, cast: Cast, settled: Callable[..., Order], *, arrives_first: bool
    ) -> None:
        settled()
        credit_creator(cast.creator.id)
        send_due_payouts(None, "sandbox")
        commission, payout = Commission.objects.get(), Payout.objects.get(account__kind="creator_payable")
        freeze_commission(cast.operator, commission.pk, "a look")
        if arrives_first:
            confirm_payout(None, payout.id)
        release_commission(cast.operator, commission.pk)
        credit_creator(cast.creator.id)
        if not arrives_first:
            confirm_payout(None, payout.id)
        commission.refresh_from_db()
        assert (commission.state, PayoutItem.objects.filter(kind="commission").count()) == ("paid", 1)


class TestDisputes:
    """What is held back is read once: what a payout sends and what it names agree, whatever begins or ends in between."""

    def test_begun_between_the_reading_and_the_sending(
        self, cast: Cast, settled: Callable[..., Order], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        order = settled()
        credit_creator(cast.creator.id)
        intent = PaymentIntent.objects.get()

        def dispute_and_add(batch: PayoutBatch, claims: Sequence[PayoutClaim]) -> list[Payout]:
            receive_dispute(dispute_report(intent), intent.provider)
            return add_payouts(batch, claims)

        monkeypatch.setattr(pay_out, "add_payouts", dispute_and_add)
        send_due_payouts(None, "sandbox")
        named = dict(PayoutItem.objects.values_list("kind", "item_id"))
        assert named == {"order": order.id, "commission": Commission.objects.get().id}
        _names_what_it_sends()

    def test_ended_between_the_reading_and_the_sending(
        self, cast: Cast, settled: Callable[..., Order], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        disputed, free = settled(), settled()
        credit_creator(cast.creator.id)
        intent = PaymentIntent.objects.get(pays_for=disputed.purchase_id)
        opened = dispute_report(intent)
        receive_dispute(opened, intent.provider)

        def win_and_add(batch: PayoutBatch, claims: Sequence[PayoutClaim]) -> list[Payout]:
            receive_dispute(replace(opened, status=DisputeStatus.WON), intent.provider)
            return add_payouts(batch, claims)

        with monkeypatch.context() as patch:
            patch.setattr(pay_out, "add_payouts", win_and_add)
            send_due_payouts(None, "sandbox")
        assert PayoutItem.objects.get(kind="order").item_id == free.id
        send_due_payouts(None, "sandbox")
        assert set(PayoutItem.objects.filter(kind="order").values_list("item_id", flat=True)) == {disputed.id, free.id}


class TestContestedInPart:
    """An order is sent whole and named, or neither: so what is left of it is still there when its other half is contested."""

    def test_a_return_of_one_piece(self, cast: Cast, variant: Variant) -> None:
        order = delivered_order(cast, (variant, 2))
        confirm_receipt(cast.buyer, order.id)
        back = asked_return(cast, order, 1, reason="faulty", goods_come_back=False)
        send_due_payouts(None, "sandbox")
        assert not Payout.objects.filter(account__kind="seller_payable").exists()
        withdraw_return(cast.buyer, back.id)
        send_due_payouts(None, "sandbox")
        _names_what_it_sends()
        assert PayoutItem.objects.get(kind="order").item_id == order.id

    def test_a_dispute_about_a_part_and_one_about_another_order(
        self, cast: Cast, settled: Callable[..., Order]
    ) -> None:
        first, second = settled(), settled()
        reports = {}
        for order, idr in ((first, 40_000), (second, None)):
            intent = PaymentIntent.objects.get(pays_for=order.purchase_id)
            reports[order.id] = dispute_report(intent, idr)
            if order is first:
                receive_dispute(reports[order.id], intent.provider)
                send_due_payouts(None, "sandbox")
                _names_what_it_sends()
        receive_dispute(reports[second.id], "sandbox")
        receive_dispute(replace(reports[first.id], status=DisputeStatus.WON), "sandbox")
        send_due_payouts(None, "sandbox")
        _names_what_it_sends()
        assert set(PayoutItem.objects.filter(kind="order").values_list("item_id", flat=True)) == {first.id, second.id}


def _names_what_it_sends() -> None:
    for payout in Payout.objects.exclude(account__kind="buyer_refund_payable").prefetch_related("items"):
        assert payout.amount_idr == sum(item.amount_idr for item in payout.items.all())


def pay_everybody_out() -> None:
    send_due_payouts(None, "sandbox")
    for payout in Payout.objects.filter(status="sent"):
        confirm_payout(None, payout.id)
