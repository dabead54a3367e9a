"""The operator hides what may not be said, and shows it again: a review, or the shop's answer alone. Whoever wrote it reads why;
who thinks it wrong writes to Lapak, and the second decision stands beside the first."""

import uuid

from lapak.goods.catalogue.ratings import count_stars, discount_stars
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.users.models import User
from lapak.trade.reviews.errors import ReviewMoved
from lapak.trade.reviews.models import Review, ReviewEvent
from lapak.trade.reviews.reporting import decide_reports
from lapak.trade.reviews.steps import fit_reason, for_operator, lock_review, record

Kind = ReviewEvent.Kind


@act
def hide_review(by: User, review_id: uuid.UUID, words: str) -> Review:
    """Only its author, the shop and the operator see the review, and its stars are not counted. Reports of it are decided.

    Refuses anyone but the operator (`ReviewNotFound`), no reason (`ReviewReasonMissing`), and one that is hidden
    (`ReviewMoved`).
    """
    review = lock_review(review_id, for_operator(by))
    if review.is_hidden:
        raise ReviewMoved
    review.hidden_at, review.hidden_because = clock.now(), fit_reason(words)
    review.save(update_fields=["hidden_at", "hidden_because"])
    hidden = record(
        by, review.line, Kind.HIDDEN, from_stars=review.stars, to_stars=None, words=review.hidden_because
    )  # fmt: skip
    decide_reports(review, hidden)
    discount_stars(review.product, review.stars)
    return review


@act
def show_review(by: User, review_id: uuid.UUID, words: str) -> Review:
    """Everybody reads the review again, and its stars are counted.

    Refuses anyone but the operator (`ReviewNotFound`), no reason (`ReviewReasonMissing`), and one that is not hidden
    (`ReviewMoved`).
    """
    review = lock_review(review_id, for_operator(by))
    if not review.is_hidden:
        raise ReviewMoved
    reason = fit_reason(words)
    review.hidden_at, review.hidden_because = None, ""
    review.save(update_fields=["hidden_at", "hidden_because"])
    record(by, review.line, Kind.SHOWN, from_stars=None, to_stars=review.stars, words=reason)
    count_stars(review.product, review.stars)
    return review


@act
def hide_answer(by: User, review_id: uuid.UUID, words: str) -> Review:
    """Only the shop and the operator see the answer; the review stands. Reports of the answer are decided.

    Refuses anyone but the operator (`ReviewNotFound`), no reason (`ReviewReasonMissing`), and where there is no answer or a
    hidden one (`ReviewMoved`).
    """
    review = lock_review(review_id, for_operator(by))
    if not review.shown_answer:
        raise ReviewMoved
    review.answer_hidden_at, review.answer_hidden_because = clock.now(), fit_reason(words)
    review.save(update_fields=["answer_hidden_at", "answer_hidden_because"])
    hidden = _note(by, review, Kind.ANSWER_HIDDEN, review.answer_hidden_because)
    decide_reports(review, hidden, of_answer_alone=True)
    return review


@act
def show_answer(by: User, review_id: uuid.UUID, words: str) -> Review:
    """Everybody reads the answer again.

    Refuses anyone but the operator (`ReviewNotFound`), no reason (`ReviewReasonMissing`), and one that is not hidden
    (`ReviewMoved`).
    """
    review = lock_review(review_id, for_operator(by))
    if not review.is_answer_hidden:
        raise ReviewMoved
    reason = fit_reason(words)
    review.answer_hidden_at, review.answer_hidden_because = None, ""
    review.save(update_fields=["answer_hidden_at", "answer_hidden_because"])
    _note(by, review, Kind.ANSWER_SHOWN, reason)
    return review


@act
def dismiss_reports(by: User, review_id: uuid.UUID, words: str) -> Review:
    """The review stays as it is; those who reported it are told.

    Refuses anyone but the operator (`ReviewNotFound`), no reason (`ReviewReasonMissing`), and where no report waits
    (`ReviewMoved`).
    """
    review = lock_review(review_id, for_operator(by))
    if review.reported_at is None:
        raise ReviewMoved
    decide_reports(review, _note(by, review, Kind.DISMISSED, fit_reason(words)))
    return review


def _note(by: User, review: Review, kind: Kind, words: str) -> ReviewEvent:
    """Nothing about its stars."""
    return record(by, review.line, kind, from_stars=review.stars, to_stars=review.stars, words=words)
