"""Anyone signed in says that a review from elsewhere should not stand here; all reports that wait are one case. By the rules of
those written here (`trade/reviews`)."""

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.moving.past.models import PastReview, PastReviewReport
from lapak.moving.past.queries import has_reported_past
from lapak.people.audit.commands import note_changes
from lapak.people.audit.models import Change
from lapak.people.audit.rules import Kind, Subject
from lapak.people.users.models import User
from lapak.trade.reviews.errors import ReportedAlready, ReportReasonRefused, ReviewNotFound
from lapak.trade.reviews.reporting import refuse_too_many
from lapak.trade.reviews.steps import fit_words

Reason = PastReviewReport.Reason
REASONS = [reason for reason in Reason if reason is not Reason.ANSWER]
"""Answers of shops stay where they were given."""


@act
def report_past_review(by: User, review_id: int, reason: str, words: str = "") -> PastReviewReport:
    """The report waits for the operator, beside the others of the same review.

    Refuses what nobody is shown (`ReviewNotFound`), none of the reasons (`ReportReasonRefused`), too many words
    (`ReviewWordsRefused`), a second report (`ReportedAlready`), and more than `REPORTS_A_DAY` of such (`ReportsUsedUp`).
    """
    review, now = lock_past_review(review_id), clock.now()
    if review.is_hidden or review.product is None:
        raise ReviewNotFound
    if reason not in REASONS:
        raise ReportReasonRefused
    if has_reported_past(by, review):
        raise ReportedAlready
    refuse_too_many(by, now, PastReviewReport.objects.all())
    if review.reported_at is None:
        review.reported_at = now
        review.save(update_fields=["reported_at"])
        note_changes(by.id, subject_of_case(review), {}, {"past_review_report": reason})
    return PastReviewReport.objects.create(
        review=review, shop_id=review.shop_id, reporter=by, reason=reason, words=fit_words(words), reported_at=now
    )


def lock_past_review(review_id: int) -> PastReview:
    """The review with its product, held until the transaction ends; `ReviewNotFound` if there is none."""
    locked = PastReview.objects.select_for_update(of=("self",), no_key=True).select_related("product")
    review = locked.filter(id=review_id).first()
    if review is None:
        raise ReviewNotFound
    return review


def subject_of_case(review: PastReview) -> Subject:
    """As its case is kept: for the operator alone, as it says who reported it."""
    return Subject(Kind.PAST_REVIEW, review.pk, review.product.title if review.product else review.title)


def decide_past_reports(review: PastReview, decision: Change) -> None:
    """Every report of the locked review that waits is decided by this."""
    review.reports.filter(decision=None).update(decision=decision)
    review.reported_at = None
    review.save(update_fields=["reported_at"])
