"""A feed as a platform fetches it: whole, by gzip, asked whether it has changed, too often; and not by who does not know it."""

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lapak.goods.catalogue.commands import set_variant_price
from lapak.goods.catalogue.models import Variant
from lapak.moving import feed_files
from lapak.moving.feeds_out import address_of, change_feed_address, close_feed, open_feed, write_feed
from lapak.moving.models import Feed
from lapak.testing.cast import Cast
from lapak.web.shop import feeds

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = FileSystemStorage(location=tmp_path / "private")
    monkeypatch.setattr(feed_files, "private_storage", lambda: own)


@pytest.fixture
def feed(cast: Cast, variant: Variant) -> Feed:
    feed = open_feed(cast.seller, cast.shop, "google_rss", "id")
    write_feed(feed.id)
    return feed


def path_of(feed: Feed) -> str:
    return urlsplit(address_of(feed)).path


def body(response: object) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]  # a file is streamed


def test_it_is_fetched_whole(client: Client, feed: Feed, variant: Variant) -> None:
    found = client.get(path_of(feed))
    content = body(found)
    assert found.status_code == 200
    assert variant.product.title.encode() in content
    assert found["Content-Length"] == str(len(content))
    assert found["Content-Type"] == "application/xml"
    assert found["X-Robots-Tag"] == "noindex"
    assert found["Cache-Control"] == "no-cache"
    assert "Accept-Encoding" in found["Vary"]
    assert not found.cookies
    assert Feed.objects.get().fetched_at is not None


def test_by_gzip_it_is_the_same(client: Client, feed: Feed) -> None:
    packed = client.get(path_of(feed), headers={"accept-encoding": "gzip, br"})
    content = body(packed)
    assert packed["Content-Encoding"] == "gzip"
    assert packed["Content-Length"] == str(len(content))
    plain = client.get(path_of(feed))
    assert gzip.decompress(content) == body(plain)
    assert packed["ETag"] != plain["ETag"]


def test_head_says_all_but_the_file(client: Client, feed: Feed) -> None:
    plain = client.get(path_of(feed))
    head = client.head(path_of(feed))
    named = ("Content-Length", "Content-Type", "ETag", "Last-Modified")
    assert [head[name] for name in named] == [plain[name] for name in named]
    assert head.content == b""
    assert len(body(plain)) == int(head["Content-Length"])


def test_who_has_it_hears_that_it_is_the_same(client: Client, feed: Feed, cast: Cast, variant: Variant) -> None:
    first = client.get(path_of(feed))
    body(first)
    asking = [{"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}]
    for headers in asking:
        known = client.get(path_of(feed), headers=headers)
        assert (known.status_code, known.content, known["ETag"]) == (304, b"", first["ETag"])
    set_variant_price(cast.seller, variant.id, 90_000)
    assert client.get(path_of(feed), headers=asking[0]).status_code == 304, "nothing is worked out for who asks"
    write_feed(feed.id)
    changed = client.get(path_of(feed), headers=asking[0])
    assert changed.status_code == 200
    assert b"90000 IDR" in body(changed)


def test_who_asks_for_a_part_gets_all(client: Client, feed: Feed) -> None:
    part = client.get(path_of(feed), headers={"range": "bytes=0-9"})
    assert (part.status_code, part["Accept-Ranges"]) == (200, "none")
    assert len(body(part)) > 10


def test_no_product_is_read_for_who_asks(client: Client, feed: Feed) -> None:
    with CaptureQueriesContext(connection) as queries:
        body(client.get(path_of(feed)))
    assert [query["sql"] for query in queries if "catalogue_" in query["sql"]] == []


def test_too_often_is_told_to_come_later(client: Client, feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST_A_MINUTE", 0)
    later = client.get(path_of(feed))
    assert (later.status_code, later["Retry-After"]) == (429, "60")
    assert Feed.objects.get().fetched_at is None


def test_one_that_is_not_written_yet_is_told_to_come_later(client: Client, cast: Cast) -> None:
    feed = open_feed(cast.seller, cast.shop, "meta_catalog", "id")
    assert client.get(path_of(feed)).status_code == 503


def test_who_does_not_know_the_address_finds_nothing(client: Client, feed: Feed, cast: Cast) -> None:
    path = path_of(feed)
    assert client.get(path.replace(".xml", ".csv")).status_code == 404
    assert client.get("/feeds/odd.xml").status_code == 404
    assert client.post(path).status_code == 405
    changed = change_feed_address(cast.seller, feed.id)
    assert client.get(path).status_code == 404
    body(client.get(path_of(changed)))
    close_feed(cast.seller, feed.id)
    assert client.get(path_of(changed)).status_code == 404
