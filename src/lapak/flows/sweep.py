"""Doing what is due, one by one: none holds up the rest, and what cannot be done is kept where a person sees it.

The state is the queue: what is due is asked of the rows themselves, so that no lost job can lose it.
"""

import uuid
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any

import structlog
from django.db.models import F, QuerySet

from lapak.flows.models import StuckAct
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.refusal import Moved

AT_ONCE = 1000
"""How many rows one sweep takes: far more than come due in a minute, little enough to finish in one."""

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
"""Between two tries of the same thing: doubled after each failure, up to four a day."""

LONGEST_ERROR = 2000

log = structlog.get_logger(__name__)


def sweep(name: str, due: QuerySet[Any, Any], do: Callable[[uuid.UUID], object], *, field: str = "id") -> int:
    """Do it for each row that is due, at most `AT_ONCE`; return how many were done.

    `name` is the sweep's own, for ever: what is stuck is kept under it. `due` are the rows, most urgent first and not
    cut; `field` is the one whose value `do` takes (a UUID). `do` is an act (lib/acts.py), so that each is whole.
    `Moved` is passed over: someone was first. Whatever else is raised is kept as a `StuckAct` and tried again after a
    growing pause; rows that wait for that are left out, and others take their place.
    """
    _forget_what_is_no_longer_due(name, due.order_by().values(field))
    waiting = StuckAct.all_of(name).filter(next_try_at__gt=clock.now()).values("subject_id")
    # A purchase with many orders, a creator with many commissions: once.
    ids = list(dict.fromkeys(due.exclude(**{f"{field}__in": waiting}).values_list(field, flat=True)[:AT_ONCE]))
    stuck = set(StuckAct.all_of(name).filter(subject_id__in=ids).values_list("subject_id", flat=True))
    done = 0
    for id_ in ids:
        try:
            do(id_)
        except Moved as moved:
            log.info("sweep_passed_over", sweep=name, id=str(id_), code=moved.code)
        except Exception as error:  # one that cannot be done must not keep the others from being done
            log.exception("sweep_stuck", sweep=name, id=str(id_))
            keep_stuck(name, id_, error)
            continue
        else:
            done += 1
        if id_ in stuck:
            no_longer_stuck(name, [id_])
    return done


def stuck_acts() -> QuerySet[StuckAct]:
    """What could not be done so far, the oldest trouble first."""
    return StuckAct.objects.order_by("first_failed_at", "id")


def try_again_soon(ids: Collection[int]) -> int:
    """The next sweep, within a minute, takes these again; returns how many there were."""
    return StuckAct.objects.filter(id__in=ids).update(next_try_at=clock.now())


@act
def keep_stuck(name: str, subject_id: uuid.UUID, error: Exception) -> None:
    """It could not be done for this row, under this name: shown on the operator's desk, to be tried after a pause."""
    now = clock.now()
    found, _ = StuckAct.objects.get_or_create(
        act=name,
        subject_id=subject_id,
        defaults={"error": "", "first_failed_at": now, "last_failed_at": now, "next_try_at": now},
    )
    words = " · ".join([f"{type(error).__name__}: {error}", *getattr(error, "__notes__", ())])
    pause = min(FIRST_PAUSE * 2 ** min(found.failures, 20), LONGEST_PAUSE)
    StuckAct.objects.filter(id=found.id).update(
        failures=F("failures") + 1,
        error=words[:LONGEST_ERROR],
        last_failed_at=now,
        next_try_at=now + pause,
    )


def no_longer_stuck(name: str, subject_ids: Collection[uuid.UUID]) -> None:
    """It was done for these after all."""
    StuckAct.all_of(name).filter(subject_id__in=subject_ids).delete()


def _forget_what_is_no_longer_due(name: str, due: QuerySet[Any, Any]) -> None:
    """Someone did it by hand, or it was called off."""
    StuckAct.all_of(name).filter(next_try_at__lte=clock.now()).exclude(subject_id__in=due).delete()
