"""Sending money: once, from what is owed, to whom it is owed."""

import uuid

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from lapak.lib.ids import new_id
from lapak.lib.refusal import Refusal
from lapak.money.gateways.errors import UnknownGateway
from lapak.money.ledger.models import AccountKind, Transfer
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payouts.commands import PayoutClaim, send_payouts
from lapak.money.payouts.errors import (
    AmountAboveBalance,
    AmountTooSmall,
    BankAccountRefused,
    ClaimedTwice,
    NothingClaimed,
    NotPayable,
)
from lapak.money.payouts.models import Payout, PayoutBatch
from lapak.money.payouts.queries import balances_to_pay_out, payouts_of_account, unconfirmed_payouts
from lapak.money.payouts.tests.people import People, bank_account_of, owe

pytestmark = pytest.mark.django_db

IN_TRANSIT = AccountKey(AccountKind.PAYOUT_IN_TRANSIT, "sandbox")


class TestSent:
    def test_every_claim_s_whole_balance_is_on_its_way(self, people: People) -> None:
        owe(people.shop_key, 87_780)
        owe(people.creator_key, 10_000)
        batch = send_payouts(people.operator, "sandbox", [people.shop_claim(), people.creator_claim()])
        assert (batch.provider, batch.sent_by, batch.dispatched_at) == ("sandbox", people.operator, None)
        assert sorted(batch.payouts.values_list("amount_idr", "status")) == [(10_000, "sent"), (87_780, "sent")]
        assert balance_idr(people.shop_key) == balance_idr(people.creator_key) == 0
        assert balance_idr(IN_TRANSIT) == 97_780

    def test_a_job_waits_to_hand_the_batch_over(self, people: People) -> None:
        owe(people.shop_key, 87_780)
        batch = send_payouts(None, "bank_file", [people.shop_claim()])
        job = ProcrastinateJob.objects.get()
        assert (job.task_name, job.args) == ("payouts.dispatch_batch", {"batch_id": str(batch.id)})

    def test_an_asked_amount_leaves_the_rest(self, people: People) -> None:
        owe(people.shop_key, 87_780)
        send_payouts(None, "sandbox", [people.shop_claim(50_000)])
        assert (balance_idr(people.shop_key), balance_idr(IN_TRANSIT)) == (37_780, 50_000)

    def test_every_payout_opens_into_its_transfer(self, people: People) -> None:
        owe(people.shop_key, 87_780)
        payout = send_payouts(None, "sandbox", [people.shop_claim()]).payouts.get()
        assert Transfer.objects.get(reference=payout.id).code == "payout_sent"

    def test_a_small_refund_is_paid_to_the_buyer(self, people: People) -> None:
        owe(people.buyer_key, 500)
        send_payouts(None, "sandbox", [PayoutClaim(people.buyer_key, bank_account_of(people.buyer).id)])
        assert balance_idr(people.buyer_key) == 0

    def test_a_batch_of_any_size_takes_as_many_queries(
        self, people: People, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        claims = []
        for _ in range(20):
            key = AccountKey(AccountKind.CREATOR_PAYABLE, str(new_id()))
            owe(key, 20_000)
            claims.append(PayoutClaim(key, people.creator_claim().bank_account_id))
        with django_assert_num_queries(16):
            send_payouts(None, "sandbox", claims)
        assert balance_idr(IN_TRANSIT) == 400_000


class TestRefused:
    """Each proves that nothing was written and nothing posted."""

    def refuse(self, refusal: type[Refusal], claims: list[PayoutClaim], provider: str = "sandbox") -> None:
        before = self.everything()
        with pytest.raises(refusal):
            send_payouts(None, provider, claims)
        assert self.everything() == before

    def everything(self) -> tuple[int, ...]:
        return tuple(model.objects.count() for model in (Payout, PayoutBatch, Transfer, ProcrastinateJob))

    @pytest.mark.parametrize(
        ("amount_idr", "refusal"),
        [
            (87_781, AmountAboveBalance),
            (10**14, AmountAboveBalance),
            (9_999, AmountTooSmall),
            (0, AmountTooSmall),
            (-50_000, AmountTooSmall),
        ],
    )
    def test_an_absurd_amount(self, people: People, amount_idr: int, refusal: type[Refusal]) -> None:
        owe(people.shop_key, 87_780)
        self.refuse(refusal, [people.shop_claim(amount_idr)])

    def test_a_balance_that_is_empty(self, people: People) -> None:
        self.refuse(AmountTooSmall, [people.shop_claim()])

    def test_the_same_balance_a_second_time(self, people: People) -> None:
        owe(people.shop_key, 87_780)
        send_payouts(None, "sandbox", [people.shop_claim()])
        self.refuse(AmountTooSmall, [people.shop_claim()])

    def test_one_bad_claim_stops_the_batch(self, people: People) -> None:
        owe(people.shop_key, 87_780)
        self.refuse(AmountTooSmall, [people.shop_claim(), people.creator_claim()])

    def test_nothing(self) -> None:
        self.refuse(NothingClaimed, [])

    def test_an_account_twice(self, people: People) -> None:
        owe(people.shop_key, 87_780)
        self.refuse(ClaimedTwice, [people.shop_claim(20_000), people.shop_claim(20_000)])

    @pytest.mark.unsound_books  # escrow without orders
    @pytest.mark.parametrize("kind", [AccountKind.ORDER_ESCROW, AccountKind.TAX_VAT, AccountKind.PLATFORM_FEE])
    def test_money_that_is_not_owed_to_anyone_outside(self, people: People, kind: AccountKind) -> None:
        key = AccountKey(kind, str(people.shop.id))
        owe(key, 87_780)
        self.refuse(NotPayable, [PayoutClaim(key, people.shop_claim().bank_account_id)])

    def test_a_shop_s_money_to_another_s_bank_account(self, people: People) -> None:
        owe(people.shop_key, 87_780)
        self.refuse(BankAccountRefused, [PayoutClaim(people.shop_key, bank_account_of(people.stranger).id)])

    def test_a_shop_s_money_to_an_account_it_no_longer_names(self, people: People) -> None:
        owe(people.shop_key, 87_780)
        old = people.shop_claim()
        people.shop.bank_account = bank_account_of(people.seller)
        people.shop.save()
        self.refuse(BankAccountRefused, [old])

    def test_a_refund_to_another_s_bank_account(self, people: People) -> None:
        owe(people.buyer_key, 87_780)
        self.refuse(BankAccountRefused, [PayoutClaim(people.buyer_key, bank_account_of(people.stranger).id)])

    def test_a_bank_account_that_does_not_exist(self, people: People) -> None:
        owe(people.creator_key, 87_780)
        self.refuse(BankAccountRefused, [PayoutClaim(people.creator_key, uuid.uuid4())])

    def test_a_provider_that_does_not_exist(self, people: People) -> None:
        owe(people.shop_key, 87_780)
        self.refuse(UnknownGateway, [people.shop_claim()], provider="nobody")


class TestReading:
    def test_where_there_is_money(self, people: People) -> None:
        owe(people.shop_key, 87_780)
        another = AccountKey(AccountKind.SELLER_PAYABLE, "another")
        owe(another, 9_999)
        assert balances_to_pay_out(AccountKind.SELLER_PAYABLE) == {people.shop_key: 87_780, another: 9_999}
        assert balances_to_pay_out(AccountKind.CREATOR_PAYABLE) == {}

    def test_an_account_s_payouts_and_what_is_on_its_way(self, people: People) -> None:
        owe(people.shop_key, 87_780)
        first = send_payouts(None, "sandbox", [people.shop_claim(20_000)]).payouts.get()
        second = send_payouts(None, "sandbox", [people.shop_claim()]).payouts.get()
        assert list(payouts_of_account(people.shop_key)) == [second, first]
        assert list(payouts_of_account(people.creator_key)) == []
        assert list(unconfirmed_payouts()) == [first, second]
