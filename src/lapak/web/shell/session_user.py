"""Who is signed in, without a query on every request."""

import copy
import time
import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from lapak.people.users.models import User

REMEMBERED_S = 10
"""A blocked user, or a session that another device's new password ended, is noticed after this long at most."""

MOST = 10_000
"""Sessions kept in mind by one process; beyond that it starts anew."""

_remembered: dict[tuple[str, str], tuple[float, User]] = {}


class SessionUserMiddleware(AuthenticationMiddleware):
    """`request.user` as Django finds it, read at most once in ten seconds for a session and process.

    What is remembered is a session that was found good: its user together with the hash of their password that the
    session carries. So a new password, which gives the session a new hash, is never met with the old user.
    """

    def process_request(self, request: HttpRequest) -> None:
        request.user = SimpleLazyObject(lambda: _user_of(request))  # type: ignore[assignment]  # acts as the user


def session_of(cookie: str | None) -> tuple[uuid.UUID, str] | None:
    """Whose session the cookie says it is, and the hash of the password it began with; none for a visitor's.

    The signature is checked, nothing else: whether the user is still there, with this password, the database knows.
    """
    session: Mapping[str, Any] | SessionStore = SessionStore(cookie) if cookie else {}
    user_id, proof = session.get(SESSION_KEY), session.get(HASH_SESSION_KEY)
    if not user_id or not proof or session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    return uuid.UUID(user_id), proof


def _user_of(request: HttpRequest) -> User | AnonymousUser:
    session = (str(request.session.get(SESSION_KEY)), str(request.session.get(HASH_SESSION_KEY)))
    read_at, user = _remembered.get(session, (0.0, None))
    if user is not None and time.monotonic() - read_at < REMEMBERED_S:
        return _apart(user)
    _remembered.pop(session, None)
    found = get_user(request)
    if isinstance(found, User):
        if len(_remembered) >= MOST:
            _remembered.clear()
        _remembered[session] = (time.monotonic(), _apart(found))
    return found


def _apart(user: User) -> User:
    """The same row as an object of its own, without what a request looked up through it (`user.cart` …)."""
    apart = copy.copy(user)
    apart._state = copy.copy(user._state)  # noqa: SLF001 - Django's documented place for an instance's state
    apart._state.fields_cache = {}  # noqa: SLF001
    return apart
