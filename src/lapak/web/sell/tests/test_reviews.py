"""What buyers say of a shop's goods, in the seller centre."""

import pytest
from django.test import Client

from lapak.goods.catalogue.models import Variant
from lapak.people.shops.rules import Role
from lapak.testing.cast import Cast
from lapak.testing.histories import delivered_order
from lapak.trade.reviews.hiding import hide_answer, hide_review
from lapak.trade.reviews.models import Review
from lapak.trade.reviews.writing import write_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(cast: Cast, variant: Variant) -> Review:
    line = delivered_order(cast, (variant, 1)).lines.get()
    return write_review(cast.buyer, line.id, stars=3, words="The seam is weak.")


def test_answered_it_waits_no_more(seller: Client, cast: Cast, review: Review) -> None:
    reviews = f"/sell/{cast.shop.slug}/reviews"
    assert "The seam is weak." in seller.get(reviews).text
    assert seller.post(f"{reviews}/{review.line_id}", {"words": "We sew it anew."}).status_code == 302
    assert "The seam is weak." not in seller.get(reviews).text
    assert "We sew it anew." in seller.get(f"{reviews}?show=all").text


def test_without_words_the_page_asks_for_some(seller: Client, cast: Cast, review: Review) -> None:
    assert seller.post(f"/sell/{cast.shop.slug}/reviews/{review.line_id}", {"words": " "}).status_code == 200
    review.refresh_from_db()
    assert review.answer == ""


def test_why_one_is_hidden(seller: Client, cast: Cast, review: Review) -> None:
    hide_review(cast.operator, review.id, "It names somebody.")
    for page in ("?show=all", f"/{review.line_id}"):
        assert "It names somebody." in seller.get(f"/sell/{cast.shop.slug}/reviews{page}").text


def test_why_the_answer_alone_is_hidden_and_that_it_stays_so(seller: Client, cast: Cast, review: Review) -> None:
    page = f"/sell/{cast.shop.slug}/reviews/{review.line_id}"
    seller.post(page, {"words": "You cannot read."})
    hide_answer(cast.operator, review.id, "It insults.")
    for shown in (seller.get(page).text, seller.get(f"/sell/{cast.shop.slug}/reviews?show=all").text):
        assert "It insults." in shown
        assert "You cannot read." in shown
    assert "<textarea" not in seller.get(page).text
    assert "has hidden your answer" in seller.post(page, {"words": "You can."}).text
    review.refresh_from_db()
    assert review.answer == "You cannot read."


def test_another_shops_review_is_not_there(seller: Client, cast: Cast, review: Review) -> None:
    cast.shop.members.filter(user=cast.seller).update(role=Role.FINANCE)
    assert seller.get(f"/sell/{cast.shop.slug}/reviews").status_code == 403
    seller.force_login(cast.stranger)
    assert seller.get(f"/sell/{cast.shop.slug}/reviews/{review.line_id}").status_code == 404
