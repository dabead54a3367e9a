"""The shop answers a review."""

import uuid

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.users.models import User
from lapak.trade.reviews.errors import AnswerHidden, ReviewHidden, ReviewWordsRefused
from lapak.trade.reviews.models import Review, ReviewEvent
from lapak.trade.reviews.steps import fit_words, for_shop, lock_review, record


@act
def answer_review(by: User, review_id: uuid.UUID, words: str) -> Review:
    """The shop's answer stands under the review, instead of the one before.

    Refuses anyone but those who deal with the shop's orders (`ReviewNotFound`), no words or too many (`ReviewWordsRefused`),
    and a review (`ReviewHidden`) or answer (`AnswerHidden`) that the operator has hidden.
    """
    review = lock_review(review_id, for_shop(by))
    if review.is_hidden:
        raise ReviewHidden
    if review.is_answer_hidden:
        raise AnswerHidden
    answer = fit_words(words)
    if not answer:
        raise ReviewWordsRefused
    review.answer, review.answered_at = answer, clock.now()
    review.save(update_fields=["answer", "answered_at"])
    record(by, review.line, ReviewEvent.Kind.ANSWERED, from_stars=review.stars, to_stars=review.stars)
    return review
