"""The creator objects: once, in their own words, with pictures; in silence it ends in their favour."""

import hashlib
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from django.core.files.base import ContentFile

from lapak.affiliates.integrity.commands import lock_finding, move_finding
from lapak.affiliates.integrity.errors import AppealPicturesRefused
from lapak.affiliates.integrity.models import AppealPicture, Finding
from lapak.affiliates.integrity.queries import finding_for_creator
from lapak.affiliates.integrity.rules import MOST_PICTURES, FindingState
from lapak.goods.catalogue.images import paint_for_screen
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.private import files_put, private_storage
from lapak.people.users.models import User


def appeal_finding(by: User, finding_id: uuid.UUID, words: str, pictures: Sequence[bytes] = ()) -> Finding:
    """The creator objects to what was upheld: another operator decides, by a date, and without an answer it is lifted.

    Refuses anyone else (`FindingNotFound`), a second time or too late (`FindingMoved`), no words or too many
    (`FindingWordsRefused`), more than `MOST_PICTURES` (`AppealPicturesRefused`), and what is no picture (`ImageRefused`).
    """
    finding_for_creator(by, finding_id)  # a stranger's picture is not stored
    with _pictures_put(finding_id, pictures) as names:
        return _appeal(by, finding_id, words, names)


@act
def _appeal(by: User, finding_id: uuid.UUID, words: str, names: Sequence[str]) -> Finding:
    finding, _lines = lock_finding(finding_id)
    move_finding(by, finding, FindingState.APPEALED, words)
    now = clock.now()
    AppealPicture.objects.bulk_create(AppealPicture(finding=finding, file=name, added_at=now) for name in names)
    return finding


@contextmanager
def _pictures_put(finding_id: uuid.UUID, pictures: Sequence[bytes]) -> Iterator[list[str]]:
    """The pictures' files are in the private storage, in the folder of their finding, each under its name (`files_put`)."""
    if len(pictures) > MOST_PICTURES:
        raise AppealPicturesRefused
    with files_put(partial(_put_picture, finding_id), pictures, partial(_drop_file, finding_id)) as names:
        yield list(dict.fromkeys(names))


def _drop_file(finding_id: uuid.UUID, name: str) -> None:
    if not AppealPicture.objects.filter(finding=finding_id, file=name).exists():
        private_storage().delete(name)


def _put_picture(finding_id: uuid.UUID, picture: bytes) -> str:
    storage, name = private_storage(), f"appeals/{finding_id.hex}/{hashlib.sha256(picture).hexdigest()}.webp"
    if storage.exists(name):
        return name  # the same again
    return storage.save(name, ContentFile(paint_for_screen(picture).data))
