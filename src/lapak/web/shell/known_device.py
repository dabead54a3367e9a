"""A browser in which somebody has signed in before: tries of a password are counted there by themselves.

So a stranger who tries and tries keeps nobody out of their own account, and who has the browser has five tries like anybody.
"""

import secrets
from contextlib import suppress

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

COOKIE = f"{settings.COOKIE_PREFIX}lapak_known"
KEPT_S = 180 * 24 * 60 * 60
"""Ours. It says nothing of anybody: a number of its own, and a keyed mark of each e-mail."""

MOST_KNOWN = 5
"""Of a browser that many share, those who signed in last."""


def counted_as(request: HttpRequest, email: str) -> str:
    """By what the tries of this account's password are counted: the account, at a browser that knows it the two together."""
    return f"{email.lower()} {_read(request)[0]}" if knows(request, email) else email.lower()


def knows(request: HttpRequest, email: str) -> bool:
    """Whether the account was signed in to in this browser before."""
    return _mark(email) in _read(request)[1:]


def remember(request: HttpRequest, response: HttpResponseBase, email: str) -> None:
    """The browser knows the account from now on."""
    device, *marks = _read(request)
    known = [_mark(email), *(mark for mark in marks if mark != _mark(email))][:MOST_KNOWN]
    value = ".".join([device or secrets.token_hex(8), *known])
    response.set_signed_cookie(
        COOKIE, value, max_age=KEPT_S, httponly=True, samesite="Lax", secure=settings.IS_ENCRYPTED
    )


def _read(request: HttpRequest) -> list[str]:
    value = ""
    with suppress(BadSignature):
        value = request.get_signed_cookie(COOKIE, default="", max_age=KEPT_S) or ""
    return value.split(".")


def _mark(email: str) -> str:
    return salted_hmac("known device", email.lower(), algorithm="sha256").hexdigest()[:16]
