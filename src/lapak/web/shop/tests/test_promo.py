"""The card that other sites show within their pages: it leads through the link, and nothing can be done in it."""

import re

import pytest
from django.test import Client

from lapak.affiliates.models import Link
from lapak.goods.catalogue.commands import archive_product
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.testing.cast import Cast, link_to
from lapak.web.shop.tests.conftest import ATTACK, IN_TIKTOK, browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(cast: Cast, variant: Variant) -> Link:
    return link_to(cast, variant.product)


def test_goods_as_they_are_now(visitor: Client, link: Link, variant: Variant) -> None:
    card = visitor.get(f"/promo/{link.code}")
    assert card.status_code == 200
    assert "Kemeja Batik Kawung" in card.text
    assert "Rp100.000" in card.text
    assert "Advertisement: @ceu-edoh earns a commission" in card.text
    assert set(re.findall(r'<a\b[^>]* href="([^"]+)"', card.text)) == {f"/r/{link.code}", "/"}
    assert '<base target="_blank">' in card.text


def test_only_it_may_be_framed_and_nothing_can_be_done_in_it(buyer: Client, link: Link, variant: Variant) -> None:
    card = buyer.get(f"/promo/{link.code}")
    policy = card["Content-Security-Policy"]
    for rule in ("frame-ancestors *", "script-src 'none'", "form-action 'none'", "default-src 'self'"):
        assert rule in policy
    assert "X-Frame-Options" not in card
    assert not re.search(r"<form|<script|<input|<button|csrf|\bon\w+=", card.text)
    assert card.cookies == {}
    for path in (f"/r-unknown/{link.code}", "/", variant.product.path, "/account/sign-in", f"/promo/{link.code}/"):
        other = buyer.get(path)
        assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
        assert other["X-Frame-Options"] == "DENY"


def test_shared_caches_keep_it(visitor: Client, link: Link) -> None:
    assert "public" in visitor.get(f"/promo/{link.code}")["Cache-Control"]
    assert browser(IN_TIKTOK).get(f"/promo/{link.code}").status_code == 200


def test_goods_that_are_gone_leave_the_shop(visitor: Client, cast: Cast, link: Link, variant: Variant) -> None:
    archive_product(cast.seller, variant.product_id)
    card = visitor.get(f"/promo/{link.code}").text
    assert "Kemeja" not in card
    assert "Batik Sekar" in card


def test_a_creators_page(visitor: Client, cast: Cast) -> None:
    link = Link.objects.create(code="semua-saya", creator=cast.creator, created_at=clock.now())
    assert "@ceu-edoh" in visitor.get(f"/promo/{link.code.upper()}").text


def test_an_unknown_code_says_so_within_the_frame(visitor: Client) -> None:
    card = visitor.get("/promo/tidak-ada")
    assert card.status_code == 404
    assert "no longer there" in card.text
    assert "X-Frame-Options" not in card


def test_words_are_text_not_markup(visitor: Client, link: Link, variant: Variant) -> None:
    variant.product.title = ATTACK
    variant.product.save()
    assert ATTACK not in visitor.get(f"/promo/{link.code}").text


def test_a_creator_finds_what_to_paste(creator_browser: Client, link: Link) -> None:
    page = creator_browser.get(f"/create/links/{link.code}").text
    assert f"&lt;iframe src=&quot;http://localhost:8000/promo/{link.code}&quot;" in page


@pytest.fixture
def creator_browser(cast: Cast) -> Client:
    client = browser()
    client.force_login(cast.creator_user)
    return client
