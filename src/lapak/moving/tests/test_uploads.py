"""Moving in from the web: looked at first, moved in on the seller's word, resumed when a machine went down."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from procrastinate import App, JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from lapak.goods.catalogue.models import Product
from lapak.lib import clock
from lapak.lib.acts import Busy
from lapak.lib.jobs import begin_stalled_jobs_again
from lapak.lib.refusal import Refusal
from lapak.moving import uploads
from lapak.moving.errors import (
    FileUnreadable,
    LookedInVain,
    MoveInRunning,
    StoppedOnTheWay,
    UploadMoved,
    UploadNotFound,
    UploadTooLarge,
)
from lapak.moving.models import Upload
from lapak.moving.move_in import move_in
from lapak.moving.queries import waits_its_turn
from lapak.moving.tests.files import export, sku
from lapak.people.shops.commands import open_shop
from lapak.people.shops.errors import ShopNotFound
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.refused import refused

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


@pytest.mark.parametrize(
    ("name", "kept_as"),
    [
        ("44f442c9 (1).jpeg", "44f442c9 (1).jpeg"),
        ("data toko ✨.xlsx", "data toko _.xlsx"),
        ("商" * 150 + ".xlsx", "商" * 65 + ".xlsx"),
        (".hidden", "hidden"),
        ("…", "file"),
    ],
)
def test_a_file_keeps_its_name_as_far_as_paths_can(
    seller: User, shop: Shop, storage: FileSystemStorage, name: str, kept_as: str
) -> None:
    upload = kept(seller, shop, SimpleUploadedFile(name, b"x"))
    assert upload.names == kept_as
    assert storage.exists(upload.file_names[0])


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
    for files in ([], [given] * (uploads.MAX_FILES + 1)):
        with refused(UploadTooLarge):
            kept(seller, shop, *files)
    monkeypatch.setattr(uploads, "MAX_BYTES", 10)
    with refused(UploadTooLarge):
        kept(seller, shop, given)


def test_a_stranger_can_neither_give_nor_begin(seller: User, shop: Shop, given: SimpleUploadedFile) -> None:
    stranger = User.objects.create_user("stranger@example.com")
    with refused(ShopNotFound):
        kept(stranger, shop, given)
    upload = kept(seller, shop, given)
    uploads.run_upload(upload.id)
    for act in (uploads.move_upload_in, uploads.resume_upload):
        with refused(UploadNotFound):
            act(stranger, upload.id)
    assert Upload.objects.get().state == "planned"


def test_only_what_waits_begins_and_only_what_stopped_goes_on(
    seller: User, shop: Shop, given: SimpleUploadedFile
) -> None:
    upload = kept(seller, shop, given)
    with refused(UploadMoved):
        uploads.move_upload_in(seller, upload.id)
    with refused(UploadMoved):
        uploads.resume_upload(seller, upload.id)
    with clock.stopped_at(clock.now() + timedelta(minutes=6)):
        assert not uploads.has_stopped(upload)  # its job is still in the queue
        stall(upload, attempts=0)
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


def work_off(upload: Upload) -> None:
    """The upload's job as the worker does it."""
    job = Job(
        id=1, status="doing", queue="default", lock=None, queueing_lock=None, task_name=uploads.JOB,
        task_kwargs={"upload_id": str(upload.id)},
    )  # fmt: skip
    task = app.tasks[uploads.JOB]
    context = JobContext(start_timestamp=0, app=app, job=job, abort_reason=lambda: None)
    (told_by,) = task.task_middleware
    told_by(lambda: task(**job.task_kwargs), context, None)  # type: ignore[arg-type]  # it needs no worker


class Panic(BaseException):
    """What a parser written in another language raises: no Exception."""


@pytest.mark.parametrize("unforeseen", [OSError, Panic])
def test_what_nobody_foresaw_ends_a_look_in_words(
    seller: User, shop: Shop, given: SimpleUploadedFile, storage: FileSystemStorage,
    monkeypatch: pytest.MonkeyPatch, unforeseen: type[BaseException],
) -> None:  # fmt: skip
    upload = kept(seller, shop, given)
    monkeypatch.setattr(uploads, "move_in", raising(unforeseen))
    with pytest.raises(unforeseen):
        work_off(upload)
    upload.refresh_from_db()
    assert (upload.state, upload.refusal) == ("refused", str(LookedInVain.message))
    assert not storage.exists(upload.file_names[0])


def raising(error: type[BaseException]) -> Callable[..., Any]:
    def raise_it(*_: object, **__: object) -> None:
        raise error

    return raise_it


def test_what_nobody_foresaw_while_moving_in_says_that_something_may_be_in(
    seller: User, shop: Shop, given: SimpleUploadedFile, storage: FileSystemStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = kept(seller, shop, given)
    work_off(upload)
    uploads.move_upload_in(seller, upload.id)
    with monkeypatch.context() as patch:
        patch.setattr(uploads, "move_in", raising(ZeroDivisionError))
        with pytest.raises(ZeroDivisionError):
            work_off(upload)
    upload.refresh_from_db()
    assert (upload.state, upload.refusal) == ("stopped", str(StoppedOnTheWay.message))
    assert (upload.counts, upload.problems, upload.problem_count) == ({}, [], 0)
    assert not storage.exists(upload.file_names[0])


@pytest.mark.parametrize("state", ["planned", "done"])
def test_a_report_that_fails_hides_no_success(
    seller: User, shop: Shop, given: SimpleUploadedFile, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    monkeypatch.setattr(uploads, "write_report", raising(OSError))
    upload = kept(seller, shop, given)
    work_off(upload)
    if state == "done":
        uploads.move_upload_in(seller, upload.id)
        work_off(upload)
    upload.refresh_from_db()
    assert (upload.state, upload.refusal, bool(upload.report)) == (state, "", False)
    assert upload.problems
    assert Product.objects.count() == (state == "done")


@pytest.mark.parametrize("other", [MoveInRunning, Busy])
def test_beside_others_at_work_in_the_shop_it_waits_and_is_heard_of(
    seller: User,
    shop: Shop,
    given: SimpleUploadedFile,
    storage: FileSystemStorage,
    monkeypatch: pytest.MonkeyPatch,
    other: type[Refusal],
) -> None:
    upload = kept(seller, shop, given)
    with monkeypatch.context() as patch, clock.stopped_at(clock.now() + timedelta(minutes=6)):
        patch.setattr(uploads, "move_in", raising(other))
        with pytest.raises(other):
            work_off(upload)
        upload.refresh_from_db()
        assert upload.state == "looking"
        assert not uploads.has_stopped(upload)
        assert storage.exists(upload.file_names[0])
    work_off(upload)
    upload.refresh_from_db()
    assert upload.state == "planned"


def test_files_given_while_others_of_the_shop_are_at_work_wait_their_turn(
    seller: User, shop: Shop, given: SimpleUploadedFile
) -> None:
    other = open_shop(seller, slug="lain", name="Lain", city="Solo", province_code="33")
    first, second, elsewhere = kept(seller, shop, given), kept(seller, shop, given), kept(seller, other, given)
    with connection.cursor() as cursor:
        begun = []
        for _ in range(3):
            cursor.execute("SELECT args->>'upload_id' FROM procrastinate_fetch_job_v2(NULL, NULL)")
            begun.append(cursor.fetchone()[0])
    assert begun == [str(first.id), str(elsewhere.id), None]
    assert waits_its_turn(second)
    with clock.stopped_at(clock.now() + timedelta(hours=3)):
        assert [uploads.has_stopped(upload) for upload in (first, second)] == [True, False]


def test_the_second_of_two_jobs_does_not_unsay_what_the_first_said(
    seller: User, shop: Shop, given: SimpleUploadedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a machine wakes up and goes on with what another has done meanwhile."""
    upload = kept(seller, shop, given)
    work_off(upload)
    uploads.move_upload_in(seller, upload.id)

    def late(*_: object, **__: object) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(uploads, "move_in", move_in)
            work_off(upload)
        raise FileUnreadable("export.xlsx", "gone")

    monkeypatch.setattr(uploads, "move_in", late)
    work_off(upload)
    upload.refresh_from_db()
    assert (upload.state, upload.refusal, upload.counts["products"]["created"]) == ("done", "", 1)


def stall(upload: Upload, attempts: int) -> None:
    """The worker that does the upload's job is killed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL, attempts = %s WHERE args->>'upload_id' = %s",
            [attempts, str(upload.id)],
        )


def sweep() -> None:
    """As a worker does it, over its own connection."""

    async def once(jobs: App) -> None:
        async with jobs.open_async():
            await begin_stalled_jobs_again(jobs)

    with app.replace_connector(DjangoConnector().get_worker_connector()) as jobs:
        async_to_sync(once)(jobs)


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_was_doing_is_begun_again(seller: User, shop: Shop, given: SimpleUploadedFile) -> None:
    upload = kept(seller, shop, given)
    stall(upload, attempts=0)
    sweep()
    job = ProcrastinateJob.objects.get(args__upload_id=str(upload.id))
    assert (job.status, job.attempts) == ("todo", 1)
    work_off(upload)
    upload.refresh_from_db()
    assert upload.state == "planned"


@pytest.mark.django_db(transaction=True)
def test_what_kills_its_worker_three_times_ends_in_words(
    seller: User, shop: Shop, given: SimpleUploadedFile, storage: FileSystemStorage
) -> None:
    upload = kept(seller, shop, given)
    stall(upload, attempts=2)
    sweep()
    upload.refresh_from_db()
    assert (upload.state, bool(upload.refusal)) == ("refused", True)
    assert not storage.exists(upload.file_names[0])
    assert ProcrastinateJob.objects.get(args__upload_id=str(upload.id)).status == "failed"


def test_what_should_run_and_was_not_heard_of_for_a_week_is_over(
    seller: User, shop: Shop, given: SimpleUploadedFile, storage: FileSystemStorage
) -> None:
    upload = kept(seller, shop, given)
    with clock.stopped_at(clock.now() + timedelta(days=8)):
        uploads.drop_forgotten_uploads()
    upload.refresh_from_db()
    assert upload.state == "refused"
    assert not storage.exists(upload.file_names[0])
