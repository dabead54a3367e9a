"""Feeds: opened by an owner, written by the clock when goods have changed, and nothing in them that visitors do not see."""

import csv
import gzip
import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from lapak.goods.catalogue.change_log import log_changes
from lapak.goods.catalogue.commands import archive_product, set_variant_price
from lapak.goods.catalogue.models import Product, Variant
from lapak.lib import clock
from lapak.lib.jobs import FOR_FILES
from lapak.moving import feed_files
from lapak.moving.errors import FeedNotFound, FeedOpen, FormatUnknown
from lapak.moving.feed_files import FEEDS, open_feed_file
from lapak.moving.feeds_out import (
    AT_LEAST_EVERY,
    EVERY,
    JOB,
    address_of,
    change_feed_address,
    close_feed,
    end_unforeseen,
    have_due_feeds_written,
    open_feed,
    write_feed,
)
from lapak.moving.leaving import leaving_goods
from lapak.moving.models import Feed
from lapak.people.audit.models import Change
from lapak.people.shops.commands import announce_holiday
from lapak.people.shops.errors import NotYourDuty, ShopNotFound
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Role
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import paid_order
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The private storage is a folder of the test's own."""
    own = FileSystemStorage(location=tmp_path / "private")
    monkeypatch.setattr(feed_files, "private_storage", lambda: own)
    return tmp_path / "private"


@pytest.fixture
def feed(cast: Cast, variant: Variant) -> Feed:
    log_changes([variant.product_id])  # as of any goods that were put on sale
    return written(open_feed(cast.seller, cast.shop, "google_merchant", "en"))


def written(feed: Feed) -> Feed:
    write_feed(feed.id)
    ProcrastinateJob.objects.filter(task_name=JOB).delete()
    return Feed.objects.select_related("shop").get(id=feed.id)


def text_of(feed: Feed, *, is_gzipped: bool = False) -> str:
    found = open_feed_file(feed, is_gzipped=is_gzipped)
    assert found is not None
    with found.file:
        content = found.file.read()
    assert len(content) == found.size_bytes
    return (gzip.decompress(content) if is_gzipped else content).decode()


def goods(feed: Feed) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text_of(feed)), delimiter="\t"))


def due_at(after: timedelta) -> int:
    """How many feeds the clock has written so much later."""
    with clock.stopped_at(clock.now() + after):
        due = have_due_feeds_written()
    assert ProcrastinateJob.objects.filter(task_name=JOB, queue_name=FOR_FILES).count() == due
    return due


def test_an_owner_opens_it_and_a_job_writes_it(cast: Cast, variant: Variant) -> None:
    feed = open_feed(cast.seller, cast.shop, "google_rss", "en")
    job = ProcrastinateJob.objects.get(task_name=JOB)
    assert (job.queue_name, job.args) == (FOR_FILES, {"feed_id": str(feed.id)})
    assert open_feed_file(feed, is_gzipped=False) is None
    app.tasks[JOB].func(feed_id=str(feed.id))
    feed = Feed.objects.get()
    assert f"<g:price>{variant.price_idr} IDR</g:price>" in text_of(feed)
    assert text_of(feed, is_gzipped=True) == text_of(feed)
    assert (feed.counts["products"], feed.standing) == (1, "selling")
    assert address_of(feed).endswith(f"/feeds/{feed.code}.xml")
    assert (Change.objects.get().field, Change.objects.get().new) == ("feed", "google_rss")


@pytest.mark.parametrize("platform", FEEDS)
def test_nothing_of_a_person_is_in_it(cast: Cast, variant: Variant, platform: str) -> None:
    paid_order(cast, (variant, 1))
    cast.shop.phone, cast.shop.street = "081299990000", "Jl. Kawung 17"
    cast.shop.save()
    text = text_of(written(open_feed(cast.seller, cast.shop, platform, "id")))
    assert variant.product.title in text
    address = cast.address
    people = [
        *(word for user in (cast.buyer, cast.seller, cast.creator_user) for word in (user.email, str(user.id))),
        address.recipient, address.phone, address.street, cast.shop.phone, cast.shop.street,
    ]  # fmt: skip
    assert [word for word in people if word and word in text] == []


def test_only_what_is_on_sale_is_in_it_and_the_rest_is_told(cast: Cast, feed: Feed, variant: Variant) -> None:
    other = stocked_variant(cast.shop)
    archive_product(cast.seller, other.product_id)
    feed = written(feed)
    assert [row["id"] for row in goods(feed)] == [variant.id.hex]
    assert ["the product: it is not on sale", 1] in feed.lost


def test_a_shop_on_holiday_has_nothing_in_stock_and_a_closed_one_nothing_at_all(cast: Cast, feed: Feed) -> None:
    assert [row["availability"] for row in goods(feed)] == ["in_stock"]
    announce_holiday(cast.seller, cast.shop, first=clock.today(), last=clock.today())
    assert due_at(timedelta()) == 1
    feed = written(feed)
    assert [row["availability"] for row in goods(feed)] == ["out_of_stock"]
    Shop.objects.update(is_open=False)
    assert due_at(timedelta()) == 1
    feed = written(feed)
    assert goods(feed) == []
    assert text_of(feed).startswith("id\titem_group_id\ttitle")
    assert due_at(timedelta()) == 0


def test_a_closed_shop_s_rss_is_empty_and_well_formed(cast: Cast, variant: Variant) -> None:
    Shop.objects.update(is_open=False)
    text = text_of(written(open_feed(cast.seller, cast.shop, "google_rss", "id")))
    assert "<item>" not in text
    assert text.endswith("</channel></rss>\n")


@pytest.mark.django_db(transaction=True)  # a log is followed transaction by transaction
def test_it_is_written_anew_when_goods_have_changed_and_not_too_often(cast: Cast, feed: Feed, variant: Variant) -> None:
    have_due_feeds_written()
    assert due_at(EVERY * 2) == 0
    set_variant_price(cast.seller, variant.id, 90_000)
    assert due_at(timedelta(minutes=30)) == 0
    assert due_at(EVERY * 2) == 1
    with clock.stopped_at(clock.now() + EVERY * 2):
        assert "90000 IDR" in text_of(written(feed))
    assert due_at(EVERY * 4) == 0


def test_it_is_written_once_a_day_whatever_is_told(feed: Feed) -> None:
    assert due_at(AT_LEAST_EVERY * 2) == 1


@pytest.mark.django_db(transaction=True)  # a log is followed transaction by transaction
def test_another_shop_s_goods_change_nothing(cast: Cast, feed: Feed) -> None:
    have_due_feeds_written()
    before = Feed.objects.get().changed_at
    other = Shop.objects.create(slug="lain", name="Lain", city="Solo", province_code="33")
    stocked_variant(other)
    have_due_feeds_written()
    assert Feed.objects.get().changed_at == before


def test_the_same_goods_stay_the_same_file(feed: Feed) -> None:
    first = [open_feed_file(feed, is_gzipped=each) for each in (False, True)]
    written(feed)
    again = [open_feed_file(feed, is_gzipped=each) for each in (False, True)]
    assert [file and file.etag for file in first] == [file and file.etag for file in again]
    for file in filter(None, [*first, *again]):
        file.file.close()


def test_what_nobody_foresaw_leaves_the_old_file_and_says_so(
    cast: Cast, feed: Feed, variant: Variant, storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = text_of(feed)

    def broken(_shop: Shop) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(feed_files, "leaving_goods", broken)
    with pytest.raises(OSError, match="disk full"):
        write_feed(feed.id)
    end_unforeseen(feed.id)
    assert text_of(feed) == before
    assert Feed.objects.get().failed_at is not None
    assert len([path for path in storage.rglob("*") if path.is_file()]) == 2
    monkeypatch.undo()


def test_another_address_ends_the_old_one(cast: Cast, feed: Feed) -> None:
    changed = change_feed_address(cast.seller, feed.id)
    assert changed.code != feed.code
    assert Feed.objects.get().code == changed.code
    assert Change.objects.filter(field="feed_address").count() == 1


def test_closing_it_leaves_nothing(
    cast: Cast, feed: Feed, storage: Path, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # pytest-django's
        close_feed(cast.seller, feed.id)
    assert not Feed.objects.exists()
    assert not [path for path in storage.rglob("*") if path.is_file()]
    write_feed(feed.id)
    assert not [path for path in storage.rglob("*") if path.is_file()]


def test_one_that_is_closed_while_it_is_written_leaves_nothing(
    feed: Feed, storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closing(shop: Shop) -> object:
        Feed.objects.all().delete()
        return leaving_goods(shop)

    monkeypatch.setattr(feed_files, "leaving_goods", closing)
    write_feed(feed.id)
    assert not [path for path in storage.rglob("*") if path.is_file()]


def test_it_is_for_owners_alone(cast: Cast, feed: Feed) -> None:
    with refused(ShopNotFound):
        open_feed(cast.stranger, cast.shop, "google_rss", "id")
    for command in (change_feed_address, close_feed):
        with refused(FeedNotFound):
            command(cast.stranger, feed.id)
    cast.shop.members.update(role=Role.ADMIN)
    with refused(NotYourDuty):
        open_feed(cast.seller, cast.shop, "google_rss", "id")
    for command in (change_feed_address, close_feed):
        with refused(NotYourDuty):
            command(cast.seller, feed.id)


def test_there_is_one_of_each_format_that_is_a_feed(cast: Cast, feed: Feed) -> None:
    with refused(FeedOpen):
        open_feed(cast.seller, cast.shop, "google_merchant", "id")
    with refused(FormatUnknown, match="google_merchant, google_rss, meta_catalog"):
        open_feed(cast.seller, cast.shop, "shopify", "id")


def test_goods_without_a_picture_are_told(feed: Feed) -> None:
    assert any("picture" in what for what, _count in feed.lost)
    assert Product.objects.count() == 1
