"""Pictures that did not come with a shop's files: fetched from the addresses the files say, after the goods are in.

Politely: one request at a time, a pause after each, who is overloaded is left alone, and each picture is asked for once,
however many products show it. The goods are on sale meanwhile, and stay so without.
"""

import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from django.conf import settings
from django.db.models import QuerySet
from procrastinate.contrib.django import app

from lapak.goods.catalogue import bulk
from lapak.goods.catalogue.bulk import Picture
from lapak.goods.catalogue.errors import ImageRefused
from lapak.goods.catalogue.images import MAX_BYTES, put_pictures, save_pictures
from lapak.goods.catalogue.models import Product, ProductImage, StoredImage
from lapak.goods.catalogue.rules import MAX_PICTURES
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.jobs import defer_once
from lapak.lib.outside import AddressForbidden, get_outside
from lapak.lib.remote import Bounds, RemoteRefused, RemoteUnavailable
from lapak.moving.alone import alone
from lapak.moving.models import MAX_ADDRESS_LENGTH, SoughtPicture, SourceRecord
from lapak.moving.pictures import picture_key
from lapak.moving.records import PRODUCT
from lapak.people.shops.models import Shop

WhyNot = SoughtPicture.WhyNot

JOB = "moving.fetch_pictures"
"""The job in `tasks.py`, named here because tasks call commands and not the other way round."""

MOST_SOUGHT = 45_000
"""Of a shop at a time: 5,000 products with nine pictures each, the largest export there is."""
MOST_TRIES = 4
AGAIN_IN_SECONDS = 600
TURN_SECONDS, MOST_A_TURN = 240, 1_500
"""For one job; then shops that wait have theirs."""
PAUSE_SECONDS = 0.2
BOUNDS = Bounds(20, MAX_BYTES)
KEPT_FOR = timedelta(days=30)
"""How long a seller is told what could not be had."""


def seek_pictures(shop: Shop) -> int:
    """Every picture that the shop's files name with an address, and no product has yet, will be fetched by a job; answers
    how many. Given again, what could not be had is tried again. Nothing where fetching is off (`LAPAK_FETCH_PICTURES`)."""
    if not settings.FETCH_PICTURES:
        return 0
    sought = list(islice(_missing(shop), MOST_SOUGHT))
    SoughtPicture.objects.bulk_create(
        sought,
        batch_size=1_000,
        update_conflicts=True,
        unique_fields=["shop", "key", "platform", "source_id"],
        update_fields=["address", "position", "tries", "why_not", "sought_at"],
    )
    if sought:
        _defer(shop.id)
    return len(sought)


def _defer(shop_id: uuid.UUID, in_seconds: int = 0) -> None:
    """A job fetches what the shop waits for; one that waits already does."""
    job = app.configure_task(JOB, queueing_lock=f"{JOB}:{shop_id}", schedule_in={"seconds": in_seconds})
    defer_once(job, shop_id=str(shop_id))


def _missing(shop: Shop) -> Iterator[SoughtPicture]:
    now = clock.now()
    records = SourceRecord.objects.filter(shop=shop, kind=PRODUCT)
    for record in records.only("platform", "source_id", "fields", "unmapped").iterator(chunk_size=500):
        wanted = {key: n for n, key in enumerate(record.fields.get("images") or ())}
        for key in record.fields.get("pictures", ()):
            wanted.pop(key, None)
        for name, address in record.unmapped.items() if wanted else ():
            key = picture_key(address) if name.startswith("image_") else ""
            if key in wanted and "://" in address and len(address) <= MAX_ADDRESS_LENGTH:
                yield SoughtPicture(
                    shop=shop, key=key, platform=record.platform, source_id=record.source_id, address=address,
                    position=wanted.pop(key), sought_at=now,
                )  # fmt: skip


def fetch_pictures(shop_id: uuid.UUID) -> None:
    """Pictures the shop waits for hang in their products' galleries, as many as can be had in one turn; where some are left,
    another job has the next turn, later if somebody did not answer.

    What cannot be had says why. Raises `MoveInRunning` while the shop's goods are moved: this waits.
    """
    shop = Shop.objects.get(id=shop_id)
    until = time.monotonic() + TURN_SECONDS
    silent: set[str] = set()
    waiting = _waiting(shop)
    for sought in list(waiting[:MOST_A_TURN]):
        if time.monotonic() > until:
            break
        host = sought.address.partition("://")[2].partition("/")[0]
        is_due = host not in silent and waiting.filter(id=sought.id).exists()  # it may have come for another product
        if is_due and not _fetch(shop, sought):
            silent.add(host)
    if waiting.exists():
        _defer(shop.id, AGAIN_IN_SECONDS if silent else 0)


def end_unforeseen(shop_id: uuid.UUID) -> None:
    """What a job that broke leaves is told of: nobody will fetch it."""
    _waiting(Shop.objects.get(id=shop_id)).update(why_not=WhyNot.STOPPED)


def _waiting(shop: Shop) -> QuerySet[SoughtPicture]:
    return SoughtPicture.objects.filter(shop=shop, why_not="").order_by("position", "id")


def _fetch(shop: Shop, sought: SoughtPicture) -> bool:
    """The picture is had, or it is said why not; False when its host should be left alone for this turn."""
    of_key = SoughtPicture.objects.filter(shop=shop, key=sought.key)
    try:
        data = get_outside(sought.address, BOUNDS)
        (image,) = put_pictures([data])
    except RemoteUnavailable:
        sought.tries += 1
        of_key.update(tries=sought.tries, why_not=WhyNot.SILENT if sought.tries >= MOST_TRIES else "")
        return False
    except (AddressForbidden, RemoteRefused, ImageRefused) as refused:
        of_key.update(why_not=_why(refused))
        return True
    finally:
        time.sleep(PAUSE_SECONDS)
    with alone(shop):
        _hang_up(shop, sought.key, image)
    return True


def _why(refused: Exception) -> WhyNot:
    if isinstance(refused, ImageRefused):
        return WhyNot.UNFIT
    return WhyNot.GONE if isinstance(refused, RemoteRefused) else WhyNot.FORBIDDEN


@act
def _hang_up(shop: Shop, key: str, image: StoredImage) -> None:
    """Every product whose file shows the picture shows it here, in the file's order, before what the seller added."""
    of_key = SoughtPicture.objects.filter(shop=shop, key=key)
    save_pictures([image])
    for platform, source_id in of_key.values_list("platform", "source_id"):
        record = SourceRecord.objects.filter(shop=shop, platform=platform, kind=PRODUCT, source_id=source_id).first()
        # What was taken back, or dropped by a later file, or came with one meanwhile, shows nothing new.
        if record is None or key not in (record.fields.get("images") or ()) or key in record.fields.get("pictures", ()):
            continue
        if Product.objects.select_for_update(no_key=True).filter(id=record.target_id):  # a draft may have been deleted
            _write_gallery(record, Picture(image.sha256, key))
    of_key.delete()


def _write_gallery(record: SourceRecord, picture: Picture) -> None:
    shown = [*record.fields.get("pictures", ()), picture.source_path]
    rows = ProductImage.objects.filter(product_id=record.target_id).order_by("position")
    living = [Picture(image_id, path) for image_id, path in rows.values_list("image_id", "source_path")]
    by_key = {each.source_path: each for each in living if each.source_path in shown} | {picture.source_path: picture}
    if len(living) >= MAX_PICTURES:
        return
    added_here = [each for each in living if each.source_path not in shown]
    gallery = [by_key[key] for key in record.fields["images"] if key in by_key] + added_here
    bulk.replace_galleries({record.target_id: gallery})
    record.fields["pictures"] = shown
    record.save(update_fields=["fields"])


@dataclass(frozen=True, slots=True)
class Missed:
    """A picture that cannot be had, and the product that goes without it."""

    product: Product
    key: str
    why_not: WhyNot


def count_waiting(shop: Shop) -> int:
    """How many pictures are still being fetched for the shop."""
    return _waiting(shop).count()


def missed_pictures(shop: Shop, most: int) -> list[Missed]:
    """The first of those that cannot be had, of products that are still here."""
    missed = list(SoughtPicture.objects.filter(shop=shop).exclude(why_not="").order_by("position", "id")[:most])
    targets = SourceRecord.objects.filter(shop=shop, kind=PRODUCT, source_id__in=[each.source_id for each in missed])
    ids = {
        (platform, source_id): id_
        for platform, source_id, id_ in targets.values_list("platform", "source_id", "target_id")
    }
    products = Product.objects.in_bulk(ids.values())
    found = [(products.get(ids.get((each.platform, each.source_id), uuid.UUID(int=0))), each) for each in missed]
    return [Missed(product, each.key, WhyNot(each.why_not)) for product, each in found if product]


def forget_old_pictures() -> None:
    """Nobody is told for longer than a month what could not be had."""
    SoughtPicture.objects.filter(sought_at__lt=clock.now() - KEPT_FOR).delete()
