"""Sessions: a browser that is signed in, from signing in to its end. Its cookie names its row, and says nothing without it.

They end by the machine's clock, as the cookie itself does: never by one that a test has stopped.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.crypto import constant_time_compare

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.dated import always
from lapak.people.users.errors import SessionNotFound
from lapak.people.users.models import Session, User

LASTS = always(timedelta(days=14))
"""Ours. From signing in on, however often it is used."""

OPERATORS_LASTS = always(timedelta(hours=10))
"""Ours: a working day. On the operator's screens are other people's money and data."""

MOST_OPEN = 50
"""Nobody has so many browsers; of whoever signs in by a program the oldest sessions end."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What a session's cookie says, its signature looked at: whose it is, its row, and the hash of the password then."""

    user_id: uuid.UUID
    session_id: uuid.UUID
    password_hash: str


@act
def begin_session(by: User, *, device: str) -> Session:
    """The user is signed in at this device; so they are for as long as `LASTS`, an operator `OPERATORS_LASTS`."""
    session = Session.objects.create(user=by, device=device, ends_at=Now() + _lasts(by))
    too_many = sessions_of_user(by).values_list("id", flat=True)[MOST_OPEN:]
    Session.objects.filter(id__in=list(too_many)).delete()
    return session


@act
def renew_session(by: User, session_id: uuid.UUID) -> Session:
    """The same session under another id, for as long as it had left: a copy of the cookie of before is worth nothing. Refuses
    another user's, and one that has ended (`SessionNotFound`)."""
    old = sessions_of_user(by).select_for_update(no_key=True).filter(id=session_id).first()
    if old is None:
        raise SessionNotFound
    old.delete()
    return Session.objects.create(user=by, device=old.device, begun_at=old.begun_at, ends_at=old.ends_at)


@act
def end_session(by: User, session_id: uuid.UUID) -> None:
    """Whoever holds its cookie is signed out. Refuses another user's, and one that has ended (`SessionNotFound`)."""
    ended, _ = sessions_of_user(by).filter(id=session_id).delete()
    if not ended:
        raise SessionNotFound


def end_other_sessions(by: User, kept_id: uuid.UUID | None = None) -> int:
    """The user is signed out everywhere, but in the session that they keep, if any. Returns how many ended."""
    return Session.objects.filter(user=by).exclude(id__in=[kept_id] if kept_id else []).delete()[0]


@act
def end_all_sessions() -> int:
    """Everybody is signed out, operators too: for whoever runs the machine. Returns how many sessions ended."""
    return Session.objects.all().delete()[0]


def sessions_of_user(user: User) -> QuerySet[Session]:
    """Those that last, newest first."""
    return Session.objects.filter(user=user, ends_at__gt=Now()).order_by("-begun_at", "-id")


def user_proven_by(proof: Proof) -> User | None:
    """Whose session it is, as long as it lasts, they are not blocked and have the same password; in one query."""
    lasting = User.objects.filter(sessions__id=proof.session_id, sessions__ends_at__gt=Now())
    user = lasting.filter(id=proof.user_id, is_active=True).first()
    same = user is not None and constant_time_compare(proof.password_hash, user.get_session_auth_hash())
    return user if same else None


def forget_ended_sessions() -> int:
    """Rows of sessions whose time is over are gone; returns how many."""
    return Session.objects.filter(ends_at__lte=Now()).delete()[0]


def _lasts(user: User) -> timedelta:
    return (OPERATORS_LASTS if user.is_staff else LASTS).on(clock.today())
