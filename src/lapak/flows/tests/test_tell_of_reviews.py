"""Who is told what of a review."""

import pytest

from lapak.flows.ship_order import confirm_receipt
from lapak.flows.tell_people.of_reviews import TOLD_OF_REVIEWS
from lapak.flows.tests.told import facts_of, notice_of, tell_all
from lapak.people.notices.models import Notice
from lapak.people.notices.rules import MAY_BE_OFF, Topic
from lapak.people.notices.words import words_of
from lapak.testing.cast import Cast
from lapak.trade.orders.models import Order, OrderLine
from lapak.trade.reviews.answering import answer_review
from lapak.trade.reviews.hiding import dismiss_reports, hide_answer, hide_review, show_answer, show_review
from lapak.trade.reviews.models import ReviewEvent
from lapak.trade.reviews.reporting import report_review
from lapak.trade.reviews.writing import change_review, delete_review, write_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(delivered: Order) -> OrderLine:
    return delivered.lines.get()


def test_every_kind_has_been_thought_of() -> None:
    assert set(TOLD_OF_REVIEWS) == set(ReviewEvent.Kind)


def test_whoever_has_it_is_asked_how_it_is(cast: Cast, delivered: Order) -> None:
    confirm_receipt(cast.buyer, delivered.id)
    assert facts_of(cast.buyer)[-1] == "review_asked"
    assert words_of(notice_of(cast.buyer, "review_asked")).path == f"/orders/{delivered.id}"
    assert Topic.REVIEWS in MAY_BE_OFF


def test_the_shop_hears_of_it_and_the_author_of_the_answer(cast: Cast, line: OrderLine) -> None:
    review = write_review(cast.buyer, line.id, stars=2, words="A seam is open.")
    answer_review(cast.seller, review.id, "We are sorry.")
    change_review(cast.buyer, review.id, stars=3)
    delete_review(cast.buyer, review.id)
    assert facts_of(cast.seller)[-2:] == ["review_written", "review_changed"]
    assert words_of(notice_of(cast.seller, "review_written")).path == f"/sell/{cast.shop.slug}/reviews/{line.id}"
    assert facts_of(cast.buyer)[-1] == "review_answered"
    assert words_of(notice_of(cast.buyer, "review_answered")).path == f"/reviews/{line.id}"


def test_both_hear_of_the_operators_decisions(cast: Cast, line: OrderLine) -> None:
    review = write_review(cast.buyer, line.id, stars=2)
    hide_review(cast.operator, review.id, "It names somebody.")
    show_review(cast.operator, review.id, "It does not.")
    assert facts_of(cast.buyer)[-2:] == ["review_hidden", "review_shown"]
    assert facts_of(cast.seller)[-2:] == ["shop_review_hidden", "shop_review_shown"]


def test_a_case_is_told_to_the_operator_once_and_its_end_to_those_who_reported(cast: Cast, line: OrderLine) -> None:
    review = write_review(cast.buyer, line.id, stars=2)
    report_review(cast.stranger, review.id, "insult")
    report_review(cast.seller, review.id, "insult")
    assert facts_of(cast.operator).count("case_review") == 1
    assert words_of(notice_of(cast.operator, "case_review")).path == f"/staff/review-desk/{review.id}"
    dismiss_reports(cast.operator, review.id, "It may be said.")
    assert facts_of(cast.stranger) == ["report_dismissed"]
    assert facts_of(cast.seller)[-1] == "report_dismissed"
    path = words_of(notice_of(cast.stranger, "report_dismissed")).path
    assert path == f"{review.product.path}/reviews"


def test_the_shop_hears_of_its_answer_and_who_reported_it_that_it_is_hidden(cast: Cast, line: OrderLine) -> None:
    review = write_review(cast.buyer, line.id, stars=2)
    answer_review(cast.seller, review.id, "You cannot read.")
    report_review(cast.buyer, review.id, "answer")
    hide_answer(cast.operator, review.id, "It insults.")
    show_answer(cast.operator, review.id, "It does not.")
    assert facts_of(cast.seller)[-2:] == ["shop_answer_hidden", "shop_answer_shown"]
    assert facts_of(cast.buyer)[-1] == "report_heeded"


def test_who_deletes_a_reported_review_leaves_no_case(cast: Cast, line: OrderLine) -> None:
    review = write_review(cast.buyer, line.id, stars=2)
    report_review(cast.stranger, review.id, "insult")
    delete_review(cast.buyer, review.id)
    assert "case_review" not in facts_of(cast.operator)


def test_the_words_are_read_on_the_page_alone(cast: Cast, line: OrderLine) -> None:
    review = write_review(cast.buyer, line.id, stars=2, words="Ask Tono.")
    hide_review(cast.operator, review.id, "It names Tono.")
    tell_all()
    assert "Tono" not in str([*Notice.objects.values_list("said", flat=True)])
