"""The second factor: what was typed or tapped beside the password, and for how long that holds. allauth keeps the record in
the session; the desk asks for it (web/staff/site.py)."""

import time
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, TypeVar

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from lapak.people.users.models import User

Answer = TypeVar("Answer", bound=HttpResponseBase)

CODES = Authenticator.Type.RECOVERY_CODES
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
"""Codes for a lost phone are none by themselves."""

PROVEN_S = 15 * 60
"""Ours: an operator who works is not asked with every payout, and a screen left alone pays nobody."""


def has_second_factor(user: User) -> bool:
    """Whether they have an app or a passkey."""
    return bool(is_mfa_enabled(user, FACTORS))


def is_proven(request: HttpRequest) -> bool:
    """Whether who is signed in has shown their second factor in this session."""
    return any(True for _ in _proven_at(request))


def was_just_proven(request: HttpRequest) -> bool:
    """Within the last minutes."""
    return any(time.time() - at < PROVEN_S for at in _proven_at(request))


def asks_second_factor(request: HttpRequest) -> HttpResponseBase:
    """To the page that asks for it, and back; to where one is set up, if there is none. What was posted goes on from there."""
    assert isinstance(request.user, User)  # noqa: S101 - who asks has seen to it
    if not has_second_factor(request.user):
        return redirect("mfa_index")
    asked: HttpResponseBase = suspend_request(request, _asking_page(request.user))
    return asked


def second_factor_again(view: Callable[..., Answer], *, for_looking: bool = False) -> Callable[..., Any]:
    """The view moves money, or (`for_looking`) shows what people keep to themselves: who has not just shown their second
    factor is asked for it first."""

    @wraps(view)
    def asking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        only_looks = request.method in {"GET", "HEAD"}
        if was_just_proven(request) or (only_looks and not for_looking):
            return view(request, *args, **kwargs)
        return asks_second_factor(request)

    return asking


def _proven_at(request: HttpRequest) -> Iterator[float]:
    for record in get_authentication_records(request, request.user):
        if record.get("method") == "mfa":
            yield record["at"]


def _asking_page(user: User) -> str:
    from allauth.account.adapter import get_adapter  # noqa: PLC0415 - ours imports this module

    page: str = get_adapter().get_reauthentication_methods(user)[0]["url"]
    return page
