"""Complaints as the shop sees them."""

import pytest
from django.test import Client

from lapak.testing.cast import Cast
from lapak.testing.complaints import WORDS, complaint_about, complaint_with_lapak
from lapak.trade.complaints.commands import answer_complaint_for_shop, take_complaint_to_lapak
from lapak.trade.complaints.models import Complaint

pytestmark = pytest.mark.django_db


def test_answered_it_waits_no_more(seller: Client, cast: Cast) -> None:
    complaint, complaints = complaint_about(cast), f"/sell/{cast.shop.slug}/complaints"
    assert "tab-number" in seller.get(f"/sell/{cast.shop.slug}/returns").text
    assert WORDS in seller.get(complaints).text
    assert seller.post(f"{complaints}/{complaint.id}", {"words": "No"}).status_code == 200
    assert seller.post(f"{complaints}/{complaint.id}", {"words": "We send another one."}).status_code == 302
    assert WORDS not in seller.get(complaints).text
    assert WORDS in seller.get(f"{complaints}?show=all").text
    assert "We send another one." in seller.get(f"{complaints}/{complaint.id}").text
    assert Complaint.objects.get().state == "shop_answered"


def test_what_concerns_no_order_of_theirs_is_not_there(seller: Client, cast: Cast) -> None:
    complaint = complaint_with_lapak(cast)
    assert seller.get(f"/sell/{cast.shop.slug}/complaints/{complaint.id}").status_code == 404


def test_nothing_waits(seller: Client, cast: Cast) -> None:
    assert "Nothing waits for you" in seller.get(f"/sell/{cast.shop.slug}/complaints").text


def test_what_the_buyer_says_stands_under_no_title_that_says_lapak_speaks(seller: Client, cast: Cast) -> None:
    complaint = complaint_about(cast)
    answer_complaint_for_shop(cast.seller, complaint.id, "We send another one.")
    take_complaint_to_lapak(cast.buyer, complaint.id, "Nothing has come.")
    page = seller.get(f"/sell/{cast.shop.slug}/complaints/{complaint.id}").text
    title, _ = page.split("Nothing has come.")[0].rsplit("</h2>", 1)
    assert title.endswith("Passed on to Lapak")
