"""The operator hides a review with a reason, and shows it again with another."""

import pytest

from lapak.goods.catalogue.models import ProductRating, ShopRating
from lapak.testing.cast import Cast
from lapak.testing.refused import refused
from lapak.trade.reviews.errors import ReviewMoved, ReviewNotFound, ReviewReasonMissing
from lapak.trade.reviews.hiding import hide_review, show_review
from lapak.trade.reviews.models import Review
from lapak.trade.reviews.queries import events_of_review, reviews_of_product

pytestmark = pytest.mark.django_db


def test_hidden_it_is_neither_read_nor_counted(cast: Cast, review: Review) -> None:
    hide_review(cast.operator, review.id, "It names somebody.")
    assert not reviews_of_product(review.product_id)
    assert ProductRating.objects.get().review_count == ShopRating.objects.get().review_count == 0


def test_shown_again_both_decisions_stay_on_record(cast: Cast, review: Review) -> None:
    hide_review(cast.operator, review.id, "It names somebody.")
    show_review(cast.operator, review.id, "It is the shop's own name.")
    assert reviews_of_product(review.product_id).get().hidden_because == ""
    assert ProductRating.objects.get().stars_4 == ShopRating.objects.get().stars_4 == 1
    assert [(event.kind, event.words) for event in events_of_review(review)] == [
        ("written", ""), ("hidden", "It names somebody."), ("shown", "It is the shop's own name."),
    ]  # fmt: skip


@pytest.mark.parametrize("person", ["buyer", "seller", "stranger"])
def test_only_the_operator(cast: Cast, review: Review, person: str) -> None:
    with refused(ReviewNotFound):
        hide_review(getattr(cast, person), review.id, "I do not like it.")
    hide_review(cast.operator, review.id, "It names somebody.")
    with refused(ReviewNotFound):
        show_review(getattr(cast, person), review.id, "I like it.")


def test_with_a_reason(cast: Cast, review: Review) -> None:
    with refused(ReviewReasonMissing):
        hide_review(cast.operator, review.id, " ")
    hide_review(cast.operator, review.id, "It names somebody.")
    with refused(ReviewReasonMissing):
        show_review(cast.operator, review.id, "")


def test_once(cast: Cast, review: Review) -> None:
    with refused(ReviewMoved):
        show_review(cast.operator, review.id, "Nothing is wrong.")
    hide_review(cast.operator, review.id, "It names somebody.")
    with refused(ReviewMoved):
        hide_review(cast.operator, review.id, "It names somebody.")
