"""Feeds in the seller centre: open, copy the address, see what is in it, change the address, close."""

from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.test import Client

from lapak.goods.catalogue.models import Variant
from lapak.moving import feed_files
from lapak.moving.feeds_out import address_of, end_unforeseen, write_feed
from lapak.moving.models import Feed
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Role
from lapak.testing.cast import Cast
from lapak.testing.pressed import press
from lapak.web.sell.tests.conftest import said

PAGE = "/sell/batik-sekar/feeds"


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = FileSystemStorage(location=tmp_path / "private")
    monkeypatch.setattr(feed_files, "private_storage", lambda: own)


def test_from_a_format_to_the_address(seller: Client, variant: Variant) -> None:
    page = said(seller, PAGE)
    assert page.count("Open the feed") == 3
    assert "Title: 150 characters" in page
    waiting = seller.post(f"{PAGE}/open", {"format": "google_rss"}, follow=True).text
    feed = Feed.objects.get()
    assert "in a moment" in waiting
    assert 'hx-trigger="every 3s"' in waiting
    write_feed(feed.id)
    page = said(seller, PAGE)
    assert address_of(feed) in page
    assert "1 product" in page
    assert "never yet" in page
    assert "What is left out or cut" in page
    assert "hx-trigger" not in page


def test_how_it_stands_is_said(seller: Client, variant: Variant) -> None:
    seller.post(f"{PAGE}/open", {"format": "google_rss"})
    feed = Feed.objects.get()
    Shop.objects.update(is_open=False)
    write_feed(feed.id)
    assert "Your shop is closed: the feed is empty" in said(seller, PAGE)
    end_unforeseen(feed.id)
    assert "it could not be written" in said(seller, PAGE)


def test_what_is_no_feed_is_refused_in_words(seller: Client, cast: Cast) -> None:
    assert "is no format that Lapak writes" in seller.post(f"{PAGE}/open", {"format": "shopify"}, follow=True).text
    assert not Feed.objects.exists()


def test_its_address_is_changed_and_it_is_closed_after_a_question(seller: Client, variant: Variant) -> None:
    seller.post(f"{PAGE}/open", {"format": "meta_catalog"})
    feed = Feed.objects.get()
    press(seller, f"{PAGE}/{feed.id}/address", {})
    assert Feed.objects.get().code != feed.code
    press(seller, f"{PAGE}/{feed.id}/close", {})
    assert not Feed.objects.exists()


def test_it_is_for_owners(seller: Client, cast: Cast) -> None:
    assert PAGE in said(seller, "/sell/batik-sekar/profile")
    cast.shop.members.update(role=Role.ADMIN)
    assert seller.get(PAGE).status_code == 403
    assert PAGE not in said(seller, "/sell/batik-sekar/profile")
