"""Moving out from the web: who it belongs to asks for the file, a job makes it, and it lies ready for some days."""

import uuid
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from procrastinate.contrib.django import app

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.private import private_storage
from lapak.lib.refusal import Refusal
from lapak.moving.errors import MadeInVain, TakeoutGone, TakeoutRunning, TooManyTakeouts
from lapak.moving.models import Takeout
from lapak.moving.move_out import format_named, move_out
from lapak.moving.own_data import write_own_data
from lapak.moving.queries import takeout_for_owner, takeouts_of_shop, takeouts_of_user
from lapak.moving.written import OwnTemplate
from lapak.people.audit.commands import note_changes
from lapak.people.audit.rules import Kind, Subject
from lapak.people.shops.commands import lock_shop, subject_of
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import require_duty
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User

JOB = "moving.run_takeout"
"""The job in `tasks.py`, named here because tasks call commands and not the other way round."""

KEPT_FOR = timedelta(days=7)
"""How long a file waits to be fetched: over a weekend and a holiday, and no longer than needed, as it tells much."""

MOST_A_DAY = 10
"""Each format there is, and again after a slip."""

GIVEN_UP_AFTER = timedelta(days=1)
"""A job that has said nothing for as long is not there any more."""

_CLEARED_AT_ONCE = 1000


@act
def ask_for_own_data(by: User, language: str) -> Takeout:
    """As `ask_for_takeout`, of what the user themself bought and earned (own_data.py). Refuses `TakeoutRunning` and
    `TooManyTakeouts`."""
    User.objects.select_for_update(no_key=True).get(id=by.id)
    return _ask(Takeout(by=by, platform=Takeout.OWN, language=language, asked_at=clock.now()))


def ask_for_takeout(
    by: User, shop: Shop, platform: str, language: str, template: "UploadedFile[Any] | None" = None
) -> Takeout:
    """A job makes the file; the shop's owners are told when it is ready. It takes the place of the last one in this format.
    With the platform's own `template`, it is that one, filled in.

    Refuses a stranger (`ShopNotFound`), one who is no owner (`NotYourDuty`), an unknown format (`FormatUnknown`), no template
    where the platform takes nothing else (`TemplateNeeded`), one that is not the platform's or not empty (`TemplateUnfit`,
    `FileUnreadable`), a format that is being made already (`TakeoutRunning`), and more than `MOST_A_DAY` (`TooManyTakeouts`).
    """
    require_duty(by, shop.id, Duty.OWNERSHIP)
    takeout = Takeout(shop=shop, by=by, platform=platform, language=language, asked_at=clock.now())
    # The file first, so that no transaction waits for it.
    if template is not None:
        takeout.template = private_storage().save(f"takeouts/{takeout.id}/template.xlsx", template)
    try:
        _refuse_unfit(takeout)
        return _begin(by, shop, takeout)
    except BaseException:
        _drop_template(takeout)
        raise


def _refuse_unfit(takeout: Takeout) -> None:
    """At once, before any job."""
    form = format_named(takeout.platform, _template(takeout)).form
    if isinstance(form, OwnTemplate):
        raise form.needed


@act
def _begin(by: User, shop: Shop, takeout: Takeout) -> Takeout:
    lock_shop(by, shop.id, Duty.OWNERSHIP)
    return _ask(takeout)


def _ask(takeout: Takeout) -> Takeout:
    asked = _of_whom(takeout)
    if asked.filter(platform=takeout.platform, state=Takeout.State.MAKING).exists():
        raise TakeoutRunning
    if asked.filter(asked_at__gt=takeout.asked_at - timedelta(days=1)).count() >= MOST_A_DAY:
        raise TooManyTakeouts(MOST_A_DAY)
    takeout.save(force_insert=True)
    app.configure_task(JOB).defer(takeout_id=str(takeout.id))
    return takeout


@act
def fetch_takeout(by: User, takeout_id: uuid.UUID) -> Takeout:
    """The file is handed out, and it stays on record to whom.

    Refuses a stranger (`TakeoutNotFound`), one who is no owner (`NotYourDuty`), and one that is not made, or not kept any
    more (`TakeoutGone`): judged by its own moment, however late the clock is that clears it away.
    """
    takeout = takeout_for_owner(by, takeout_id)
    if not is_there(takeout):
        raise TakeoutGone
    note_changes(by.id, _subject(takeout), {}, {"fetched": takeout.platform})
    return takeout


def is_there(takeout: Takeout) -> bool:
    """Whether its file can be fetched at this moment."""
    return takeout.state == Takeout.State.READY and takeout.until is not None and clock.now() < takeout.until


def run_takeout(takeout_id: uuid.UUID) -> None:
    """The job: the file is made, and says until when it is kept. What is refused meanwhile is the takeout's end, in words;
    what nobody foresaw is for `end_unforeseen`. Running it again when it has ended does nothing."""
    takeout = Takeout.objects.select_related("shop", "by").get(id=takeout_id)
    if takeout.state != Takeout.State.MAKING:
        return
    called = f"{takeout.shop.slug}-{takeout.platform}" if takeout.shop else "lapak"
    name = private_storage().save(f"takeouts/{takeout.id}/{called}.zip", ContentFile(b""))
    path = Path(private_storage().path(name))
    try:
        with translation.override(takeout.language), path.open("wb") as to:
            counts = _write(takeout, to)
    except Refusal as refusal:
        private_storage().delete(name)
        _fail(takeout, refusal)
    except BaseException:
        private_storage().delete(name)
        raise
    else:
        if _is_ready(takeout, name, path.stat().st_size, counts):
            _clear_replaced(takeout)
        else:
            private_storage().delete(name)
        _drop_template(takeout)


def end_unforeseen(takeout_id: uuid.UUID) -> None:
    """One whose job nobody will end any more says so in words."""
    takeout = Takeout.objects.get(id=takeout_id)
    with translation.override(takeout.language):
        _fail(takeout, MadeInVain())


def clear_old_takeouts() -> int:
    """Files that have been kept long enough are gone; answers how many. What should be made and never was is over."""
    now = clock.now()
    making = Takeout.objects.filter(state=Takeout.State.MAKING, asked_at__lt=now - GIVEN_UP_AFTER)
    for takeout_id in making.values_list("id", flat=True)[:_CLEARED_AT_ONCE]:
        end_unforeseen(takeout_id)
    old = list(Takeout.objects.filter(state=Takeout.State.READY, until__lte=now).order_by("until")[:_CLEARED_AT_ONCE])
    for takeout in old:
        _clear(takeout)
    return len(old)


def forget_takeouts(takeouts: QuerySet[Takeout]) -> None:
    """They are gone; once the transaction is through, their files, too."""
    for name in takeouts.exclude(file="").values_list("file", flat=True):
        transaction.on_commit(partial(private_storage().delete, name))
    takeouts.delete()


@act
def _is_ready(takeout: Takeout, name: str, file_bytes: int, counts: dict[str, int]) -> bool:
    """It is on record who had it made, by which its owners are told; False when another job was first."""
    now = clock.now()
    making = Takeout.objects.filter(id=takeout.id, state=Takeout.State.MAKING)
    if not making.update(
        state=Takeout.State.READY, file=name, file_bytes=file_bytes, counts=counts, ready_at=now, until=now + KEPT_FOR
    ):
        return False
    note_changes(takeout.by_id, _subject(takeout), {}, {"takeout": takeout.platform})
    return True


def _clear_replaced(takeout: Takeout) -> None:
    for replaced in (
        _of_whom(takeout).filter(platform=takeout.platform, state=Takeout.State.READY).exclude(id=takeout.id)
    ):
        _clear(replaced)


def _write(takeout: Takeout, to: IO[bytes]) -> dict[str, int]:
    """What is asked for; answers how much of what is in it."""
    if takeout.shop is None:
        return write_own_data(takeout.by, to)
    return move_out(takeout.by, takeout.shop, takeout.platform, to, _template(takeout)).as_dict()


def _of_whom(takeout: Takeout) -> QuerySet[Takeout]:
    """All that were asked for of the same shop, or by the same user of what is theirs."""
    return takeouts_of_shop(takeout.shop) if takeout.shop else takeouts_of_user(takeout.by)


def _subject(takeout: Takeout) -> Subject:
    """Whose it is, as changes are kept."""
    if takeout.shop is None:
        return Subject(Kind.USER, takeout.by_id, str(takeout.by))
    return subject_of(takeout.shop)


def _fail(takeout: Takeout, refusal: Refusal) -> None:
    making = Takeout.objects.filter(id=takeout.id, state=Takeout.State.MAKING)
    if making.update(state=Takeout.State.FAILED, failure=str(refusal)):
        _drop_template(takeout)


def _template(takeout: Takeout) -> Path | None:
    return Path(private_storage().path(takeout.template)) if takeout.template else None


def _drop_template(takeout: Takeout) -> None:
    """It is filled in, or will not be."""
    if takeout.template:
        private_storage().delete(takeout.template)


def _clear(takeout: Takeout) -> None:
    """The file goes last: it is there for as long as its row says so."""
    Takeout.objects.filter(id=takeout.id).update(state=Takeout.State.GONE, file="")
    takeout.file.delete(save=False)
