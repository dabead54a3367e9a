"""Who is told what of complaints."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from lapak.flows.clocks import run_due_clocks
from lapak.flows.tell_people.watch import tell_of_deadlines
from lapak.flows.tests.told import facts_of, notice_of
from lapak.lib import clock
from lapak.people.notices.words import words_of
from lapak.testing.cast import Cast
from lapak.testing.complaints import answered_by_shop, complaint_about, complaint_with_lapak
from lapak.trade.complaints.commands import answer_complaint, note_complaint, take_complaint_to_lapak
from lapak.trade.complaints.models import Complaint

pytestmark = pytest.mark.django_db


def of_complaints(facts: list[str]) -> list[str]:
    return [fact for fact in facts if "complaint" in fact]


def test_each_is_told_when_it_is_their_turn(cast: Cast) -> None:
    complaint = answered_by_shop(cast)
    asked = words_of(notice_of(cast.seller, "complaint_to_answer"))
    assert asked.path == f"/sell/{cast.shop.slug}/complaints/{complaint.id}"
    take_complaint_to_lapak(cast.buyer, complaint.id, "It is wrong again.")
    assert words_of(notice_of(cast.operator, "case_complaint")).path == f"/staff/complaint-desk/{complaint.id}"
    answer_complaint(cast.operator, complaint.id, "The shop refunds you.")
    assert of_complaints(facts_of(cast.buyer)) == ["complaint_shop_answered", "complaint_answered"]
    assert of_complaints(facts_of(cast.seller)) == ["complaint_to_answer", "complaint_taken"]


def test_silence_is_told_to_who_waits(cast: Cast) -> None:
    complaint_about(cast)
    facts_of(cast.buyer)
    for _silence in range(2):  # the shop's, then Lapak's
        with clock.stopped_at(clock.now() + timedelta(days=40 * (_silence + 1))):
            run_due_clocks()
    assert of_complaints(facts_of(cast.buyer)) == ["complaint_with_lapak", "complaint_late"]
    assert of_complaints(facts_of(cast.operator)) == ["case_complaint", "case_complaint_late"]


@pytest.mark.parametrize(
    ("waiting", "fact"), [(answered_by_shop, "complaint_soon_settled"), (complaint_with_lapak, "case_complaint_soon")]
)
def test_before_silence_decides_whoever_it_harms_hears_of_it(
    cast: Cast, waiting: Callable[[Cast], Complaint], fact: str
) -> None:
    tell_of_deadlines()  # the first time it only looks ahead
    complaint = waiting(cast)
    reader = cast.buyer if fact == "complaint_soon_settled" else cast.operator
    assert fact not in facts_of(reader)
    assert complaint.act_by
    for _twice in range(2):
        with clock.stopped_at(complaint.act_by - timedelta(hours=12)):
            tell_of_deadlines()
            assert facts_of(reader).count(fact) == 1


def test_who_has_no_account_is_told_nothing_here(cast: Cast) -> None:
    noted = note_complaint(
        cast.operator, channel="phone", contact="0812 3456 7890", topic="money", words="It never came to me."
    )
    answer_complaint(cast.operator, noted.id, "We have asked the bank.")
    assert of_complaints(facts_of(cast.operator)) == ["case_complaint"]
