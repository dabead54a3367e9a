"""Pictures that nobody shows any more are gone, files and all: whoever took one down took it out of the world."""

from datetime import UTC, datetime, timedelta

from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, ProtectedError

from lapak.goods.catalogue.models import ProductImage, StoredImage
from lapak.lib import clock
from lapak.lib.acts import act

WAITS_FOR = timedelta(days=1)
"""A picture is given first and shown later, in moving in by hours; and who took one down by mistake has it still."""


def collect_pictures() -> int:
    """What is in no gallery, is nobody's cover and was given a day ago or earlier is deleted; answers how many. Killed on the
    way, the next night does the rest."""
    is_shown = Exists(ProductImage.objects.filter(image=OuterRef("pk")))
    return sum(map(_collect, StoredImage.objects.filter(~is_shown).order_by("sha256").iterator()))


def _collect(image: StoredImage) -> bool:
    if _given_at(str(image.file.name)) > clock.now() - WAITS_FOR:
        return False
    try:
        _delete(image)
    except ProtectedError:  # a creator's cover
        return False
    return True


@act
def _delete(image: StoredImage) -> None:
    """The row is still there if this process is killed on the way, and its files are asked for by nobody."""
    image.delete()
    for name in (*(size.name for size in image.renditions), str(image.file.name)):
        default_storage.delete(name)


def _given_at(name: str) -> datetime:
    try:
        return default_storage.get_modified_time(name)
    except FileNotFoundError:
        return datetime.min.replace(tzinfo=UTC)
