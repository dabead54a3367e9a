"""Reading what sellers gave to be moved in, what they asked for to take along, and what platforms fetch of their shops."""

import uuid

from django.db.models import QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Status

from lapak.moving.errors import FeedNotFound, TakeoutNotFound, UploadNotFound
from lapak.moving.models import Feed, Takeout, Upload
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import works_for
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User


def uploads_of_shop(shop: Shop) -> QuerySet[Upload]:
    """A shop's uploads, newest first."""
    return Upload.objects.filter(shop=shop).order_by("-given_at", "-id")


def upload_for_seller(user: User, upload_id: uuid.UUID) -> Upload:
    """The upload, for one who works in its shop; `UploadNotFound` for everyone else."""
    upload = Upload.objects.filter(id=upload_id).first()
    if upload is None or not works_for(user, upload.shop_id, Duty.GOODS):
        raise UploadNotFound
    return upload


def takeouts_of_shop(shop: Shop) -> QuerySet[Takeout]:
    """What a shop's owners have asked for to take along, newest first."""
    return Takeout.objects.filter(shop=shop).order_by("-asked_at", "-id")


def takeouts_of_user(user: User) -> QuerySet[Takeout]:
    """What a user has asked for of their own, newest first."""
    return Takeout.objects.filter(shop=None, by=user).order_by("-asked_at", "-id")


def takeout_for_owner(user: User, takeout_id: uuid.UUID) -> Takeout:
    """The takeout with its shop, for an owner of it; one's own. `TakeoutNotFound` for a stranger, `NotYourDuty` for who else
    works in the shop."""
    takeout = Takeout.objects.select_related("shop", "by").filter(id=takeout_id).first()
    if takeout is None:
        raise TakeoutNotFound
    is_theirs = works_for(user, takeout.shop_id, Duty.OWNERSHIP) if takeout.shop_id else takeout.by_id == user.id
    if not is_theirs:
        raise TakeoutNotFound
    return takeout


def feeds_of_shop(shop: Shop) -> QuerySet[Feed]:
    """What platforms fetch of it."""
    return Feed.objects.filter(shop=shop)


def feed_for_owner(user: User, feed_id: uuid.UUID) -> Feed:
    """The feed with its shop, for an owner of it; `FeedNotFound` for a stranger, `NotYourDuty` for who else works there."""
    feed = Feed.objects.select_related("shop").filter(id=feed_id).first()
    if feed is None or not works_for(user, feed.shop_id, Duty.OWNERSHIP):
        raise FeedNotFound
    return feed


def feed_at(code: str) -> Feed | None:
    """The feed with this code in its address, for whoever knows it."""
    return Feed.objects.filter(code=code).first()


def turn_of(shop_id: uuid.UUID) -> str:
    """The lock of the shop's jobs: one is done after another, in the order in which they were asked for."""
    return f"moving:{shop_id}"


def waits_its_turn(upload: Upload) -> bool:
    """Whether the upload's job is still in the queue: for a free worker, or behind others of its shop."""
    return _own_waiting(upload).exists()


def waits_for_others(upload: Upload) -> bool:
    """Whether it waits its turn behind files of the shop that were given before."""
    own = _own_waiting(upload).first()
    return own is not None and _jobs_of_shop(upload).filter(id__lt=own.id).exists()


def _jobs_of_shop(upload: Upload) -> QuerySet[ProcrastinateJob]:
    """Those at work and those in the queue."""
    return ProcrastinateJob.objects.filter(
        lock=turn_of(upload.shop_id), status__in=[Status.TODO.value, Status.DOING.value]
    )


def _own_waiting(upload: Upload) -> QuerySet[ProcrastinateJob]:
    return _jobs_of_shop(upload).filter(status=Status.TODO.value, args__upload_id=str(upload.id))
