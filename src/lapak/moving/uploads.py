"""Moving in from the web: a seller's files are kept, looked at by a job, and moved in when the seller says so."""

import dataclasses
import uuid
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import translation
from django.utils.text import get_valid_filename
from procrastinate.contrib.django import app

from lapak.lib import clock
from lapak.lib.refusal import Refusal
from lapak.moving.errors import UploadMoved, UploadTooLarge
from lapak.moving.models import Upload, private_storage
from lapak.moving.move_in import MoveInResult, move_in
from lapak.moving.progress import Progress
from lapak.moving.queries import upload_for_seller
from lapak.moving.report import write_report
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import shop_for_seller
from lapak.people.users.models import User

JOB = "moving.run_upload"
"""The job in `tasks.py`, named here because tasks call commands and not the other way round."""

MAX_FILES = 20
MAX_BYTES = 2 * 1024**3
"""Some thousand products with their pictures; more comes in several uploads, which is as good (moving in is idempotent)."""

PROBLEMS_SHOWN = 100

HEARD_OF_WITHIN = timedelta(minutes=5)
"""A job that says nothing for longer has stopped: its machine, most likely, has."""

KEPT_FOR = timedelta(days=7)
"""How long files wait for the seller to come back to them."""

IS_RUNNING = {Upload.State.LOOKING, Upload.State.MOVING}


def keep_upload(by: User, shop: Shop, files: "Sequence[UploadedFile[Any]]", language: str) -> Upload:
    """The files are kept, and a job looks at them: the upload will say what moving them in would do.

    Refuses a stranger (`ShopNotFound`), and no files, more than 20, or more than 2 GB (`UploadTooLarge`).
    """
    shop_for_seller(by, shop.slug)
    if not 1 <= len(files) <= MAX_FILES or sum(file.size or 0 for file in files) > MAX_BYTES:
        raise UploadTooLarge
    now = clock.now()
    upload = Upload(shop=shop, by=by, language=language, given_at=now, touched_at=now)
    # Files first, so that no transaction waits for them; each in a folder of its own, as two may bear one name.
    upload.file_names = [
        private_storage().save(f"moving/{upload.id}/{n}/{_safe_name(file.name)}", file) for n, file in enumerate(files)
    ]
    with transaction.atomic():
        upload.save(force_insert=True)
        _defer(upload)
    return upload


@transaction.atomic
def move_upload_in(by: User, upload_id: uuid.UUID) -> Upload:
    """The seller has seen the plan and wants it: a job carries it out.

    Refuses a stranger (`UploadNotFound`) and an upload that is not waiting for this (`UploadMoved`).
    """
    upload = _lock(by, upload_id)
    if upload.state != Upload.State.PLANNED:
        raise UploadMoved
    upload.state = Upload.State.MOVING
    return _begin(upload)


@transaction.atomic
def resume_upload(by: User, upload_id: uuid.UUID) -> Upload:
    """A job that stopped (its machine went down) begins again; what it had written stays written.

    Refuses a stranger (`UploadNotFound`), and an upload whose job has ended or was heard of lately (`UploadMoved`).
    """
    upload = _lock(by, upload_id)
    if not has_stopped(upload):
        raise UploadMoved
    return _begin(upload)


def has_stopped(upload: Upload) -> bool:
    """Whether the upload's job should be running, and has not been heard of."""
    return upload.state in IS_RUNNING and upload.touched_at < clock.now() - HEARD_OF_WITHIN


def run_upload(upload_id: uuid.UUID) -> None:
    """The job: look at the files, or move them in, as the upload's state says; then the state says what came of it.

    Running it again when nothing waits does nothing. What `move_in` refuses is the upload's end, in words.
    """
    upload = Upload.objects.select_related("shop", "by").get(id=upload_id)
    if upload.state not in IS_RUNNING:
        return
    is_look = upload.state == Upload.State.LOOKING
    paths = [Path(private_storage().path(name)) for name in upload.file_names]
    with translation.override(upload.language):
        try:
            result = move_in(paths, upload.shop, by=upload.by, dry_run=is_look, progress=_Watch(upload))
        except Refusal as refusal:
            upload.state, upload.refusal = Upload.State.REFUSED, str(refusal)
        else:
            upload.state = Upload.State.PLANNED if is_look else Upload.State.DONE
            _note_result(upload, result)
    upload.touched_at = clock.now()
    upload.save()
    if upload.state != Upload.State.PLANNED:
        _drop_files(upload)


def drop_forgotten_uploads() -> int:
    """Files that no seller came back to in a week are gone; answers how many uploads that were."""
    forgotten = Upload.objects.filter(state=Upload.State.PLANNED, touched_at__lt=clock.now() - KEPT_FOR)
    uploads = list(forgotten[:1000])
    for upload in uploads:
        _drop_files(upload)
    Upload.objects.filter(id__in=[upload.id for upload in uploads]).delete()
    return len(uploads)


class _Watch:
    """Writes down how far the job is, at most twice a second: the seller's page asks for it."""

    def __init__(self, upload: Upload) -> None:
        self._upload = upload
        self._wrote_at = upload.given_at

    def __call__(self, progress: Progress) -> None:
        now = clock.now()
        if now - self._wrote_at < timedelta(seconds=0.5):
            return
        self._wrote_at = now
        Upload.objects.filter(id=self._upload.id).update(
            step=progress.step, step_done=progress.done, step_total=progress.total, touched_at=now
        )


def _note_result(upload: Upload, result: MoveInResult) -> None:
    upload.counts = dataclasses.asdict(result.done or result.plan)
    upload.problem_count = len(result.problems)
    upload.problems = [str(problem) for problem in [*result.errors, *result.notes][:PROBLEMS_SHOWN]]
    if result.problems:
        name = private_storage().save(f"moving/{upload.id}/lapak-{upload.shop.slug}.xlsx", ContentFile(b""))
        write_report(result, Path(private_storage().path(name)))
        upload.report.name = name


def _safe_name(name: str | None) -> str:
    """The seller's own name for the file, as far as it is fit for a path: what is refused is said with it."""
    return get_valid_filename(f"_{name or ''}")[-100:].strip("._-") or "file"


def _begin(upload: Upload) -> Upload:
    upload.step, upload.step_done, upload.step_total, upload.touched_at = "", 0, None, clock.now()
    upload.save()
    _defer(upload)
    return upload


def _defer(upload: Upload) -> None:
    app.configure_task(JOB).defer(upload_id=str(upload.id))


def _lock(by: User, upload_id: uuid.UUID) -> Upload:
    upload_for_seller(by, upload_id)
    return Upload.objects.select_for_update().get(id=upload_id)


def _drop_files(upload: Upload) -> None:
    for name in upload.file_names:
        private_storage().delete(name)
