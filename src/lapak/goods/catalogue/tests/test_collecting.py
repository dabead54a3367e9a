"""A picture that was taken down is gone from the web: after a day its files are deleted, and of what is shown none is."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest

from lapak.affiliates.showcase.queries import showcase_of
from lapak.goods.catalogue.collecting import WAITS_FOR, collect_pictures
from lapak.goods.catalogue.commands import add_picture, remove_picture
from lapak.goods.catalogue.images import put_pictures, save_pictures
from lapak.goods.catalogue.models import StoredImage, Variant
from lapak.goods.catalogue.tests.conftest import picture
from lapak.lib import clock
from lapak.testing.cast import Cast

pytestmark = pytest.mark.django_db


def files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def given_days_ago(media: Path, days: float) -> None:
    moment = time.time() - timedelta(days=days).total_seconds()
    for file in files(media):
        os.utime(file, (moment, moment))


def test_what_was_taken_down_is_gone_after_a_day(cast: Cast, variant: Variant, media: Path) -> None:
    shown = add_picture(cast.seller, variant.product_id, picture("JPEG"))
    taken_down = add_picture(cast.seller, variant.product_id, picture("PNG"))
    remove_picture(cast.seller, variant.product_id, taken_down.image_id)
    assert collect_pictures() == 0
    given_days_ago(media, 2)
    before = len(files(media))
    assert collect_pictures() == 1
    assert StoredImage.objects.get() == shown.image
    assert len(files(media)) == before / 2
    assert collect_pictures() == 0


def test_given_again_it_waits_anew(media: Path) -> None:
    """A move-in puts its pictures hours before it shows them."""
    data = picture("JPEG")
    save_pictures(put_pictures([data]))
    given_days_ago(media, 2)
    put_pictures([data])
    assert collect_pictures() == 0
    with clock.stopped_at(clock.now() + WAITS_FOR):
        assert collect_pictures() == 1
    assert files(media) == []


def test_a_row_whose_file_was_lost_is_collected_too(media: Path) -> None:
    save_pictures(put_pictures([picture("JPEG")]))
    for file in files(media):
        file.unlink()
    assert collect_pictures() == 1


def test_a_creators_cover_stays(cast: Cast, media: Path) -> None:
    save_pictures(put_pictures([picture("JPEG")]))
    showcase = showcase_of(cast.creator)
    showcase.cover = StoredImage.objects.get()
    showcase.save()
    given_days_ago(media, 2)
    assert collect_pictures() == 0
    assert files(media)
