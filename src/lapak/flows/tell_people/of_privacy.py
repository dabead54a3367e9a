"""What is told of erasures: that one was asked for, and that it has to wait."""

from collections.abc import Iterator
from datetime import datetime

from lapak.flows.tell_people.readers import when
from lapak.people.notices.commands import Telling
from lapak.people.privacy.models import Erasure

_STANDING = {"called_off_at": None, "erased_at": None}


def of_erasures_asked(since: datetime, until: datetime) -> Iterator[Telling]:
    """Who asked then, and has not called it off."""
    for erasure in Erasure.objects.filter(asked_at__gt=since, asked_at__lte=until, answered_at=None, **_STANDING):
        told = when(erasure.id, erasure.asked_at, erasure.look_at)
        yield Telling(fact="erasure_asked", reader_id=erasure.user_id, **told)


def of_erasures_waiting(since: datetime, until: datetime) -> Iterator[Telling]:
    """Who was answered then that it has to wait."""
    for erasure in Erasure.objects.filter(answered_at__gt=since, answered_at__lte=until, **_STANDING):
        yield Telling(fact="erasure_waits", reader_id=erasure.user_id, **when(erasure.id, erasure.answered_at or since))
