"""What a user signs in with beside the password, from the machine itself; the screens are allauth's."""

import time

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from cryptography.fernet import MultiFernet
from django.core.cache import cache

from lapak.lib.acts import act
from lapak.lib.ciphers import cipher_for
from lapak.people.audit.commands import note_changes
from lapak.people.audit.rules import Kind, Subject
from lapak.people.users.models import User
from lapak.people.users.sessions import end_other_sessions

SEALED = {"secret", "seed"}
"""Of an app, and of recovery codes: allauth's names."""


@act
def give_app(user: User) -> None:
    """An authenticator app of the user's whose codes `code_of` says, and recovery codes; nothing if they have one."""
    if code_of(user) is None:
        TOTP.activate(user, generate_totp_secret())
        RecoveryCodes.activate(user)


def code_of(user: User) -> str | None:
    """What the user's app shows now; None without one."""
    app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return code_by(decrypt(app.data["secret"])) if app else None


def code_by(secret: str) -> str:
    """What any app that was given this secret shows now."""
    shown: str = format_hotp_value(hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD))
    return shown


def take_code(user: User, code: str) -> bool:
    """Whether nobody has typed it yet; from now on somebody has, for as long as it is good."""
    good_for_s = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
    return cache.add(_taken(user, code), True, good_for_s)


def is_taken(user: User, code: str) -> bool:
    """Whether it was typed already."""
    return _taken(user, code) in cache


def cipher_of_second_factors() -> MultiFernet:
    """Who reads the database alone uses none of them."""
    return cipher_for("second factors")


@act
def renew_second_factors() -> int:
    """Each is sealed by today's secret; returns how many."""
    cipher = cipher_of_second_factors()
    held = list(
        Authenticator.objects.select_for_update(no_key=True).exclude(type=Authenticator.Type.WEBAUTHN).order_by("id")
    )
    for each in held:
        for name in SEALED & each.data.keys():
            each.data[name] = cipher.rotate(each.data[name].encode()).decode()
    Authenticator.objects.bulk_update(held, ["data"])
    return len(held)


def _taken(user: User, code: str) -> str:
    return f"code-used:{user.pk}:{normalize_user_code(code)}"


@act
def forget_second_factors(user: User) -> int:
    """Who lost phone, passkeys and codes signs in by the password alone, and sets up new ones; all their sessions end. For
    whoever runs the machine; on record with nobody's name. Returns how many there were."""
    theirs = Authenticator.objects.filter(user=user)
    kinds = sorted(theirs.values_list("type", flat=True))
    theirs.delete()
    end_other_sessions(user)
    note_changes(
        None, Subject(Kind.USER, user.id, str(user)), {"second_factors": ", ".join(kinds)}, {"second_factors": ""}
    )
    return len(kinds)
