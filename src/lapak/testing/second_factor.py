"""Tests that do not sign in by the form have an operator who has shown their second factor, as long as the test takes."""

import time

from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY as WHOSE
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as METHODS
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from lapak.people.users.models import User

A_LONG_TEST_S = 24 * 60 * 60


def operators_have_shown_theirs() -> None:
    """From now on in this process, for `force_login` alone: who signs in by the page types what it asks for."""
    user_logged_in.connect(_shown, dispatch_uid="tests' operators have two factors")


def _shown(request: HttpRequest, user: User, **_: object) -> None:
    if user.is_staff and not request.path:  # a request that came by no address is `force_login`'s
        request.session[METHODS] = [{"method": "mfa", "at": time.time() + A_LONG_TEST_S, "reauthenticated": True}]
        request.session[WHOSE] = str(user.pk)
