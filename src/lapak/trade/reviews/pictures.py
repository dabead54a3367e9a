"""A review's pictures: painted anew, in two sizes, kept where nobody finds them without the review."""

import hashlib
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction

from lapak.goods.catalogue.images import paint_for_screen, paint_small
from lapak.lib.private import files_put, private_storage
from lapak.trade.reviews.errors import ReviewPicturesRefused
from lapak.trade.reviews.models import Review, ReviewPicture
from lapak.trade.reviews.rules import MOST_PICTURES


@dataclass(frozen=True, slots=True)
class PutPicture:
    """The names that the private storage has for a picture and its small twin."""

    file: str
    small: str


@contextmanager
def pictures_put(line_id: uuid.UUID, pictures: Sequence[bytes]) -> Iterator[list[PutPicture]]:
    """The pictures' files are in the private storage, in the folder of their order line (`files_put`).

    Refuses more than `MOST_PICTURES` (`ReviewPicturesRefused`), and what is no picture (`ImageRefused`).
    """
    if len(pictures) > MOST_PICTURES:
        raise ReviewPicturesRefused
    with files_put(partial(_put_picture, line_id), pictures, partial(_drop_files, line_id)) as put:
        yield put


def show_pictures(review: Review, put: Sequence[PutPicture], without: Collection[uuid.UUID] = ()) -> None:
    """The (locked) review shows these too, and those no more that are named; of what it lets go the files go as well."""
    gone = [picture for picture in review.pictures.all() if picture.id in without]
    kept = {picture.file.name for picture in review.pictures.all() if picture not in gone}
    new = {picture.file: picture for picture in put if picture.file not in kept}
    review.picture_count = len(kept) + len(new)
    if review.picture_count > MOST_PICTURES:
        raise ReviewPicturesRefused
    drop_files_of(gone)
    ReviewPicture.objects.filter(id__in=[picture.id for picture in gone]).delete()
    ReviewPicture.objects.bulk_create(
        ReviewPicture(review=review, shop_id=review.shop_id, file=each.file, small=each.small) for each in new.values()
    )


def drop_files_of(pictures: Iterable[ReviewPicture]) -> None:
    """Once the transaction is through, the files of these rows are no more, unless the review shows the same again."""
    for picture in pictures:
        put = PutPicture(str(picture.file.name), str(picture.small.name))
        transaction.on_commit(partial(_drop_files, picture.review.line_id, put))


def _drop_files(line_id: uuid.UUID, put: PutPicture) -> None:
    if not ReviewPicture.objects.filter(review__line=line_id, file=put.file).exists():
        private_storage().delete(put.file)
        private_storage().delete(put.small)


def _put_picture(line_id: uuid.UUID, picture: bytes) -> PutPicture:
    storage, stem = private_storage(), f"reviews/{line_id.hex}/{hashlib.sha256(picture).hexdigest()}"
    put = PutPicture(f"{stem}.webp", f"{stem}-small.webp")
    if not storage.exists(put.small):  # written last: it proves the other
        painted = paint_for_screen(picture)
        storage.delete(put.file)
        storage.save(put.file, ContentFile(painted.data))
        storage.save(put.small, ContentFile(paint_small(painted)))
    return put
