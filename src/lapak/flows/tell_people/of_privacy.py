"""What is told of erasures, that one was asked for, and that it has to wait; and of breaches, to the operator."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from lapak.flows.tell_people.readers import readers_of, when
from lapak.lib.ids import derived_id
from lapak.people.notices.commands import Telling
from lapak.people.privacy.breaches import breaches_open
from lapak.people.privacy.models import Breach, Erasure

_STANDING = {"called_off_at": None, "erased_at": None}

BREACH_SOON = timedelta(hours=24)
"""Of the 72 hours: a working day is left."""


def of_erasures_asked(since: datetime, until: datetime) -> Iterator[Telling]:
    """Who asked then, and has not called it off."""
    for erasure in Erasure.objects.filter(asked_at__gt=since, asked_at__lte=until, answered_at=None, **_STANDING):
        told = when(erasure.id, erasure.asked_at, erasure.look_at)
        yield Telling(fact="erasure_asked", reader_id=erasure.user_id, **told)


def of_erasures_waiting(since: datetime, until: datetime) -> Iterator[Telling]:
    """Who was answered then that it has to wait."""
    for erasure in Erasure.objects.filter(answered_at__gt=since, answered_at__lte=until, **_STANDING):
        yield Telling(fact="erasure_waits", reader_id=erasure.user_id, **when(erasure.id, erasure.answered_at or since))


def of_breaches_recorded(since: datetime, until: datetime) -> Iterator[Telling]:
    """Breaches that came onto the desk then."""
    for breach in breaches_open().filter(recorded_at__gt=since, recorded_at__lte=until):
        yield from _to_operators("case_breach", breach, breach.recorded_at)


def of_breaches_due(since: datetime, until: datetime) -> Iterator[Telling]:
    """Those of which somebody has still to be told, whose last moment lies there."""
    for breach in breaches_open().filter(tell_by__gt=since, tell_by__lte=until):
        if not breach.standing.is_told:
            yield from _to_operators("case_breach_soon", breach, breach.tell_by - BREACH_SOON)


def of_breaches_late(since: datetime, until: datetime) -> Iterator[Telling]:
    """Those whose time was over then, and of which somebody had not been told."""
    for breach in breaches_open().filter(tell_by__gt=since, tell_by__lte=until):
        if breach.is_late:
            yield from _to_operators("case_breach_late", breach, breach.tell_by)


def _to_operators(fact: str, breach: Breach, happened_at: datetime) -> Iterator[Telling]:
    said = {"breach": breach.number, "breach_id": str(breach.id)}
    told = when(derived_id(breach.id, fact), happened_at, breach.tell_by)
    yield from readers_of([]).tell_operators(fact, said, **told)
