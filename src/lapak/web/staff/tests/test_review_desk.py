"""The operator hides a review and shows it again."""

import pytest
from django.test import Client

from lapak.goods.catalogue.models import Variant
from lapak.testing.cast import Cast
from lapak.testing.histories import delivered_order
from lapak.trade.reviews.models import Review
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
    client.post(f"{case}/decide", {"words": "It names somebody."})
    review.refresh_from_db()
    assert review.hidden_because == "It names somebody."
    client.post(f"{case}/decide", {"words": "Tono agrees."})
    review.refresh_from_db()
    assert not review.is_hidden
    page = client.get(case).text
    assert "It names somebody." in page
    assert "Tono agrees." in page


def test_nobody_else(client: Client, cast: Cast, review: Review) -> None:
    client.force_login(cast.seller)
    assert client.get(f"/staff/review-desk/{review.id}").status_code == 404
    assert client.post(f"/staff/review-desk/{review.id}/decide", {"words": "No."}).status_code == 404
    review.refresh_from_db()
    assert not review.is_hidden
