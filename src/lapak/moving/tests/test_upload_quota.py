"""How much a shop may have given without moving it in, and how it is thrown away."""

import dataclasses
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile

from lapak.moving import uploads
from lapak.moving.errors import TooMuchWaiting, UploadMoved, UploadNotFound
from lapak.moving.models import Upload
from lapak.people.shops.commands import open_shop
from lapak.people.shops.models import Shop
from lapak.testing.cast import Cast
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileSystemStorage:
    own = FileSystemStorage(location=tmp_path / "private")
    monkeypatch.setattr(uploads, "private_storage", lambda: own)
    return own


def files_in(storage: FileSystemStorage) -> list[Path]:
    return [path for path in Path(storage.location).rglob("*") if path.is_file()]


def give(cast: Cast, size: int = 10) -> Upload:
    return uploads.keep_upload(cast.seller, cast.shop, [SimpleUploadedFile("goods.csv", b"x" * size)], "en")


def test_so_many_may_wait(cast: Cast, storage: FileSystemStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_WAITING", 2)
    first, _second = give(cast), give(cast)
    with refused(TooMuchWaiting, match="throw it away"):
        give(cast)
    assert len(files_in(storage)) == 2
    Upload.objects.filter(id=first.id).update(state=Upload.State.DONE)
    give(cast)


def test_so_many_bytes_may_wait(cast: Cast, storage: FileSystemStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_WAITING_BYTES", 25)
    first, _second = give(cast), give(cast)
    with refused(TooMuchWaiting):
        give(cast)
    for path in (Path(storage.path(name)) for name in first.file_names):
        path.unlink()  # what is gone waits no more
    give(cast)


def test_of_two_at_once_the_second_is_judged_with_the_first(
    cast: Cast, storage: FileSystemStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_WAITING", 1)
    other, judged, looks = give(cast), uploads._refuse_more_waiting, iter([True])

    def looked_before_the_other_came(shop: Shop, given_bytes: int) -> None:
        if not next(looks, False):
            judged(shop, given_bytes)

    monkeypatch.setattr(uploads, "_refuse_more_waiting", looked_before_the_other_came)
    with refused(TooMuchWaiting):
        give(cast)
    assert len(files_in(storage)) == len(other.file_names)


def test_another_shop_has_its_own(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_WAITING", 1)
    give(cast)
    shop = open_shop(cast.stranger, slug="kopi", name="Kopi", city="Takengon", province_code="11")
    give(dataclasses.replace(cast, seller=cast.stranger, shop=shop))


@pytest.mark.parametrize("state", [Upload.State.PLANNED, Upload.State.UNCLEAR])
@pytest.mark.django_db(transaction=True)
def test_what_waits_is_thrown_away(cast: Cast, storage: FileSystemStorage, state: str) -> None:
    upload = give(cast)
    Upload.objects.update(state=state)
    uploads.drop_upload(cast.seller, upload.id)
    assert not Upload.objects.exists()
    assert files_in(storage) == []


def test_what_is_at_work_is_not(cast: Cast) -> None:
    upload = give(cast)
    with refused(UploadMoved):
        uploads.drop_upload(cast.seller, upload.id)
    with refused(UploadNotFound):
        uploads.drop_upload(cast.stranger, upload.id)
