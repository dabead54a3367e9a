"""What a partner tells of disputes, and what is told it."""

from datetime import timedelta

import pytest

from lapak.flows.answer_dispute import answer_dispute, ask_about_dispute, bear_rest, send_evidence
from lapak.flows.models import StuckAct
from lapak.flows.process_message import process_message
from lapak.flows.receive_dispute import receive_dispute
from lapak.flows.tasks import speak_to_partners
from lapak.flows.tests.disputed import again, intent_of, tell
from lapak.flows.tests.partner import Partner
from lapak.lib import clock
from lapak.money.gateways.commands import record_message
from lapak.money.gateways.contract import DisputeStatus
from lapak.money.payments.errors import (
    AnswerTooLate,
    DisputeMoved,
    DisputeNotFound,
    EvidenceMissing,
)
from lapak.money.payments.models import Dispute
from lapak.money.payments.queries import disputes_to_ask_about
from lapak.money.payments.rules import DisputeOutcome
from lapak.testing.books import rows_everywhere
from lapak.testing.cast import Cast
from lapak.testing.market import dispute_report
from lapak.testing.refused import refused
from lapak.trade.orders.models import Order

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("everyone_has_what_is_theirs")]


class TestMessages:
    def test_as_the_gateway_writes_them(self, delivered: Order) -> None:
        body = {
            "id": "dp1", "reference": str(intent_of(delivered).id), "amount_idr": 115_000, "fee_idr": 0, "currency": "IDR",
            "reason": "fraud", "answer_by": (clock.now() + timedelta(days=7)).isoformat(),
        }  # fmt: skip
        outcomes = []
        for n, kind in enumerate(["opened", "opened", "answered", "won", "lost", "opened"]):
            message, _ = record_message("sandbox", f"evt_{n}", f"dispute.{kind}", body)
            process_message(message.id)
            message.refresh_from_db()
            outcomes.append(message.outcome)
        assert outcomes == [
            "dispute opened", "ignored: nothing new", "dispute answered", "dispute won",
            "refused: ended the other way", "ignored: nothing new",
        ]  # fmt: skip

    @pytest.mark.parametrize("end", ["won", "lost"])
    def test_the_end_comes_first(self, delivered: Order, end: str) -> None:
        assert tell(delivered, end).value == f"dispute {end}"
        assert tell(delivered) is DisputeOutcome.NOTHING_NEW
        assert tell(delivered, end) is DisputeOutcome.NOTHING_NEW
        assert again(delivered).disputed_at is None

    def test_what_is_not_believed(self, delivered: Order, placed: Order) -> None:
        tell(delivered)
        intent, before = intent_of(delivered), rows_everywhere()
        unknown = dispute_report(intent)
        object.__setattr__(unknown, "intent_id", delivered.id)
        assert receive_dispute(unknown, "sandbox") is DisputeOutcome.UNKNOWN_INTENT
        assert receive_dispute(dispute_report(intent), "another") is DisputeOutcome.PROVIDER_DIFFERS
        assert receive_dispute(dispute_report(intent, 0), "sandbox") is DisputeOutcome.DIFFERS
        assert tell(delivered, "lost", 114_999) is DisputeOutcome.DIFFERS
        assert tell(placed, "lost") is DisputeOutcome.DIFFERS
        assert rows_everywhere() == before

    def test_a_last_moment_in_the_year_9999(self, delivered: Order) -> None:
        report = dispute_report(intent_of(delivered), reference="dp1")
        object.__setattr__(report, "answer_by", clock.now().replace(year=9999))
        receive_dispute(report, "sandbox")
        assert Dispute.objects.get().answer_by < clock.now() + timedelta(days=121)


class TestAnswer:
    @pytest.fixture
    def dispute(self, delivered: Order) -> Dispute:
        tell(delivered)
        return Dispute.objects.get()

    def test_it_reaches_the_partner(self, cast: Cast, dispute: Dispute, partner: Partner) -> None:
        answer_dispute(cast.operator, dispute.id, " Signed for by Budi. ")
        partner.is_away = True
        speak_to_partners(0)
        dispute.refresh_from_db()
        assert (dispute.status, dispute.evidence_sent_at) == ("answered", None)
        partner.is_away = False
        send_evidence(dispute.id)
        dispute.refresh_from_db()
        assert dispute.evidence_sent_at
        assert partner.asked[-1] == "dispute answer Signed for by Budi."

    def test_by_the_operator_once_in_time_and_with_words(self, cast: Cast, dispute: Dispute) -> None:
        for who in (cast.seller, cast.buyer):
            with refused(DisputeNotFound):
                answer_dispute(who, dispute.id, "It came.")
        for words in ("", "x" * 4001):
            with refused(EvidenceMissing):
                answer_dispute(cast.operator, dispute.id, words)
        with clock.stopped_at(dispute.answer_by + timedelta(seconds=1)), refused(AnswerTooLate):
            answer_dispute(cast.operator, dispute.id, "It came.")
        answer_dispute(cast.operator, dispute.id, "It came.")
        with refused(DisputeMoved):
            answer_dispute(cast.operator, dispute.id, "It came.")
        with refused(DisputeMoved):
            bear_rest(cast.operator, dispute.id, "Not lost.")

    def test_an_answer_that_contradicts_us_is_seen(self, dispute: Dispute, partner: Partner) -> None:
        """Such as an end with another amount: else it would be asked about every day, and its order wait for ever."""
        partner.dispute, partner.other_amount_idr = DisputeStatus.LOST, 60_000
        with clock.stopped_at(dispute.opened_at + timedelta(days=2)):
            speak_to_partners(0)
        assert DisputeOutcome.DIFFERS in StuckAct.objects.get(act="disputes").error
        dispute.refresh_from_db()
        assert dispute.status == "opened"

    def test_silence_is_asked_every_day_until_it_is_decided(self, dispute: Dispute, partner: Partner) -> None:
        for day in (1, 2, 9):
            with clock.stopped_at(dispute.opened_at + timedelta(days=day, hours=1)):
                assert dispute in disputes_to_ask_about()
                ask_about_dispute(dispute.id)
                assert dispute not in disputes_to_ask_about()
        partner.dispute = DisputeStatus.LOST
        with clock.stopped_at(dispute.opened_at + timedelta(days=11)):
            speak_to_partners(0)
            assert not disputes_to_ask_about()
        dispute.refresh_from_db()
        assert dispute.status == "lost"
