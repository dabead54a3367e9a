"""Anyone signed in reports a review or the shop's answer; all that wait are one case, which the operator decides."""

from datetime import timedelta

import pytest

from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.testing.cast import Cast
from lapak.testing.histories import delivered_order
from lapak.testing.refused import refused
from lapak.trade.reviews.answering import answer_review
from lapak.trade.reviews.errors import (
    AnswerHidden,
    OwnWords,
    ReportedAlready,
    ReportReasonRefused,
    ReportsUsedUp,
    ReviewMoved,
    ReviewNotFound,
    ReviewReasonMissing,
    ReviewWordsRefused,
)
from lapak.trade.reviews.hiding import dismiss_reports, hide_answer, hide_review, show_answer
from lapak.trade.reviews.models import Review, ReviewReport
from lapak.trade.reviews.queries import count_reported, events_of_review, reported_reviews
from lapak.trade.reviews.reporting import report_review
from lapak.trade.reviews.rules import REPORTS_A_DAY
from lapak.trade.reviews.writing import change_review, delete_review, write_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(cast: Cast, review: Review) -> Review:
    return answer_review(cast.seller, review.id, "You cannot read.")


def kinds(review: Review) -> list[str]:
    return [event.kind for event in events_of_review(review)]


def test_several_reports_are_one_case(cast: Cast, review: Review) -> None:
    report_review(cast.stranger, review.id, "insult", "It insults me.")
    report_review(cast.seller, review.id, "off_topic")
    assert [(found.id, vars(found)["report_count"]) for found in reported_reviews()] == [(review.id, 2)]
    assert kinds(review) == ["written", "reported"]


def test_what_was_reported_first_comes_first(cast: Cast, review: Review, variant: Variant) -> None:
    later = write_review(cast.buyer, delivered_order(cast, (variant, 1)).lines.get().id, stars=1)
    report_review(cast.stranger, review.id, "insult")
    with clock.stopped_at(clock.now() + timedelta(hours=1)):
        report_review(cast.stranger, later.id, "insult")
    assert [found.id for found in reported_reviews()] == [review.id, later.id]


def test_hiding_decides_all_reports(cast: Cast, review: Review) -> None:
    report_review(cast.stranger, review.id, "insult")
    report_review(cast.seller, review.id, "insult")
    hide_review(cast.operator, review.id, "It insults.")
    assert {report.decision.kind for report in ReviewReport.objects.all() if report.decision} == {"hidden"}
    assert count_reported() == 0


def test_dismissed_it_stays_and_the_reason_is_on_record(cast: Cast, review: Review) -> None:
    report_review(cast.stranger, review.id, "insult")
    with refused(ReviewReasonMissing):
        dismiss_reports(cast.operator, review.id, " ")
    dismiss_reports(cast.operator, review.id, "That is an opinion.")
    assert count_reported() == 0
    assert events_of_review(review).last().words == "That is an opinion."  # type: ignore[union-attr]
    with refused(ReviewMoved):
        dismiss_reports(cast.operator, review.id, "Once more.")


def test_once_for_what_stands_there(cast: Cast, review: Review) -> None:
    report_review(cast.stranger, review.id, "insult")
    with refused(ReportedAlready):
        report_review(cast.stranger, review.id, "off_topic")
    dismiss_reports(cast.operator, review.id, "That is an opinion.")
    with refused(ReportedAlready):
        report_review(cast.stranger, review.id, "insult")
    change_review(cast.buyer, review.id, stars=1, words="The seller is a thief.")
    report_review(cast.stranger, review.id, "insult")
    assert count_reported() == 1


def test_nobody_reports_their_own_words(cast: Cast, answered: Review) -> None:
    with refused(OwnWords):
        report_review(cast.buyer, answered.id, "insult")
    with refused(OwnWords):
        report_review(cast.seller, answered.id, "answer")
    report_review(cast.buyer, answered.id, "answer")


def test_with_one_of_the_reasons(cast: Cast, review: Review) -> None:
    for reason in ("", "because", "answer"):  # there is no answer
        with refused(ReportReasonRefused):
            report_review(cast.stranger, review.id, reason)
    with refused(ReviewWordsRefused):
        report_review(cast.stranger, review.id, "insult", "x" * 2_001)


def test_what_nobody_is_shown_is_not_there(cast: Cast, review: Review) -> None:
    hide_review(cast.operator, review.id, "It names somebody.")
    with refused(ReviewNotFound):
        report_review(cast.stranger, review.id, "insult")


def test_nobody_buries_what_others_report(cast: Cast, review: Review) -> None:
    decision = review.line.review_events.get()
    ReviewReport.objects.bulk_create(
        ReviewReport(
            review=review, shop_id=review.shop_id, reporter=cast.stranger, reason="insult", decision=decision,
            reported_at=review.written_at - timedelta(minutes=minutes + 1),
        )
        for minutes in range(REPORTS_A_DAY.on(clock.now().date()))
    )  # fmt: skip
    with refused(ReportsUsedUp):
        report_review(cast.stranger, review.id, "insult")
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        report_review(cast.stranger, review.id, "insult")


def test_deleted_by_its_author_the_case_is_over(cast: Cast, review: Review) -> None:
    report_review(cast.stranger, review.id, "insult")
    delete_review(cast.buyer, review.id)
    assert (count_reported(), ReviewReport.objects.count()) == (0, 0)


def test_the_answer_alone_is_hidden_and_shown_again(cast: Cast, answered: Review) -> None:
    report_review(cast.stranger, answered.id, "answer")
    hidden = hide_answer(cast.operator, answered.id, "It insults the buyer.")
    assert (hidden.is_hidden, hidden.shown_answer, count_reported()) == (False, "", 0)
    with refused(AnswerHidden):
        answer_review(cast.seller, answered.id, "I said it.")
    assert show_answer(cast.operator, answered.id, "It does not.").shown_answer == "You cannot read."
    assert kinds(answered)[-2:] == ["answer_hidden", "answer_shown"]


def test_hiding_the_answer_decides_only_what_was_said_of_the_answer(cast: Cast, answered: Review) -> None:
    of_answer = report_review(cast.buyer, answered.id, "answer")
    of_review = report_review(cast.stranger, answered.id, "insult")
    hide_answer(cast.operator, answered.id, "It insults the buyer.")
    of_answer.refresh_from_db()
    of_review.refresh_from_db()
    assert of_answer.decision is not None
    assert of_review.decision is None
    answered.refresh_from_db()
    assert answered.reported_at == of_review.reported_at
    dismiss_reports(cast.operator, answered.id, "That is an opinion.")
    assert count_reported() == 0


def test_the_answer_is_hidden_once_and_with_a_reason(cast: Cast, review: Review) -> None:
    with refused(ReviewMoved):
        hide_answer(cast.operator, review.id, "There is none.")
    answer_review(cast.seller, review.id, "You cannot read.")
    with refused(ReviewReasonMissing):
        hide_answer(cast.operator, review.id, "")
    with refused(ReviewMoved):
        show_answer(cast.operator, review.id, "It is shown.")
    hide_answer(cast.operator, review.id, "It insults.")
    with refused(ReviewMoved):
        hide_answer(cast.operator, review.id, "It insults.")


@pytest.mark.parametrize("person", ["buyer", "seller", "stranger"])
def test_only_the_operator_decides(cast: Cast, answered: Review, person: str) -> None:
    report_review(cast.stranger, answered.id, "answer")
    for decide in (hide_answer, show_answer, dismiss_reports):
        with refused(ReviewNotFound):
            decide(getattr(cast, person), answered.id, "I say so.")
