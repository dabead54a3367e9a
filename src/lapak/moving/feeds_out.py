"""Feeds: a shop's goods on sale at an address that Google or Meta fetches by itself. The clock writes them anew, never who asks.

They carry goods, not people: what is in one is what any visitor sees.
"""

import secrets
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from procrastinate.contrib.django import app

from lapak.goods.catalogue.change_log import CHANGES
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.follow import BATCH, Row, begin, take_next
from lapak.lib.jobs import FOR_FILES, defer_once, is_being_done
from lapak.moving.errors import FeedOpen, FormatUnknown
from lapak.moving.feed_files import FEEDS, drop_feed_files, extension_of, write_feed_file
from lapak.moving.models import FedUpTo, Feed
from lapak.moving.queries import feed_for_owner
from lapak.people.audit.commands import note_changes
from lapak.people.shops.closings import is_resting
from lapak.people.shops.commands import lock_shop, subject_of
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User

JOB = "moving.write_feed"
"""The job in `tasks.py`, named here because tasks call commands and not the other way round."""

EVERY = timedelta(hours=3)
"""So long a feed stands before what has changed is written: Google and Meta fetch one once a day, or hourly where asked to."""

AT_LEAST_EVERY = timedelta(days=1)
"""What no change of goods tells, such as another name of a category, is in it a day later."""

LOST_KEPT = 20
"""Of what is lost, the most frequent: the page shows no more."""

_CODE_BYTES = 24
"""192 bits: nobody guesses it."""

_TO_THE_MINUTE = timedelta(minutes=1)


@act
def open_feed(by: User, shop: Shop, platform: str, language: str) -> Feed:
    """The shop's goods on sale can be fetched in this format, as soon as a job has written them, by whoever knows the address.

    Refuses a stranger (`ShopNotFound`), one who is no owner (`NotYourDuty`), what is no feed (`FormatUnknown`), and a second
    one of a format (`FeedOpen`).
    """
    lock_shop(by, shop.id, Duty.OWNERSHIP)
    if platform not in FEEDS:
        raise FormatUnknown(platform, FEEDS)
    if Feed.objects.filter(shop=shop, platform=platform).exists():
        raise FeedOpen
    now = clock.now()
    feed = Feed.objects.create(
        shop=shop, platform=platform, code=_new_code(), language=language, opened_by=by, opened_at=now, changed_at=now
    )
    note_changes(by.id, subject_of(shop), {}, {"feed": platform})
    begin(FedUpTo, CHANGES)
    _have_written(feed)
    return feed


@act
def change_feed_address(by: User, feed_id: uuid.UUID) -> Feed:
    """The feed is at another address; at the old one there is nothing from now on.

    Refuses a stranger (`FeedNotFound`) and one who is no owner (`NotYourDuty`).
    """
    feed = _lock(by, feed_id)
    feed.code, feed.fetched_at = _new_code(), None
    feed.save(update_fields=["code", "fetched_at"])
    note_changes(by.id, subject_of(feed.shop), {}, {"feed_address": feed.platform})
    return feed


@act
def close_feed(by: User, feed_id: uuid.UUID) -> None:
    """There is nothing at its address from now on.

    Refuses a stranger (`FeedNotFound`) and one who is no owner (`NotYourDuty`).
    """
    feed = _lock(by, feed_id)
    Feed.objects.filter(id=feed.id).delete()
    note_changes(by.id, subject_of(feed.shop), {"feed": feed.platform}, {"feed": ""})
    transaction.on_commit(lambda: drop_feed_files(feed))


def address_of(feed: Feed) -> str:
    """Where platforms fetch it."""
    return f"{settings.BASE_URL}/feeds/{feed.code}.{extension_of(feed)}"


def note_fetch(feed: Feed) -> None:
    """Somebody has fetched it; written once a minute."""
    now = clock.now()
    long_ago = Q(fetched_at=None) | Q(fetched_at__lt=now - _TO_THE_MINUTE)
    Feed.objects.filter(long_ago, id=feed.id).update(fetched_at=now)


def have_due_feeds_written() -> int:
    """The clock: feeds of shops whose goods have changed are written anew, and those of shops that stopped to sell, or sell
    again; answers how many. Each by a job of its own, one after another (`FOR_FILES`)."""
    while take_next(FedUpTo, CHANGES, _note_changed) == BATCH:
        pass
    now, due = clock.now(), 0
    for feed in Feed.objects.select_related("shop").iterator(BATCH):
        if is_due(feed, now):
            _have_written(feed)
            due += 1
    return due


def is_due(feed: Feed, now: datetime) -> bool:
    """Whether it is to be written: at once where it offers what is not sold, else when it has stood, or failed, for `EVERY`."""
    if feed.as_of is not None and feed.standing != standing_of(feed.shop):
        return True
    if feed.tried_at is not None and feed.tried_at > now - EVERY:
        return False
    return feed.as_of is None or feed.changed_at > feed.as_of or feed.as_of <= now - AT_LEAST_EVERY


def standing_of(shop: Shop) -> Feed.Standing:
    """What feeds say of its goods: that they are sold, that they are out of stock for now, or nothing."""
    if not shop.is_open:
        return Feed.Standing.CLOSED
    return Feed.Standing.RESTING if is_resting(shop) else Feed.Standing.SELLING


def tell_feeds_of_goods_gone(shop: Shop) -> None:
    """What was deleted leads nobody to its shop: its feeds are written anew as after any change. In the caller's transaction."""
    Feed.objects.filter(shop=shop).update(changed_at=clock.now())


def write_feed(feed_id: uuid.UUID) -> None:
    """The job: the feed's file is as the shop's goods are now. One that was closed meanwhile leaves nothing behind."""
    feed = Feed.objects.select_related("shop").filter(id=feed_id).first()
    if feed is None:
        return
    as_of, standing = clock.now(), standing_of(feed.shop)
    Feed.objects.filter(id=feed.id).update(tried_at=as_of)
    with translation.override(feed.language):
        moved = write_feed_file(feed, standing)
    written = Feed.objects.filter(id=feed.id).update(
        as_of=as_of,
        standing=standing,
        failed_at=None,
        counts=moved.as_dict(),
        lost=moved.lost_of_how_many[:LOST_KEPT],
    )
    if not written:
        drop_feed_files(feed)


def end_unforeseen(feed_id: uuid.UUID) -> None:
    """What was there before stays, and its owners see since when; it is tried again after `EVERY`."""
    Feed.objects.filter(id=feed_id).update(failed_at=clock.now())


def _note_changed(rows: list[Row]) -> None:
    Feed.objects.filter(shop__products__in=[row[0] for row in rows]).update(changed_at=clock.now())


def _have_written(feed: Feed) -> None:
    turn = f"{JOB}:{feed.id}"
    if not is_being_done(turn):
        defer_once(app.configure_task(JOB, queueing_lock=turn, lock=turn, queue=FOR_FILES), feed_id=str(feed.id))


def _lock(by: User, feed_id: uuid.UUID) -> Feed:
    """For one of the owners, as it is now."""
    feed = feed_for_owner(by, feed_id)
    lock_shop(by, feed.shop_id, Duty.OWNERSHIP)
    return feed_for_owner(by, feed.id)


def _new_code() -> str:
    return secrets.token_urlsafe(_CODE_BYTES)
