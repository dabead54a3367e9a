"""What people show with a report or an objection: painted anew, in the private storage, in the folder of what it is about."""

import hashlib
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial

from django.core.files.base import ContentFile

from lapak.goods.catalogue.images import paint_for_screen
from lapak.goods.catalogue.models import StoredImage
from lapak.lib import clock
from lapak.lib.private import files_put, private_storage
from lapak.moderation.errors import CasePicturesRefused
from lapak.moderation.models import Case, CasePicture, CaseReport
from lapak.moderation.rules import MOST_PICTURES


@contextmanager
def pictures_put(folder: uuid.UUID, pictures: Sequence[bytes]) -> Iterator[list[str]]:
    """The files are there, each under its name; outside the act, so that no lock waits for the disk. Refuses more than
    `MOST_PICTURES` (`CasePicturesRefused`), and what is no picture (`ImageRefused`)."""
    if len(pictures) > MOST_PICTURES:
        raise CasePicturesRefused
    with files_put(partial(_put, folder), pictures, _drop) as names:
        yield list(dict.fromkeys(names))


def keep_pictures(case: Case, names: Sequence[str], report: CaseReport | None = None) -> None:
    """They are shown with the report, or with the objection."""
    now = clock.now()
    CasePicture.objects.bulk_create(CasePicture(case=case, report=report, file=name, added_at=now) for name in names)


def keep_as_shown(case: Case, image: StoredImage) -> None:
    """As the page itself looked: a copy of its own, which outlives the public picture."""
    with suppress(FileNotFoundError), image.file.open() as file:
        name = _put(case.id, file.read())
        CasePicture.objects.create(case=case, is_as_shown=True, file=name, added_at=case.opened_at)


def _put(folder: uuid.UUID, picture: bytes) -> str:
    storage, name = private_storage(), f"moderation/{folder.hex}/{hashlib.sha256(picture).hexdigest()}.webp"
    if storage.exists(name):
        return name  # the same again
    return storage.save(name, ContentFile(paint_for_screen(picture).data))


def _drop(name: str) -> None:
    if not CasePicture.objects.filter(file=name).exists():
        private_storage().delete(name)
