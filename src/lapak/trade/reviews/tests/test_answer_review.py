"""The shop answers, once, and may put its answer better."""

import pytest

from lapak.people.shops.errors import NotYourDuty
from lapak.people.shops.rules import Role
from lapak.testing.cast import Cast
from lapak.testing.refused import refused
from lapak.trade.reviews.answering import answer_review
from lapak.trade.reviews.errors import ReviewHidden, ReviewNotFound, ReviewWordsRefused
from lapak.trade.reviews.hiding import hide_review
from lapak.trade.reviews.models import Review
from lapak.trade.reviews.queries import reviews_of_shop
from lapak.trade.reviews.rules import LONGEST_REVIEW

pytestmark = pytest.mark.django_db


def test_the_second_answer_stands_instead_of_the_first(cast: Cast, review: Review) -> None:
    assert [*reviews_of_shop(cast.shop, only_unanswered=True)] == [review]
    answer_review(cast.seller, review.id, "Thank you")
    answer_review(cast.seller, review.id, " Thank you! ")
    assert not reviews_of_shop(cast.shop, only_unanswered=True)
    assert reviews_of_shop(cast.shop).get().answer == "Thank you!"


@pytest.mark.parametrize("person", ["buyer", "stranger", "operator"])
def test_only_the_shop(cast: Cast, review: Review, person: str) -> None:
    with refused(ReviewNotFound):
        answer_review(getattr(cast, person), review.id, "Thank you.")


def test_not_who_reads_its_books_alone(cast: Cast, review: Review) -> None:
    cast.shop.members.create(user=cast.stranger, role=Role.FINANCE)
    with refused(NotYourDuty):
        answer_review(cast.stranger, review.id, "Thank you.")


@pytest.mark.parametrize("words", ["", "  ", "x" * (LONGEST_REVIEW + 1)])
def test_in_words(cast: Cast, review: Review, words: str) -> None:
    with refused(ReviewWordsRefused):
        answer_review(cast.seller, review.id, words)


def test_not_what_nobody_reads(cast: Cast, review: Review) -> None:
    hide_review(cast.operator, review.id, "It names somebody.")
    with refused(ReviewHidden):
        answer_review(cast.seller, review.id, "Thank you.")
