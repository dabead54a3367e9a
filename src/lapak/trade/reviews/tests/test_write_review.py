"""Whoever received goods says what they think of them, once for each order line."""

import pytest

from lapak.flows.refund_return import approve_return
from lapak.goods.catalogue.models import ProductRating, ShopRating, Variant
from lapak.people.shops.rules import Role
from lapak.testing.cast import Cast
from lapak.testing.histories import asked_return, delivered_order, paid_order
from lapak.testing.refused import refused
from lapak.trade.orders.models import OrderLine
from lapak.trade.reviews.errors import (
    NotReceived,
    OwnGoods,
    ReviewedAlready,
    ReviewNotFound,
    ReviewWordsRefused,
    StarsRefused,
)
from lapak.trade.reviews.models import ReviewEvent
from lapak.trade.reviews.queries import reviews_of_product
from lapak.trade.reviews.rules import LONGEST_REVIEW
from lapak.trade.reviews.writing import write_review

pytestmark = pytest.mark.django_db


def test_it_is_read_by_everybody_and_counted(cast: Cast, line: OrderLine) -> None:
    review = write_review(cast.buyer, line.id, stars=4, words="  Soft.  ")
    assert [*reviews_of_product(line.variant.product_id)] == [review]
    assert (review.words, review.author_name) == ("Soft.", "B***r")
    for rating in (ProductRating.objects.get(product=line.variant.product), ShopRating.objects.get(shop=cast.shop)):
        assert (rating.stars_4, rating.review_count, rating.star_count) == (1, 1, 4)
    event = ReviewEvent.objects.get()
    assert (event.line_id, event.kind, event.from_stars, event.to_stars, event.actor) == (
        line.id, "written", None, 4, cast.buyer,
    )  # fmt: skip


def test_stars_alone_are_a_review(cast: Cast, line: OrderLine) -> None:
    assert write_review(cast.buyer, line.id, stars=1).words == ""


def test_empty_lines_do_not_fill_the_page(cast: Cast, line: OrderLine) -> None:
    said = write_review(cast.buyer, line.id, stars=4, words="Soft.\r\n \r\n" + "\n" * 900 + "  Warm.\r\nThin.").words
    assert said == "Soft.\n\nWarm.\r\nThin."


def test_the_same_goods_bought_again_are_reviewed_again(cast: Cast, line: OrderLine, variant: Variant) -> None:
    write_review(cast.buyer, line.id, stars=5)
    write_review(cast.buyer, delivered_order(cast, (variant, 1)).lines.get().id, stars=2)
    rating = ProductRating.objects.get()
    assert (str(rating.average), rating.shares) == (
        "3.5", [(5, 1, 50), (4, 0, 0), (3, 0, 0), (2, 1, 50), (1, 0, 0)],
    )  # fmt: skip


def test_once_a_line(cast: Cast, line: OrderLine) -> None:
    write_review(cast.buyer, line.id, stars=5)
    with refused(ReviewedAlready):
        write_review(cast.buyer, line.id, stars=1)


@pytest.mark.parametrize("person", ["seller", "stranger", "operator"])
def test_only_the_buyer(cast: Cast, line: OrderLine, person: str) -> None:
    with refused(ReviewNotFound):
        write_review(getattr(cast, person), line.id, stars=5)


def test_not_before_it_has_arrived(cast: Cast, variant: Variant) -> None:
    on_its_way = paid_order(cast, (variant, 1)).lines.get()
    with refused(NotReceived):
        write_review(cast.buyer, on_its_way.id, stars=5)


def test_not_when_all_of_it_went_back(cast: Cast, line: OrderLine) -> None:
    return_ = asked_return(cast, line.order, goods_come_back=False)
    approve_return(cast.seller, return_.id)
    with refused(NotReceived):
        write_review(cast.buyer, line.id, stars=1)


def test_what_was_kept_of_it_is_reviewed(cast: Cast, line: OrderLine) -> None:
    return_ = asked_return(cast, line.order, 1, goods_come_back=False)
    approve_return(cast.seller, return_.id)
    assert write_review(cast.buyer, line.id, stars=2).stars == 2


def test_nobody_praises_the_shop_they_work_for(cast: Cast, line: OrderLine) -> None:
    cast.shop.members.create(user=cast.buyer, role=Role.FINANCE)
    with refused(OwnGoods):
        write_review(cast.buyer, line.id, stars=5)


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_one_to_five_stars(cast: Cast, line: OrderLine, stars: int) -> None:
    with refused(StarsRefused):
        write_review(cast.buyer, line.id, stars=stars)


def test_no_more_words_than_anyone_reads(cast: Cast, line: OrderLine) -> None:
    with refused(ReviewWordsRefused):
        write_review(cast.buyer, line.id, stars=5, words="x" * (LONGEST_REVIEW + 1))
