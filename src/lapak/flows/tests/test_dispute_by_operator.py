"""What the operator says of a dispute: given up without an answer, or about another amount; and what a partner charges."""

from datetime import timedelta

import pytest

from lapak.flows.answer_dispute import amend_dispute, answer_dispute, ask_about_dispute, concede_dispute
from lapak.flows.receive_dispute import receive_dispute
from lapak.flows.tasks import speak_to_partners
from lapak.flows.tests.disputed import again, balance, intent_of, tell
from lapak.flows.tests.partner import Partner
from lapak.lib import clock
from lapak.money.gateways.contract import DisputeStatus
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import PLATFORM
from lapak.money.payments.errors import DisputedAmountRefused, DisputeMoved, DisputeNotFound, DisputeWordsRefused
from lapak.money.payments.models import Dispute, DisputeShare
from lapak.money.payments.queries import disputes_for_a_person, disputes_to_send
from lapak.money.payments.rules import DisputeOutcome
from lapak.testing.cast import Cast
from lapak.testing.histories import asked_return
from lapak.testing.market import dispute_report
from lapak.testing.refused import refused
from lapak.trade.orders.models import Order
from lapak.trade.returns.models import Return

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("everyone_has_what_is_theirs")]


@pytest.fixture
def dispute(delivered: Order) -> Dispute:
    tell(delivered)
    return Dispute.objects.get()


def taken_only_at_the_end(order: Order, status: str = "opened") -> DisputeOutcome:
    report = dispute_report(intent_of(order), status=status, reference="dp1")
    object.__setattr__(report, "is_taken", False)
    return receive_dispute(report, "sandbox")


class TestConcede:
    def test_it_is_lost_at_once_and_nothing_is_sent(self, cast: Cast, dispute: Dispute, delivered: Order) -> None:
        assert dispute in disputes_for_a_person()
        concede_dispute(cast.operator, dispute.id, " The parcel never came. ")
        dispute.refresh_from_db()
        assert (dispute.status, dispute.concession, dispute.evidence) == ("lost", "The parcel never came.", "")
        assert dispute.answered_by == cast.operator
        assert again(delivered).state == "refunded"
        assert dispute not in disputes_for_a_person()
        assert tell(delivered, "lost") is DisputeOutcome.CHARGED
        assert tell(delivered, "lost") is DisputeOutcome.NOTHING_NEW

    def test_where_the_bank_takes_it_at_the_end_it_waits_for_that(self, cast: Cast, delivered: Order) -> None:
        taken_only_at_the_end(delivered)
        dispute = concede_dispute(cast.operator, Dispute.objects.get().id, "The parcel never came.")
        assert (dispute.status, dispute.ended_at) == ("answered", None)
        assert not disputes_to_send()
        assert again(delivered).disputed_idr == 115_000
        assert balance(AccountKind.CHARGEBACK_PENDING) == 0
        assert tell(delivered, "lost") is DisputeOutcome.LOST

    def test_when_the_bank_takes_it_then_it_is_lost(self, cast: Cast, delivered: Order) -> None:
        """Whatever the partner still calls it: nobody answers any more."""
        taken_only_at_the_end(delivered)
        concede_dispute(cast.operator, Dispute.objects.get().id, "The parcel never came.")
        assert tell(delivered, "answered") is DisputeOutcome.LOST
        assert (again(delivered).state, again(delivered).disputed_idr) == ("refunded", 0)

    def test_by_the_operator_once_with_words_and_not_after_an_answer(self, cast: Cast, dispute: Dispute) -> None:
        for who in (cast.seller, cast.buyer):
            with refused(DisputeNotFound):
                concede_dispute(who, dispute.id, "Mine.")
        for words in (" ", "x" * 201):
            with refused(DisputeWordsRefused):
                concede_dispute(cast.operator, dispute.id, words)
        answer_dispute(cast.operator, dispute.id, "It came.")
        with refused(DisputeMoved):
            concede_dispute(cast.operator, dispute.id, "It did not.")

    def test_no_answer_after_it(self, cast: Cast, dispute: Dispute) -> None:
        concede_dispute(cast.operator, dispute.id, "The parcel never came.")
        with refused(DisputeMoved):
            answer_dispute(cast.operator, dispute.id, "It came.")
        with refused(DisputeMoved):
            concede_dispute(cast.operator, dispute.id, "Again.")

    def test_the_bank_may_decide_for_us_all_the_same(self, cast: Cast, dispute: Dispute, delivered: Order) -> None:
        concede_dispute(cast.operator, dispute.id, "The parcel never came.")
        assert tell(delivered, "won") is DisputeOutcome.WON_AFTER_ALL
        assert again(delivered).state == "delivered"


def test_what_a_partner_calls_answered_before_we_have_may_still_be_answered(
    cast: Cast, dispute: Dispute, delivered: Order
) -> None:
    tell(delivered, "answered")
    assert dispute in disputes_for_a_person()
    assert answer_dispute(cast.operator, dispute.id, "It came.").evidence == "It came."


class TestAnotherAmount:
    @pytest.mark.parametrize("amount_idr", [60_000, 115_777])
    def test_as_if_it_had_been_told_so(self, cast: Cast, dispute: Dispute, delivered: Order, amount_idr: int) -> None:
        amend_dispute(cast.operator, dispute.id, amount_idr, " The bank's letter. ")
        amendment = dispute.amendments.get()
        assert (amendment.reason, amendment.by) == ("The bank's letter.", cast.operator)
        assert balance(AccountKind.CHARGEBACK_PENDING) == amount_idr
        assert DisputeShare.objects.get().amount_idr == again(delivered).disputed_idr == min(amount_idr, 115_000)
        assert tell(delivered, "lost") is DisputeOutcome.DIFFERS
        assert tell(delivered, "lost", amount_idr) is DisputeOutcome.LOST
        assert again(delivered).refunded_idr == min(amount_idr, 115_000)

    def test_what_contradicted_us_ends_then(
        self, cast: Cast, dispute: Dispute, delivered: Order, partner: Partner
    ) -> None:
        partner.dispute, partner.other_amount_idr = DisputeStatus.LOST, 60_000
        with clock.stopped_at(dispute.opened_at + timedelta(days=2)):
            speak_to_partners(0)
            assert again(delivered).disputed_idr == 115_000
            amend_dispute(cast.operator, dispute.id, 60_000, "The bank's letter.")
            assert ask_about_dispute(dispute.id) is DisputeOutcome.LOST
        assert again(delivered).refunded_idr == 60_000

    def test_time_that_stood_still_is_given_back_once(self, cast: Cast, dispute: Dispute, delivered: Order) -> None:
        left, since = delivered.complete_at, again(delivered).disputed_at
        assert left
        assert since
        with clock.stopped_at(since + timedelta(days=10)):
            amend_dispute(cast.operator, dispute.id, 60_000, "The bank's letter.")
        with clock.stopped_at(since + timedelta(days=30)):
            tell(delivered, "won", 60_000)
        assert again(delivered).complete_at == left + timedelta(days=30)

    def test_an_open_return_waits_on(self, cast: Cast, delivered: Order) -> None:
        act_by = asked_return(cast, delivered, 1).act_by
        assert act_by
        tell(delivered)
        since = again(delivered).disputed_at
        assert since
        with clock.stopped_at(since + timedelta(days=10)):
            amend_dispute(cast.operator, Dispute.objects.get().id, 60_000, "The bank's letter.")
        with clock.stopped_at(since + timedelta(days=20)):
            tell(delivered, "won", 60_000)
        assert Return.objects.get().act_by == act_by + timedelta(days=20)

    def test_there_and_back_again(self, cast: Cast, dispute: Dispute) -> None:
        for amount_idr in (60_000, 115_000, 60_000):
            amend_dispute(cast.operator, dispute.id, amount_idr, "The bank's letter.")
        assert balance(AccountKind.CHARGEBACK_PENDING) == 60_000

    def test_before_it_is_taken_nothing_moves(self, cast: Cast, delivered: Order) -> None:
        taken_only_at_the_end(delivered)
        amend_dispute(cast.operator, Dispute.objects.get().id, 60_000, "The bank's letter.")
        assert balance(AccountKind.CHARGEBACK_PENDING) == 0
        tell(delivered, "lost", 60_000)
        assert again(delivered).refunded_idr == 60_000

    def test_by_the_operator_with_words_while_it_is_undecided(
        self, cast: Cast, dispute: Dispute, delivered: Order
    ) -> None:
        with refused(DisputeNotFound):
            amend_dispute(cast.seller, dispute.id, 60_000, "Mine.")
        with refused(DisputeWordsRefused):
            amend_dispute(cast.operator, dispute.id, 60_000, " ")
        for amount_idr in (0, -1, 115_000, 10**16):
            with refused(DisputedAmountRefused):
                amend_dispute(cast.operator, dispute.id, amount_idr, "So.")
        tell(delivered, "lost")
        with refused(DisputeMoved):
            amend_dispute(cast.operator, dispute.id, 60_000, "Late.")


class TestCharge:
    @pytest.mark.parametrize("end", ["won", "lost"])
    def test_however_it_ends_and_whenever_it_is_told(self, delivered: Order, end: str) -> None:
        tell(delivered, fee_idr=20_000)
        tell(delivered, end, fee_idr=20_000)
        assert balance(AccountKind.GATEWAY_FEE, PLATFORM) == 805 + 20_000
        assert tell(delivered, end, fee_idr=50_000) is DisputeOutcome.CHARGED
        assert balance(AccountKind.GATEWAY_FEE, PLATFORM) == 805 + 50_000
        assert Dispute.objects.get().fee_idr == 50_000

    def test_less_than_before_is_old_news(self, delivered: Order) -> None:
        tell(delivered, "lost", fee_idr=50_000)
        assert tell(delivered, "opened", fee_idr=0) is DisputeOutcome.NOTHING_NEW
        assert balance(AccountKind.GATEWAY_FEE, PLATFORM) == 805 + 50_000

    def test_of_what_is_not_believed_nothing(self, delivered: Order) -> None:
        tell(delivered)
        assert tell(delivered, "lost", 1, fee_idr=50_000) is DisputeOutcome.DIFFERS
        assert balance(AccountKind.GATEWAY_FEE, PLATFORM) == 805
