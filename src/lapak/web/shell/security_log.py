"""What the log says of who comes in, and of by what they will come in next time: people by their ids alone.

Where money goes, and who works for a shop, is on record for good (people/audit); what was refused, the log says by itself
(config/logs.py).
"""

from typing import Any

import structlog
from allauth.account import signals as of_account
from allauth.mfa import signals as of_factors
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import Signal

from lapak.people.users.models import User
from lapak.web.shell.session_user import proof_in

log = structlog.get_logger(__name__)

OF_A_USER: dict[str, Signal] = {
    "signed_in": user_logged_in,
    "signed_out": user_logged_out,
    "joined": of_account.user_signed_up,
    "password_changed": of_account.password_changed,
    "password_set": of_account.password_set,
    "password_chosen_by_mail": of_account.password_reset,
    "email_changed": of_account.email_changed,
    "second_factor_added": of_factors.authenticator_added,
    "second_factor_removed": of_factors.authenticator_removed,
    "second_factor_made_anew": of_factors.authenticator_reset,
    "second_factor_shown": of_factors.authenticator_used,
    "second_factor_wrong": of_factors.authentication_failed,
}
"""By what the log calls it."""


def begin() -> None:
    """From now on they are noted."""
    for event, signal in OF_A_USER.items():
        signal.connect(_noting(event), weak=False, dispatch_uid=f"log {event}")
    user_login_failed.connect(_note_failure, dispatch_uid="log sign_in_failed")


def _noting(event: str) -> Any:
    def note(user: User | None = None, authenticator: Authenticator | None = None, **told: Any) -> None:
        proof = proof_in(told["request"].session) if told.get("request") else None
        log.info(
            event,
            user=str(user.pk) if user else None,
            session=str(proof.session_id) if proof else None,
            **({"factor": str(authenticator.type)} if authenticator else {}),
        )

    return note


def note_held(email: str) -> None:
    """Whoever tries this one's password has tried too often."""
    log.warning("sign_in_held", user=_known_by(email))


def _note_failure(credentials: dict[str, Any], **_: object) -> None:
    log.info("sign_in_failed", user=_known_by(str(credentials.get("email", ""))))


def _known_by(email: str) -> str | None:
    """Whose password it was not; nobody's, where nobody is known by the e-mail."""
    found = User.objects.filter(email=email.lower()).values_list("pk", flat=True).first()
    return str(found) if found else None
