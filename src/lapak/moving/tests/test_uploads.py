"""Moving in from the web: looked at first, moved in on the seller's word, resumed when a machine went down."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile

from lapak.goods.catalogue.models import Product
from lapak.lib import clock
from lapak.moving import uploads
from lapak.moving.errors import UploadMoved, UploadNotFound, UploadTooLarge
from lapak.moving.models import Upload
from lapak.moving.tests.files import export, sku
from lapak.people.shops.errors import ShopNotFound
from lapak.people.shops.models import Shop
from lapak.people.users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileSystemStorage:
    """The private storage is a folder of the test's own."""
    own = FileSystemStorage(location=tmp_path / "private")
    monkeypatch.setattr(uploads, "private_storage", lambda: own)
    monkeypatch.setattr(Upload._meta.get_field("report"), "storage", own)
    return own


@pytest.fixture
def given(tmp_path: Path) -> SimpleUploadedFile:
    """An export of two products, one of them without a price."""
    path = export(tmp_path / "export.xlsx", [sku(1), sku(2, price="")])
    return SimpleUploadedFile("../../export.xlsx", path.read_bytes())


def kept(seller: User, shop: Shop, *files: SimpleUploadedFile) -> Upload:
    return uploads.keep_upload(seller, shop, files, "en")


def test_looking_writes_nothing_and_says_what_would_happen(
    seller: User, shop: Shop, given: SimpleUploadedFile, storage: FileSystemStorage
) -> None:
    upload = kept(seller, shop, given)
    uploads.run_upload(upload.id)
    upload.refresh_from_db()
    assert upload.state == "planned"
    assert (upload.counts["products"]["created"], upload.counts["products"]["left_out"]) == (1, 1)
    assert upload.problem_count == len(upload.problems) > 0
    assert not Product.objects.exists()
    assert storage.exists(upload.file_names[0])
    assert upload.report.size > 0
    assert upload.problems[0].startswith("Template!")


def test_on_the_seller_s_word_the_goods_come_in_and_the_files_go(
    seller: User, shop: Shop, given: SimpleUploadedFile, storage: FileSystemStorage
) -> None:
    upload = kept(seller, shop, given)
    uploads.run_upload(upload.id)
    uploads.move_upload_in(seller, upload.id)
    uploads.run_upload(upload.id)
    uploads.run_upload(upload.id)  # a job delivered twice
    upload.refresh_from_db()
    assert upload.state == "done"
    assert Product.objects.count() == 1
    assert not storage.exists(upload.file_names[0])


def test_file_names_cannot_lead_out_of_the_storage(
    seller: User, shop: Shop, given: SimpleUploadedFile, storage: FileSystemStorage
) -> None:
    upload = kept(seller, shop, given, SimpleUploadedFile("…", b"x"), SimpleUploadedFile(".hidden", b"x"))
    assert all(name.startswith(f"moving/{upload.id}/") and ".." not in name for name in upload.file_names)


def test_what_moving_in_refuses_is_the_upload_s_end(seller: User, shop: Shop, storage: FileSystemStorage) -> None:
    upload = kept(seller, shop, SimpleUploadedFile("notes.txt", b"no export at all"))
    uploads.run_upload(upload.id)
    upload.refresh_from_db()
    assert upload.state == "refused"
    assert upload.refusal
    assert not storage.exists(upload.file_names[0])


def test_too_many_or_too_large_files_are_refused(
    seller: User, shop: Shop, given: SimpleUploadedFile, monkeypatch: pytest.MonkeyPatch, nothing_written: None
) -> None:
    for files in ([], [given] * 21):
        with pytest.raises(UploadTooLarge):
            kept(seller, shop, *files)
    monkeypatch.setattr(uploads, "MAX_BYTES", 10)
    with pytest.raises(UploadTooLarge):
        kept(seller, shop, given)


def test_a_stranger_can_neither_give_nor_begin(seller: User, shop: Shop, given: SimpleUploadedFile) -> None:
    stranger = User.objects.create_user("stranger@example.com")
    with pytest.raises(ShopNotFound):
        kept(stranger, shop, given)
    upload = kept(seller, shop, given)
    uploads.run_upload(upload.id)
    for act in (uploads.move_upload_in, uploads.resume_upload):
        with pytest.raises(UploadNotFound):
            act(stranger, upload.id)
    assert Upload.objects.get().state == "planned"


def test_only_what_waits_begins_and_only_what_stopped_goes_on(
    seller: User, shop: Shop, given: SimpleUploadedFile
) -> None:
    upload = kept(seller, shop, given)
    with pytest.raises(UploadMoved):
        uploads.move_upload_in(seller, upload.id)
    with pytest.raises(UploadMoved):
        uploads.resume_upload(seller, upload.id)
    with clock.stopped_at(clock.now() + timedelta(minutes=6)):
        assert uploads.has_stopped(upload)
        uploads.resume_upload(seller, upload.id)
        upload.refresh_from_db()
        assert not uploads.has_stopped(upload)


def test_files_nobody_came_back_to_are_dropped(
    seller: User, shop: Shop, given: SimpleUploadedFile, storage: FileSystemStorage
) -> None:
    upload = kept(seller, shop, given)
    uploads.run_upload(upload.id)
    assert uploads.drop_forgotten_uploads() == 0
    with clock.stopped_at(clock.now() + timedelta(days=8)):
        assert uploads.drop_forgotten_uploads() == 1
    assert not Upload.objects.exists()
    assert not storage.exists(upload.file_names[0])
