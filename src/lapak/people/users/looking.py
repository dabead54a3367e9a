"""An operator looks at pages as somebody sees them: for some minutes, for a reason, each page on record; and does nothing.

No session of theirs is made: the operator stays who they are, and is shown pages (web/shell/looking.py).
"""

import uuid
from datetime import timedelta

from django.db.models import QuerySet

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.dated import always
from lapak.people.audit.commands import note_changes
from lapak.people.audit.models import Change
from lapak.people.audit.rules import Kind, Subject
from lapak.people.users.errors import LookNotFound, LookReasonRefused, OperatorsNotLookedAt
from lapak.people.users.models import LONGEST_LOOK_REASON, Look, User
from lapak.people.users.operators import Desk, require_desk

LASTS = always(timedelta(minutes=15))
"""Ours: as long as a second factor holds. Who needs longer says why once more."""

SHORTEST_REASON = 10
"""Less says nothing to whom it is about. Ours."""

FIELD = "looked_at"
LONGEST_PATH = 300


@act
def begin_look(by: User, user_id: uuid.UUID, *, reason: str) -> Look:
    """The operator may look at pages as this user sees them, for as long as `LASTS`. That they began, and why, is on record.

    Refuses who does not answer people (`LookNotFound`, `NotYourDesk`), a user that there is not (`LookNotFound`), an operator
    (`OperatorsNotLookedAt`), and too few words or too many (`LookReasonRefused`).
    """
    require_desk(by, Desk.LOOKING, LookNotFound)
    of = User.objects.filter(id=user_id, is_active=True).first()
    if of is None:
        raise LookNotFound
    if of.is_staff:
        raise OperatorsNotLookedAt
    words = reason.strip()
    if not SHORTEST_REASON <= len(words) <= LONGEST_LOOK_REASON:
        raise LookReasonRefused
    now = clock.now()
    look = Look.objects.create(by=by, of=of, reason=words, begun_at=now, ends_at=now + LASTS.on(clock.today()))
    _note(look, "")
    return look


@act
def look_at(by: User, look_id: uuid.UUID, path: str) -> Look:
    """The page is on record; whose it is, and until when, is answered. Refuses who does not look, and whose time is over
    (`LookNotFound`)."""
    look = _standing(by, look_id)
    _note(look, path[:LONGEST_PATH])
    return look


@act
def end_look(by: User, look_id: uuid.UUID) -> Look:
    """The operator sees their own pages again. Refuses as `look_at`."""
    look = _standing(by, look_id)
    look.ended_at = clock.now()
    look.save(update_fields=["ended_at"])
    return look


def looks_at(user: User) -> QuerySet[Change]:
    """What an operator looked at as the user sees it, and why; the newest first. For the user themselves."""
    return Change.objects.filter(subject_id=str(user.id), field=FIELD).order_by("-happened_at", "-id")


def _standing(by: User, look_id: uuid.UUID) -> Look:
    """The operator's own, as long as they work there, its time is not over, and it is about no operator."""
    require_desk(by, Desk.LOOKING, LookNotFound)
    looks = Look.objects.select_related("of").select_for_update(no_key=True, of=("self",))
    look = looks.filter(id=look_id, by=by, ended_at=None, ends_at__gt=clock.now()).first()
    if look is None or look.of.is_staff or not look.of.is_active:
        raise LookNotFound
    return look


def _note(look: Look, path: str) -> None:
    said = f"{path} – {look.reason}" if path else look.reason
    note_changes(look.by_id, Subject(Kind.USER, look.of_id, str(look.of)), {}, {FIELD: said})
