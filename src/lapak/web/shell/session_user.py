"""Who is signed in, without a query on every request."""

import copy
import time
import uuid
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from lapak.lib import clock
from lapak.people.users.errors import SessionNotFound
from lapak.people.users.models import User
from lapak.people.users.queries import has_confirmed_email
from lapak.people.users.sessions import Proof, begin_session, end_session, renew_session, user_proven_by
from lapak.web.shell.device import device_of
from lapak.web.shell.in_app import LONGEST_AGENT
from lapak.web.shell.known_device import knows, remember

REMEMBERED_S = 10
"""A blocked user, or a session that ended elsewhere, still looks at pages for so long at most; nothing is done for it."""

MOST = 10_000
"""Sessions kept in mind by one process; beyond that it starts anew."""

ROW = "lapak_session"
"""Which row of `Session` a cookie's session is."""

SIGNED_OUT = "lapak.signed_out"
"""That this very request signed somebody out: in its `META`."""

SIGNED_IN = "lapak.signed_in"
"""The e-mail of whom it signed in."""

ANOTHER_BROWSER = "account/email/another_browser"
"""What their mailbox reads."""

JUST_JOINED = timedelta(hours=1)

LEFT_BEHIND = '"cache", "storage"'
"""Of whoever was signed in. Cookies stay: the language, and whose link led here, are the browser's own."""

LOOKS = {"GET", "HEAD", "OPTIONS"}

_remembered: dict[Proof, tuple[float, User]] = {}


class SessionUserMiddleware(AuthenticationMiddleware):
    """`request.user` of a session that has not ended: read at most once in ten seconds for a session and process by who
    looks at pages, and anew for whatever is done.

    What is remembered is a session that was found good: its user together with its row and the hash of their password that
    the session carries. So a new password, which gives the session a new hash, is never met with the old user.
    """

    def process_request(self, request: HttpRequest) -> None:
        request.user = SimpleLazyObject(lambda: _user_of(request))  # type: ignore[assignment]  # acts as the user

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Whoever has signed out leaves nothing in the browser for whoever sits there next; who has signed in is known there."""
        if SIGNED_OUT in request.META:
            response["Clear-Site-Data"] = LEFT_BEHIND
        if email := request.META.get(SIGNED_IN):
            if not knows(request, email):
                _tell_mailbox(request, User.objects.get(email=email))
            remember(request, response, email)
        return response


def _tell_mailbox(request: HttpRequest, user: User) -> None:
    """Somebody signed in where they never had: OWASP ASVS 5.0, 6.3.5. Whoever has just joined was nowhere before."""
    if user.joined_at < clock.now() - JUST_JOINED and has_confirmed_email(user):
        with request_context(request):  # allauth's own has ended with the page
            get_adapter(request).send_notification_mail(ANOTHER_BROWSER, user)


def session_of(cookie: str | None) -> Proof | None:
    """What the cookie proves; none of a visitor's.

    The signature is checked, nothing else: whether the session lasts and the user is still there, the database knows.
    """
    return proof_in(SessionStore(cookie)) if cookie else None


def proof_in(session: Mapping[str, Any] | SessionBase) -> Proof | None:
    """What a session says of who is signed in."""
    user_id, row, proof = session.get(SESSION_KEY), session.get(ROW), session.get(HASH_SESSION_KEY)
    if not (user_id and row and proof) or session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    return Proof(uuid.UUID(user_id), uuid.UUID(row), proof)


def signed_session(user: User) -> SessionStore:
    """A new session of the user's, as a cookie keeps it (`session_key`); for programs that sign people in."""
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[ROW] = str(begin_session(user, device="").id)
    session.save()
    return session


def begin(request: HttpRequest, user: User, **_: object) -> None:
    """Whoever signs in has a row: Django calls this (`user_logged_in`) by whichever way they came."""
    agent = request.headers.get("User-Agent", "")[:LONGEST_AGENT]
    request.META[SIGNED_IN] = user.email
    if before := request.session.get(ROW):  # of whoever signs in anew without having signed out
        _end(user, uuid.UUID(before))
    request.session[ROW] = str(begin_session(user, device=device_of(agent)).id)


def renew(request: HttpRequest, user: User, *, reauthenticated: bool = False, **_: object) -> None:
    """Whoever has said once more that it is them has another session (allauth calls this, `authentication_step_completed`)."""
    before = request.session.get(ROW)
    if reauthenticated and before:
        forget(uuid.UUID(before))
        request.session[ROW] = str(renew_session(user, uuid.UUID(before)).id)


def end(request: HttpRequest, user: User | None, **_: object) -> None:
    """Whoever signs out has none any more (`user_logged_out`): the cookie says nothing, wherever a copy of it lies."""
    proof = proof_in(request.session)
    if proof is None or user is None:
        return
    request.META[SIGNED_OUT] = True
    _end(user, proof.session_id)


def _end(user: User, session_id: uuid.UUID) -> None:
    forget(session_id)
    with suppress(SessionNotFound):  # it ended elsewhere meanwhile
        end_session(user, session_id)


def forget(session_id: uuid.UUID) -> None:
    """In this process, that the session was found good."""
    for proof in [proof for proof in _remembered if proof.session_id == session_id]:
        _remembered.pop(proof, None)


def _user_of(request: HttpRequest) -> User | AnonymousUser:
    proof = proof_in(request.session)
    if proof is None:
        return AnonymousUser()
    read_at, user = _remembered.get(proof, (0.0, None))
    if user is not None and request.method in LOOKS and time.monotonic() - read_at < REMEMBERED_S:
        return _apart(user)
    _remembered.pop(proof, None)
    found = user_proven_by(proof)
    if found is None:
        return AnonymousUser()
    if len(_remembered) >= MOST:
        _remembered.clear()
    _remembered[proof] = (time.monotonic(), _apart(found))
    return found


def _apart(user: User) -> User:
    """The same row as an object of its own, without what a request looked up through it (`user.cart` …)."""
    apart = copy.copy(user)
    apart._state = copy.copy(user._state)  # noqa: SLF001 - Django's documented place for an instance's state
    apart._state.fields_cache = {}  # noqa: SLF001
    return apart
