"""The operator hides a review and shows it again."""

import pytest
from django.test import Client

from lapak.goods.catalogue.models import Variant
from lapak.testing.books import rows_everywhere
from lapak.testing.cast import Cast
from lapak.testing.histories import delivered_order
from lapak.trade.reviews.answering import answer_review
from lapak.trade.reviews.hiding import hide_review
from lapak.trade.reviews.models import Review, ReviewEvent
from lapak.trade.reviews.reporting import report_review
from lapak.trade.reviews.writing import write_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(cast: Cast, variant: Variant) -> Review:
    line = delivered_order(cast, (variant, 1)).lines.get()
    return write_review(cast.buyer, line.id, stars=1, words="Ask Tono of the warehouse.")


def test_hidden_and_shown_again_with_reasons(client: Client, cast: Cast, review: Review) -> None:
    client.force_login(cast.operator)
    case = f"/staff/review-desk/{review.id}"
    assert case in client.get("/staff/review-desk").text
    client.post(f"{case}/hide", {"words": "It names somebody."})
    review.refresh_from_db()
    assert review.hidden_because == "It names somebody."
    client.post(f"{case}/show", {"words": "Tono agrees."})
    review.refresh_from_db()
    assert not review.is_hidden
    page = client.get(case).text
    assert "It names somebody." in page
    assert "Tono agrees." in page


def test_reports_are_read_and_dismissed(operator: Client, cast: Cast, review: Review) -> None:
    assert "Nothing is reported" in operator.get("/staff/review-desk").text
    report_review(cast.stranger, review.id, "personal", "I am Tono.")
    assert "Nothing is reported" not in operator.get("/staff/review-desk").text
    case = f"/staff/review-desk/{review.id}"
    page = operator.get(case).text
    assert "I am Tono." in page
    assert "It names a person, a number or an address" in page
    operator.post(f"{case}/dismiss", {"words": "A first name alone."})
    review.refresh_from_db()
    assert review.reported_at is None
    assert "A first name alone." in operator.get(case).text


def test_the_answer_alone_is_hidden_and_shown_again(operator: Client, cast: Cast, review: Review) -> None:
    case = f"/staff/review-desk/{review.id}"
    assert "hide-answer" not in operator.get(case).text
    answer_review(cast.seller, review.id, "You cannot read.")
    operator.post(f"{case}/hide-answer", {"words": "It insults."})
    review.refresh_from_db()
    assert (review.is_answer_hidden, review.is_hidden) == (True, False)
    assert "show-answer" in operator.get(case).text
    operator.post(f"{case}/show-answer", {"words": "It does not."})
    review.refresh_from_db()
    assert not review.is_answer_hidden


@pytest.mark.parametrize("act", ["hide", "show"])
def test_pressed_twice_or_by_two_it_stays_as_was_decided(client: Client, cast: Cast, review: Review, act: str) -> None:
    client.force_login(cast.operator)
    if act == "show":
        hide_review(cast.operator, review.id, "It names somebody.")
    for words in ("So it is.", "So say I."):
        answer = client.post(f"/staff/review-desk/{review.id}/{act}", {"words": words})
    assert "Ulasan ini sudah berubah" in answer.text
    assert "So say I." in answer.text
    review.refresh_from_db()
    assert review.is_hidden == (act == "hide")
    assert ReviewEvent.objects.filter(words="So say I.").count() == 0


@pytest.mark.parametrize("act", ["hide", "show", "hide-answer", "show-answer", "dismiss"])
def test_nobody_else(client: Client, cast: Cast, review: Review, act: str) -> None:
    client.force_login(cast.seller)
    address, before = f"/staff/review-desk/{review.id}", rows_everywhere()
    assert client.get(address).status_code == 404
    assert client.post(f"{address}/{act}", {"words": "No."}).status_code == 404
    assert rows_everywhere() == before
