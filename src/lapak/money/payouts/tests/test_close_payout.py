"""How a payout ends: it arrives or comes back, once, whoever reports what in which order."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lapak.lib.ids import new_id
from lapak.money.ledger.models import AccountKind, Transfer
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payouts.commands import (
    act_on_disbursement,
    confirm_payout,
    fail_payout,
    send_payouts,
)
from lapak.money.payouts.errors import PayoutClosed, PayoutNotFound, UnknownProvider, UnreadableEvent
from lapak.money.payouts.models import Payout
from lapak.money.payouts.queries import disbursement_event
from lapak.money.payouts.rules import Outcome
from lapak.money.payouts.tests.people import CASH, People, assemble_people, owe
from lapak.money.payouts.tests.recorded import recorded

IN_TRANSIT = AccountKey(AccountKind.PAYOUT_IN_TRANSIT, "sandbox")


def sent_payout(people: People) -> Payout:
    """The worked example's payout to the seller, on its way."""
    owe(people.shop_key, 87_780)
    return send_payouts("sandbox", [people.shop_claim()], None).payouts.get()


@pytest.fixture
def payout(people: People) -> Payout:
    return sent_payout(people)


def balances(people: People) -> tuple[int, int, int]:
    """Seller, in transit, at the gateway."""
    return balance_idr(people.shop_key), balance_idr(IN_TRANSIT), balance_idr(CASH)


def report(payout: Payout, name: str, **changes: Any) -> Outcome:
    """What the gateway says, as recorded, about this payout."""
    event = recorded(name)
    about = {"reference": str(payout.id), "amount_idr": payout.amount_idr}
    disbursement = disbursement_event("sandbox", event["type"], event["data"] | about | changes)
    assert disbursement is not None
    return act_on_disbursement(disbursement, "sandbox")


@pytest.mark.django_db
class TestByHand:
    def test_arrived_leaves_the_gateway(self, people: People, payout: Payout) -> None:
        assert balances(people) == (0, 87_780, 87_780)
        assert confirm_payout(payout.id, people.operator)
        assert balances(people) == (0, 0, 0)
        payout.refresh_from_db()
        assert (payout.status, payout.closed_by, payout.confirmed_at is None) == ("confirmed", people.operator, False)

    def test_came_back_is_in_the_balance_again(self, people: People, payout: Payout) -> None:
        assert fail_payout(payout.id, "account closed", people.operator)
        assert balances(people) == (87_780, 0, 87_780)
        payout.refresh_from_db()
        assert (payout.status, payout.failure, payout.failed_at is None) == ("failed", "account closed", False)

    def test_again_changes_nothing(self, people: People, payout: Payout) -> None:
        confirm_payout(payout.id)
        before = Transfer.objects.count()
        assert not confirm_payout(payout.id, people.operator)
        assert Transfer.objects.count() == before

    def test_what_failed_can_be_sent_again(self, people: People, payout: Payout) -> None:
        fail_payout(payout.id, "account closed")
        assert not fail_payout(payout.id, "account closed")
        again = sent_payout(people)
        assert again.amount_idr == 2 * 87_780

    @pytest.mark.usefixtures("payout")
    def test_the_other_way_round_is_refused(self, people: People, payout: Payout) -> None:
        confirm_payout(payout.id)
        before = balances(people)
        with pytest.raises(PayoutClosed):
            fail_payout(payout.id, "no")
        assert balances(people) == before
        payout.refresh_from_db()
        assert (payout.status, payout.failure) == ("confirmed", "")

    def test_an_unknown_payout_is_not_found(self) -> None:
        with pytest.raises(PayoutNotFound):
            confirm_payout(new_id())


@pytest.mark.django_db
class TestReported:
    def test_completed(self, people: People, payout: Payout) -> None:
        assert report(payout, "disbursement_completed") is Outcome.CONFIRMED
        assert report(payout, "disbursement_completed") is Outcome.NOTHING_NEW
        assert balances(people) == (0, 0, 0)

    def test_failed(self, people: People, payout: Payout) -> None:
        assert report(payout, "disbursement_failed") is Outcome.FAILED
        assert report(payout, "disbursement_failed") is Outcome.NOTHING_NEW
        assert balances(people) == (87_780, 0, 87_780)
        payout.refresh_from_db()
        assert payout.failure == "account_not_found"

    def test_failed_after_it_arrived_is_for_a_person_to_look_at(self, people: People, payout: Payout) -> None:
        report(payout, "disbursement_completed")
        assert report(payout, "disbursement_failed") is Outcome.ENDED_OTHERWISE
        assert balances(people) == (0, 0, 0)

    def test_a_wrong_amount_moves_nothing(self, people: People, payout: Payout) -> None:
        assert report(payout, "disbursement_completed", amount_idr=87_779) is Outcome.AMOUNT_DIFFERS
        assert balances(people) == (0, 87_780, 87_780)

    def test_another_provider_s_payout_moves_nothing(self, people: People, payout: Payout) -> None:
        payout.batch.provider = "bank_file"
        payout.batch.save()
        assert report(payout, "disbursement_completed") is Outcome.PROVIDER_DIFFERS
        assert balances(people) == (0, 87_780, 87_780)

    def test_an_unknown_payout_moves_nothing(self, people: People, payout: Payout) -> None:
        assert report(payout, "disbursement_completed", reference=str(new_id())) is Outcome.UNKNOWN_PAYOUT
        assert balances(people) == (0, 87_780, 87_780)

    def test_another_kind_is_not_ours(self) -> None:
        assert disbursement_event("sandbox", "charge.paid", {}) is None
        assert disbursement_event("bank_file", "disbursement.completed", {}) is None

    @pytest.mark.parametrize(
        "change", [{"reference": "?"}, {"amount_idr": "87780"}, {"currency": "USD"}, {"failure": None}]
    )
    def test_what_makes_no_sense_is_not_read(self, payout: Payout, change: dict[str, Any]) -> None:
        with pytest.raises(UnreadableEvent):
            report(payout, "disbursement_completed", **change)

    def test_an_unknown_provider(self) -> None:
        with pytest.raises(UnknownProvider):
            disbursement_event("nobody", "disbursement.completed", {})

    def test_every_outcome_fits_where_it_is_kept(self) -> None:
        assert all(len(outcome) <= 40 for outcome in Outcome)


class TestAnyHistory(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.sampled_from(["disbursement_completed", "disbursement_failed"]), max_size=8))
    def test_any_sequence_of_reports_ends_a_payout_once(self, names: list[str]) -> None:
        people = assemble_people()
        payout = sent_payout(people)
        outcomes = [report(payout, name) for name in names]
        ended = [outcome for outcome in outcomes if outcome in {Outcome.CONFIRMED, Outcome.FAILED}]
        assert ended == outcomes[:1]
        expected = {None: (0, 87_780, 87_780), Outcome.CONFIRMED: (0, 0, 0), Outcome.FAILED: (87_780, 0, 87_780)}
        assert balances(people) == expected[ended[0] if ended else None]
