"""Moving in from the web: a seller's files are kept, looked at by a job, and moved in when the seller says so."""

import dataclasses
import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from procrastinate.contrib.django import app

from lapak.lib import clock
from lapak.lib.acts import Busy, act
from lapak.lib.private import private_storage
from lapak.lib.refusal import Refusal
from lapak.moving.choices import Choices, remember, remember_columns
from lapak.moving.errors import (
    ColumnsToName,
    LookedInVain,
    MoveInRunning,
    StoppedOnTheWay,
    TooMuchWaiting,
    UploadMoved,
    UploadTooLarge,
)
from lapak.moving.kept_pictures import let_go_of_old_ones
from lapak.moving.models import IS_RUNNING, WAITS_FOR_SELLER, Upload
from lapak.moving.move_in import MoveInResult, move_in
from lapak.moving.own_lists.columns import Columns
from lapak.moving.own_lists.guesses import Reading
from lapak.moving.progress import Progress
from lapak.moving.queries import turn_of, upload_for_seller, waits_its_turn
from lapak.moving.report import write_report
from lapak.moving.same_goods.pairs import as_proposed
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import require_duty
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User

JOB = "moving.run_upload"
"""The job in `tasks.py`, named here because tasks call commands and not the other way round."""

MAX_FILES = 100
"""As many as Django takes of one form: a phone gives pictures one by one."""
MAX_BYTES = 2 * 1024**3
"""Some thousand products with their pictures; more comes in several uploads, which is as good (moving in is idempotent)."""

MOST_WAITING, MOST_WAITING_BYTES = 10, 2 * MAX_BYTES
"""Ours: of a shop, given and neither moved in nor thrown away. Whoever moves a large shop in by parts has one looked at while
the next is on its way."""

PROBLEMS_SHOWN, UNLISTED_SHOWN = 100, 30

_UNFIT_FOR_A_PATH = re.compile(r"[^\w .()-]")
_LONGEST_NAME_BYTES = 200
"""File systems take 255."""

HEARD_OF_WITHIN = timedelta(minutes=5)
"""A job that says nothing for longer has stopped: its machine, most likely, has."""

KEPT_FOR = timedelta(days=7)
"""How long files wait for the seller to come back to them."""

log = structlog.get_logger()

NOTHING_NOTED: dict[str, Any] = {
    "found": [],
    "worth_idr": None,
    "counts": {},
    "proposals": {},
    "problems": [],
    "problem_count": 0,
    "report": "",
}
"""In place of a plan that was not, or not all, carried out."""


def keep_upload(by: User, shop: Shop, files: "Sequence[UploadedFile[Any]]", language: str) -> Upload:
    """The files are kept, and a job looks at them: the upload will say what moving them in would do.

    Refuses a stranger (`ShopNotFound`), no files, and more than `MAX_FILES` or `MAX_BYTES` (`UploadTooLarge`), and when more
    than `MOST_WAITING` or `MOST_WAITING_BYTES` of the shop would wait (`TooMuchWaiting`).
    """
    require_duty(by, shop.id, Duty.GOODS)
    refuse_too_much(files)
    given_bytes = sum(file.size or 0 for file in files)
    _refuse_more_waiting(shop, given_bytes)
    now = clock.now()
    upload = Upload(shop=shop, by=by, language=language, given_at=now)
    # Files first, so that no transaction waits for them; each in a folder of its own, as two may bear one name.
    upload.file_names = [
        private_storage().save(f"moving/{upload.id}/{n}/{_safe_name(file.name)}", file) for n, file in enumerate(files)
    ]
    try:
        return _begin_if_it_may_wait(upload, given_bytes)
    except TooMuchWaiting:
        _drop_files(upload)
        raise


def refuse_too_much(files: "Sequence[UploadedFile[Any]]") -> None:
    """Refuses no files, and more than `MAX_FILES` or `MAX_BYTES` (`UploadTooLarge`)."""
    if not 1 <= len(files) <= MAX_FILES or sum(file.size or 0 for file in files) > MAX_BYTES:
        raise UploadTooLarge(MAX_FILES, MAX_BYTES)


@act
def move_upload_in(by: User, upload_id: uuid.UUID, choices: Choices | None = None) -> Upload:
    """The seller has seen the plan and wants it, with these categories and names of options: they are remembered, and a
    job carries the plan out.

    Refuses a stranger (`UploadNotFound`), an upload that is not waiting for this (`UploadMoved`), an unknown category
    (`NoSuchCategory`) and a name that none can be (`ListingRefused`).
    """
    upload = _lock(by, upload_id)
    if upload.state != Upload.State.PLANNED:
        raise UploadMoved
    if choices is not None:
        remember(upload.shop, choices)
    upload.state = Upload.State.MOVING
    return _begin(upload)


@act
def name_columns(by: User, upload_id: uuid.UUID, columns: Mapping[str, Columns]) -> Upload:
    """The columns of own lists, by header, mean this from now on, and a job looks at the files again. Lists that are not
    among the upload's are none.

    Refuses a stranger (`UploadNotFound`), an upload that does not wait for its seller (`UploadMoved`), and what cannot be
    (`ColumnsUnfit`).
    """
    upload = _lock(by, upload_id)
    if upload.state not in WAITS_FOR_SELLER:
        raise UploadMoved
    asked = {each["header"] for each in upload.proposals.get("lists", ())}
    remember_columns(upload.shop, {header: each for header, each in columns.items() if header in asked})
    upload.state = Upload.State.LOOKING
    return _begin(upload)


@act
def drop_upload(by: User, upload_id: uuid.UUID) -> None:
    """The files are thrown away, and nothing of them was moved in. Refuses a stranger (`UploadNotFound`), and an upload that
    does not wait for its seller (`UploadMoved`)."""
    upload = _lock(by, upload_id)
    if upload.state not in WAITS_FOR_SELLER:
        raise UploadMoved
    transaction.on_commit(partial(_drop_files, upload))
    upload.delete()


@act
def resume_upload(by: User, upload_id: uuid.UUID) -> Upload:
    """A job that stopped (its machine went down) begins again; what it had written stays written.

    Refuses a stranger (`UploadNotFound`), and an upload whose job has ended or was heard of lately (`UploadMoved`).
    """
    upload = _lock(by, upload_id)
    if not has_stopped(upload):
        raise UploadMoved
    return _begin(upload)


def has_stopped(upload: Upload) -> bool:
    """Whether the upload's job should be running, does not wait its turn, and has not been heard of."""
    is_silent = upload.state in IS_RUNNING and upload.touched_at < clock.now() - HEARD_OF_WITHIN
    return is_silent and not waits_its_turn(upload)


def run_upload(upload_id: uuid.UUID) -> None:
    """The job: look at the files, or move them in, as the upload's state says; then the state says what came of it.

    Running it again when nothing waits does nothing, and of two that run at once the first to end has said it. What
    `move_in` refuses is the upload's end, in words; what nobody foresaw is for `end_unforeseen`. Raises `MoveInRunning`
    while another move-in of the shop runs, and `Busy`: this one waits.
    """
    upload = Upload.objects.select_related("shop", "by").get(id=upload_id)
    if upload.state not in IS_RUNNING:
        return
    is_look = upload.state == Upload.State.LOOKING
    paths = [Path(private_storage().path(name)) for name in upload.file_names]
    with translation.override(upload.language):
        try:
            result = move_in(
                upload.by, paths, upload.shop, dry_run=is_look, upload_id=upload.id, progress=_Watch(upload)
            )
        except (MoveInRunning, Busy):
            _still_running(upload).update(touched_at=clock.now())
            raise
        except ColumnsToName as asked:
            _end(upload, Upload.State.UNCLEAR, **NOTHING_NOTED | {"proposals": _lists(asked.lists)})
        except Refusal as refusal:
            _end(upload, Upload.State.REFUSED, refusal=str(refusal), **NOTHING_NOTED)
        else:
            _end(upload, _state_after(result), **_noted(upload, result))


def _state_after(result: MoveInResult) -> Upload.State:
    if result.done is not None:
        return Upload.State.DONE
    return Upload.State.UNCLEAR if result.unclear else Upload.State.PLANNED


def end_unforeseen(upload_id: uuid.UUID) -> None:
    """An upload whose job nobody will end any more says so in words, and its files are gone."""
    upload = Upload.objects.get(id=upload_id)
    with translation.override(upload.language):
        if upload.state == Upload.State.LOOKING:
            _end(upload, Upload.State.REFUSED, refusal=str(LookedInVain()), **NOTHING_NOTED)
        elif upload.state == Upload.State.MOVING:
            _end(upload, Upload.State.STOPPED, refusal=str(StoppedOnTheWay()), **NOTHING_NOTED)


def drop_forgotten_uploads() -> int:
    """Files that no seller came back to in a week are gone; answers how many uploads that were.

    One that should be running and was not heard of for as long is over. Pictures kept for rows to be corrected go in time.
    """
    let_go_of_old_ones()
    silent = Upload.objects.filter(touched_at__lt=clock.now() - KEPT_FOR)
    for upload_id in silent.filter(state__in=IS_RUNNING).values_list("id", flat=True)[:1000]:
        end_unforeseen(upload_id)
    uploads = list(silent.filter(state__in=WAITS_FOR_SELLER)[:1000])
    for upload in uploads:
        _drop_files(upload)
    Upload.objects.filter(id__in=[upload.id for upload in uploads]).delete()
    return len(uploads)


def forget_uploads(shop: Shop) -> None:
    """Of a shop that is no more nothing is left of what it gave: once the transaction is through, the files neither."""
    for upload in Upload.objects.filter(shop=shop):
        transaction.on_commit(partial(_drop_files, upload))
    Upload.objects.filter(shop=shop).delete()


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
        _still_running(self._upload).update(
            step=progress.step, step_done=progress.done, step_total=progress.total, touched_at=now
        )


def _still_running(upload: Upload) -> QuerySet[Upload]:
    """The upload, unless its state was changed since it was read: by another job, whose word it is then."""
    return Upload.objects.filter(id=upload.id, state=upload.state)


def _end(upload: Upload, state: Upload.State, **said: Any) -> None:
    if _still_running(upload).update(state=state, touched_at=clock.now(), **said) and state not in WAITS_FOR_SELLER:
        _drop_files(upload)


def _noted(upload: Upload, result: MoveInResult) -> dict[str, Any]:
    return {
        "found": [dataclasses.asdict(found) for found in result.found],
        "worth_idr": result.worth_idr,
        "counts": dataclasses.asdict(result.done or result.plan),
        "proposals": result.proposals.as_dict()
        | _lists(result.unclear or result.own)
        | {"same": as_proposed(result.same), "unlisted": _unlisted(result)}
        | {"profile": result.profile},
        "problem_count": len(words := result.in_words),
        "problems": words[:PROBLEMS_SHOWN],
        "report": _report(upload, result),
    }


def _unlisted(result: MoveInResult) -> dict[str, Any]:
    """For the page: products to be taken off sale as a whole, and the first variants of others."""
    apart = [sku for sku in result.unlisted.skus if sku.is_with_others]
    return {
        "count": len(result.unlisted.skus),
        "products": [str(product_id) for product_id in result.unlisted.product_ids],
        "variants": [
            {"product": str(sku.product_id), "title": sku.title, "options": ", ".join(sku.options)}
            for sku in apart[:UNLISTED_SHOWN]
        ],
        "more": max(len(apart) - UNLISTED_SHOWN, 0),
    }


def _lists(own: Sequence[Reading]) -> dict[str, Any]:
    """Of several with the same columns the first stands for all."""
    by_header = {each.found.header: each for each in reversed(own)}
    return {"lists": [each.as_dict() for each in reversed(by_header.values())]}


def _report(upload: Upload, result: MoveInResult) -> str:
    """The report's name in the private storage; none if it could not be written, for what was moved in is moved in."""
    name = private_storage().save(f"moving/{upload.id}/lapak-{upload.shop.slug}.xlsx", ContentFile(b""))
    try:
        write_report(result, Path(private_storage().path(name)))
    except Exception:
        log.exception("report_failed", upload=str(upload.id))
        private_storage().delete(name)
        return ""
    return name


def _safe_name(name: str | None) -> str:
    """The seller's own name for the file, as far as it is fit for a path: pictures are found by it, and what is refused is
    said with it."""
    fit = _UNFIT_FOR_A_PATH.sub("_", name or "").encode()[-_LONGEST_NAME_BYTES:].decode(errors="ignore")
    return fit.strip(" ._-") or "file"


@act
def _begin(upload: Upload) -> Upload:
    upload.step, upload.step_done, upload.step_total, upload.touched_at = "", 0, None, clock.now()
    upload.save()
    app.configure_task(JOB, lock=turn_of(upload.shop_id)).defer(upload_id=str(upload.id))
    return upload


@act
def _begin_if_it_may_wait(upload: Upload, given_bytes: int) -> Upload:
    """Of two that are given at once, the second is judged with the first."""
    Shop.objects.select_for_update(no_key=True).get(id=upload.shop_id)
    _refuse_more_waiting(upload.shop, given_bytes)
    return _begin(upload)


def _refuse_more_waiting(shop: Shop, given_bytes: int) -> None:
    waiting = Upload.objects.filter(shop=shop, state__in=IS_RUNNING | WAITS_FOR_SELLER)
    names = [name for each in waiting for name in each.file_names]
    if len(waiting) >= MOST_WAITING or given_bytes + sum(map(_bytes_of, names)) > MOST_WAITING_BYTES:
        raise TooMuchWaiting(MOST_WAITING, MOST_WAITING_BYTES)


def _bytes_of(name: str) -> int:
    """None of a file that is no more."""
    try:
        return private_storage().size(name)
    except FileNotFoundError:
        return 0


def _lock(by: User, upload_id: uuid.UUID) -> Upload:
    upload_for_seller(by, upload_id)
    return Upload.objects.select_for_update(no_key=True).get(id=upload_id)


def _drop_files(upload: Upload) -> None:
    for name in upload.file_names:
        private_storage().delete(name)
