"""Mending pictures that were stored as they came, with what their givers' phones wrote into them."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.core.files.storage import default_storage

from lapak.goods.catalogue.errors import ImageRefused
from lapak.goods.catalogue.images import put_pictures, save_pictures
from lapak.goods.catalogue.models import StoredImage

FOLDER_BEFORE = "images"
"""Where pictures were kept as they came."""


@dataclass(slots=True)
class Cleaned:
    """What came of it, by the names of files."""

    mended: int = 0
    removed: int = 0
    """Files of pictures that nobody shows."""
    unreadable: list[str] = field(default_factory=list)
    """Gone, or no longer what was given: only a backup can mend them."""


def clean_stored_pictures(tell: Callable[[int, int], None]) -> Cleaned:
    """No picture is public as it came, but for those that cannot be read.

    Each is painted anew, then its row names the new file, then the old one goes: killed at any moment, a second run does
    the rest. It may run beside an open marketplace. `tell` hears how many of how many are done.
    """
    cleaned = Cleaned()
    as_they_came = StoredImage.objects.filter(file__startswith=f"{FOLDER_BEFORE}/")
    total = as_they_came.count()
    for done, image in enumerate(as_they_came.order_by("sha256").iterator(), 1):
        name = str(image.file.name)
        if _mended(image.sha256, name):
            cleaned.mended += 1
            default_storage.delete(name)
        else:
            cleaned.unreadable.append(name)
        tell(done, total)
    named = set(as_they_came.values_list("file", flat=True))
    for name in _files_before():
        if name not in named:
            default_storage.delete(name)
            cleaned.removed += 1
    return cleaned


def _mended(sha256: str, name: str) -> bool:
    try:
        with default_storage.open(name) as file:
            data = file.read()
        if hashlib.sha256(data).hexdigest() != sha256:
            return False
        save_pictures(put_pictures([data]))
    except (FileNotFoundError, ImageRefused):
        return False
    return True


def _files_before() -> Iterator[str]:
    if not default_storage.exists(FOLDER_BEFORE):
        return
    for folder in default_storage.listdir(FOLDER_BEFORE)[0]:
        for file in default_storage.listdir(f"{FOLDER_BEFORE}/{folder}")[1]:
            yield f"{FOLDER_BEFORE}/{folder}/{file}"
