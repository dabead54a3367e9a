"""Its author thinks better of a review, for as long as readers do not rely on it; and deletes it whenever they like."""

from datetime import timedelta

import pytest

from lapak.goods.catalogue.models import ProductRating, ShopRating
from lapak.lib import clock
from lapak.people.shops.rules import Role
from lapak.testing.cast import Cast
from lapak.testing.refused import refused
from lapak.trade.orders.models import OrderLine
from lapak.trade.reviews.errors import (
    HadTheirSay,
    OwnGoods,
    ReviewHidden,
    ReviewNotFound,
    ReviewOutOfTime,
    StarsRefused,
)
from lapak.trade.reviews.hiding import hide_review
from lapak.trade.reviews.models import Review, ReviewEvent
from lapak.trade.reviews.queries import reviews_of_order, reviews_of_product
from lapak.trade.reviews.writing import change_review, delete_review, write_review

pytestmark = pytest.mark.django_db


def test_other_stars_are_counted_instead(cast: Cast, review: Review) -> None:
    changed = change_review(cast.buyer, review.id, stars=1, words="It tore.")
    assert (changed.stars, changed.words, changed.changed_at is not None) == (1, "It tore.", True)
    for rating in (ProductRating.objects.get(), ShopRating.objects.get()):
        assert (rating.stars_1, rating.stars_4, rating.review_count) == (1, 0, 1)
    assert ReviewEvent.objects.filter(kind="changed").values_list("from_stars", "to_stars").get() == (4, 1)


def test_until_the_last_day(cast: Cast, review: Review) -> None:
    with clock.stopped_at(review.changed_until):
        change_review(cast.buyer, review.id, stars=5)
    with clock.stopped_at(review.changed_until + timedelta(seconds=1)), refused(ReviewOutOfTime):
        change_review(cast.buyer, review.id, stars=1)


@pytest.mark.parametrize("person", ["seller", "stranger", "operator"])
def test_only_its_author(cast: Cast, review: Review, person: str) -> None:
    with refused(ReviewNotFound):
        change_review(getattr(cast, person), review.id, stars=1)
    with refused(ReviewNotFound):
        delete_review(getattr(cast, person), review.id)


def test_to_one_to_five_stars(cast: Cast, review: Review) -> None:
    with refused(StarsRefused):
        change_review(cast.buyer, review.id, stars=9)


def test_what_is_hidden_stays_as_it_was_judged(cast: Cast, review: Review) -> None:
    hide_review(cast.operator, review.id, "It names somebody.")
    with refused(ReviewHidden):
        change_review(cast.buyer, review.id, stars=5)
    with refused(ReviewHidden):
        delete_review(cast.buyer, review.id)


def test_deleted_nothing_is_left_of_it_but_that_it_was(cast: Cast, review: Review, line: OrderLine) -> None:
    with clock.stopped_at(review.changed_until + timedelta(days=400)):
        delete_review(cast.buyer, review.id)
    assert not reviews_of_product(line.variant.product_id).exists()
    assert ProductRating.objects.get().review_count == ShopRating.objects.get().review_count == 0
    assert [*ReviewEvent.objects.order_by("id").values_list("kind", "to_stars", "words")] == [
        ("written", 4, ""), ("deleted", None, ""),
    ]  # fmt: skip


def test_deleted_the_goods_are_reviewed_anew(cast: Cast, review: Review, line: OrderLine) -> None:
    delete_review(cast.buyer, review.id)
    with clock.stopped_at(review.changed_until):
        write_review(cast.buyer, line.id, stars=5)
    assert ProductRating.objects.get().stars_5 == 1


def test_deleted_it_does_not_come_back_as_another_after_its_days(cast: Cast, review: Review, line: OrderLine) -> None:
    delete_review(cast.buyer, review.id)
    delete_review(cast.buyer, write_review(cast.buyer, line.id, stars=5).id)
    assert [each for each, _ in reviews_of_order(line.order)] == [line]
    with clock.stopped_at(review.changed_until + timedelta(seconds=1)):
        assert reviews_of_order(line.order) == []
        with refused(HadTheirSay):
            write_review(cast.buyer, line.id, stars=1)


def test_who_works_for_the_shop_by_now_does_not_make_it_better(cast: Cast, review: Review) -> None:
    cast.shop.members.create(user=cast.buyer, role=Role.FINANCE)
    with refused(OwnGoods):
        change_review(cast.buyer, review.id, stars=5)
