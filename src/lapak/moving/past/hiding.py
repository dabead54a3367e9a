"""The operator hides a review from elsewhere that may not be said here, and shows it again. Its shop reads why."""

from dataclasses import replace

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.moving.past.models import PastReview
from lapak.moving.past.reporting import decide_past_reports, lock_past_review, subject_of_case
from lapak.moving.past.reviewed import count_reviews_before
from lapak.people.audit.commands import note_changes
from lapak.people.audit.rules import Subject
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk
from lapak.trade.reviews.errors import ReviewMoved, ReviewNotFound
from lapak.trade.reviews.steps import fit_reason


@act
def hide_past_review(by: User, review_id: int, words: str) -> PastReview:
    """Nobody but the operator sees the review, whatever is loaded anew, and it is not counted. Reports of it are decided.

    Refuses anyone but the operator (`ReviewNotFound`), no reason (`ReviewReasonMissing`), and one that is hidden
    (`ReviewMoved`).
    """
    review = _lock_for_operator(by, review_id)
    if review.is_hidden:
        raise ReviewMoved
    review.hidden_at, review.hidden_because = clock.now(), fit_reason(words)
    review.save(update_fields=["hidden_at", "hidden_because"])
    (hidden,) = note_changes(by.id, _subject(review), {}, {"past_review_hidden": review.hidden_because})
    decide_past_reports(review, hidden)
    _count(review)
    return review


@act
def show_past_review(by: User, review_id: int, words: str) -> PastReview:
    """Everybody reads the review again, and it is counted.

    Refuses anyone but the operator (`ReviewNotFound`), no reason (`ReviewReasonMissing`), and one that is not hidden
    (`ReviewMoved`).
    """
    review = _lock_for_operator(by, review_id)
    if not review.is_hidden:
        raise ReviewMoved
    was = {"past_review_hidden": review.hidden_because}
    note_changes(by.id, _subject(review), was, {"past_review_hidden": "", "reason": fit_reason(words)})
    review.hidden_at, review.hidden_because = None, ""
    review.save(update_fields=["hidden_at", "hidden_because"])
    _count(review)
    return review


@act
def dismiss_past_reports(by: User, review_id: int, words: str) -> PastReview:
    """The review stays as it is; those who reported it are told.

    Refuses anyone but the operator (`ReviewNotFound`), no reason (`ReviewReasonMissing`), and where no report waits
    (`ReviewMoved`).
    """
    review = _lock_for_operator(by, review_id)
    if review.reported_at is None:
        raise ReviewMoved
    said = {"past_review_report": "dismissed", "reason": fit_reason(words)}
    dismissed, _why = note_changes(by.id, subject_of_case(review), {}, said)
    decide_past_reports(review, dismissed)
    return review


def _lock_for_operator(by: User, review_id: int) -> PastReview:
    require_desk(by, Desk.REVIEWS, ReviewNotFound)
    return lock_past_review(review_id)


def _subject(review: PastReview) -> Subject:
    """As its shop's owners read it, too."""
    return replace(subject_of_case(review), shop_id=review.shop_id)


def _count(review: PastReview) -> None:
    if review.product_id:
        count_reviews_before(review.product_id)
