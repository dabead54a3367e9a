"""How a payout ends: it arrives or comes back, once, whoever reports what in which order."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lapak.lib.ids import new_id
from lapak.money.gateways.contract import DisbursementReport, DisbursementStatus
from lapak.money.gateways.errors import UnknownGateway, UnreadableMessage
from lapak.money.gateways.registry import messages_of
from lapak.money.gateways.tests.recorded import recorded
from lapak.money.ledger.models import AccountKind, Transfer
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payouts.commands import (
    act_on_disbursement,
    confirm_payout,
    fail_payout,
    return_payout,
    send_payouts,
)
from lapak.money.payouts.errors import AskTheProvider, PayoutClosed, PayoutNotFound
from lapak.money.payouts.models import Payout
from lapak.money.payouts.rules import Outcome
from lapak.money.payouts.tests.people import CASH, People, assemble_people, owe
from lapak.testing.refused import refused


def sent_payout(people: People, provider: str = "sandbox") -> Payout:
    """The worked example's payout to the seller, on its way."""
    owe(people.shop_key, 87_780)
    return send_payouts(None, provider, [people.shop_claim()]).payouts.get()


@pytest.fixture
def payout(people: People) -> Payout:
    return sent_payout(people)


def balances(people: People, provider: str = "sandbox") -> tuple[int, int, int]:
    """Seller, in transit, at the gateway."""
    in_transit = AccountKey(AccountKind.PAYOUT_IN_TRANSIT, provider)
    return balance_idr(people.shop_key), balance_idr(in_transit), balance_idr(CASH)


def report(payout: Payout, name: str, **changes: Any) -> Outcome:
    """What the gateway says, as recorded, about this payout."""
    event = recorded(name)
    about = {"reference": str(payout.id), "amount_idr": payout.amount_idr}
    said = messages_of("sandbox").read(event["type"], event["data"] | about | changes)
    assert isinstance(said, DisbursementReport)
    return act_on_disbursement(said, "sandbox")


def returned(payout: Payout) -> Outcome:
    """The bank sent it back after it had arrived."""
    said = DisbursementReport(payout.id, DisbursementStatus.RETURNED, payout.amount_idr, "returned_by_bank")
    return act_on_disbursement(said, "sandbox")


@pytest.mark.django_db
class TestByHand:
    """A bank's file answers nothing: the operator reads the bank's statement."""

    @pytest.fixture
    def payout(self, people: People) -> Payout:
        return sent_payout(people, "bank_file")

    def test_arrived_leaves_the_gateway(self, people: People, payout: Payout) -> None:
        assert balances(people, "bank_file") == (0, 87_780, 87_780)
        assert confirm_payout(people.operator, payout.id)
        assert balances(people, "bank_file") == (0, 0, 0)
        payout.refresh_from_db()
        assert (payout.status, payout.closed_by, payout.confirmed_at is None) == ("confirmed", people.operator, False)

    def test_came_back_is_in_the_balance_again(self, people: People, payout: Payout) -> None:
        assert fail_payout(people.operator, payout.id, "account closed")
        assert balances(people, "bank_file") == (87_780, 0, 87_780)
        payout.refresh_from_db()
        assert (payout.status, payout.failure, payout.failed_at is None) == ("failed", "account closed", False)

    def test_again_changes_nothing(self, people: People, payout: Payout) -> None:
        confirm_payout(None, payout.id)
        before = Transfer.objects.count()
        assert not confirm_payout(people.operator, payout.id)
        assert Transfer.objects.count() == before

    def test_what_failed_can_be_sent_again(self, people: People, payout: Payout) -> None:
        fail_payout(None, payout.id, "account closed")
        assert not fail_payout(None, payout.id, "account closed")
        again = sent_payout(people, "bank_file")
        assert again.amount_idr == 2 * 87_780

    def test_sent_back_after_it_arrived(self, people: People, payout: Payout) -> None:
        confirm_payout(people.operator, payout.id)
        assert return_payout(people.operator, payout.id, "account closed")
        assert not return_payout(people.operator, payout.id, "account closed")
        assert balances(people, "bank_file") == (87_780, 0, 87_780)
        payout.refresh_from_db()
        assert (payout.status, payout.failure, payout.returned_at is None) == ("returned", "account closed", False)

    def test_what_never_arrived_is_not_sent_back(self, people: People, payout: Payout) -> None:
        with refused(PayoutClosed):
            return_payout(people.operator, payout.id, "account closed")
        assert balances(people, "bank_file") == (0, 87_780, 87_780)

    def test_a_provider_that_can_be_asked_is_not_closed_by_hand(self, people: People) -> None:
        payout = sent_payout(people)
        with refused(AskTheProvider):
            confirm_payout(people.operator, payout.id)
        with refused(AskTheProvider):
            fail_payout(people.operator, payout.id, "came back")
        with refused(AskTheProvider):
            return_payout(people.operator, payout.id, "came back")
        payout.refresh_from_db()
        assert (payout.status, Transfer.objects.filter(code="payout_sent").count()) == (
            "sent",
            Transfer.objects.count() - 1,
        )

    @pytest.mark.usefixtures("payout")
    def test_the_other_way_round_is_refused(self, people: People, payout: Payout) -> None:
        confirm_payout(None, payout.id)
        before = balances(people, "bank_file")
        with refused(PayoutClosed):
            fail_payout(None, payout.id, "no")
        assert balances(people, "bank_file") == before
        payout.refresh_from_db()
        assert (payout.status, payout.failure) == ("confirmed", "")

    def test_an_unknown_payout_is_not_found(self) -> None:
        with refused(PayoutNotFound):
            confirm_payout(None, new_id())


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

    def test_returned(self, people: People, payout: Payout) -> None:
        report(payout, "disbursement_completed")
        assert returned(payout) is Outcome.RETURNED
        assert returned(payout) is Outcome.NOTHING_NEW
        assert report(payout, "disbursement_completed") is Outcome.NOTHING_NEW
        assert balances(people) == (87_780, 0, 87_780)

    def test_returned_before_its_arrival_was_told(self, people: People, payout: Payout) -> None:
        assert returned(payout) is Outcome.RETURNED
        assert balances(people) == (87_780, 0, 87_780)

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

    @pytest.mark.parametrize(
        "change", [{"reference": "?"}, {"amount_idr": "87780"}, {"currency": "USD"}, {"failure": None}]
    )
    def test_what_makes_no_sense_is_not_read(self, payout: Payout, change: dict[str, Any]) -> None:
        with pytest.raises(UnreadableMessage):
            report(payout, "disbursement_completed", **change)

    def test_a_bank_tells_nothing(self) -> None:
        with pytest.raises(UnknownGateway):
            messages_of("bank_file")

    def test_an_unknown_provider(self) -> None:
        with pytest.raises(UnknownGateway):
            messages_of("nobody")


class TestAnyHistory(TestCase):
    @settings(max_examples=40)
    @given(st.lists(st.sampled_from(["disbursement_completed", "disbursement_failed"]), max_size=8))
    def test_any_sequence_of_reports_ends_a_payout_once(self, names: list[str]) -> None:
        people = assemble_people()
        payout = sent_payout(people)
        outcomes = [report(payout, name) for name in names]
        ended = [outcome for outcome in outcomes if outcome in {Outcome.CONFIRMED, Outcome.FAILED}]
        assert ended == outcomes[:1]
        expected = {None: (0, 87_780, 87_780), Outcome.CONFIRMED: (0, 0, 0), Outcome.FAILED: (87_780, 0, 87_780)}
        assert balances(people) == expected[ended[0] if ended else None]
