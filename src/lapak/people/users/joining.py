"""Joining: what was typed waits for the code that was sent to the e-mail. Whether somebody is known by it, only its mailbox
learns."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.contrib.auth.hashers import make_password
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

from lapak.lib import clock
from lapak.lib.acts import act, lock_named
from lapak.lib.dated import always
from lapak.people.users.email_changes import may_return_to_another
from lapak.people.users.errors import CodeSentOften, JoiningOver, TooManyJoinings
from lapak.people.users.models import Joining, User

DIGITS = 6
"""As of banks and wallets. Five tries of a million."""

MOST_TRIES, MOST_SENT = 5, 3
"""Ours: whoever mistypes more often begins anew."""

CODE_LASTS = always(timedelta(minutes=10))
"""OWASP ASVS 5.0, 6.5.5."""

MOST_AN_HOUR = 5
"""Ours: begun with one e-mail, by whomever; nobody's mailbox is filled by strangers."""

FORGOTTEN_AFTER = always(timedelta(days=1))
"""Ours."""


class Known(StrEnum):
    """Who is known by the e-mail: that decides what its mailbox reads, and nothing that anybody else sees."""

    NOBODY = "nobody"
    USER = "user"
    RETURNS = "returns"


@dataclass(frozen=True, slots=True)
class Sent:
    """What is to be written to the mailbox."""

    joining_id: uuid.UUID
    email: str
    known: Known
    code: str


@act
def begin_joining(*, email: str, name: str, password: str, language: str, consents: list[str]) -> Sent:
    """What was typed waits for the code. Whoever is known already has none, and all else is the same.

    Refuses more than `MOST_AN_HOUR` with one e-mail (`TooManyJoinings`), whoever is known by it.
    """
    lock_named(f"joining {email.lower()}")  # there is no row yet that two could meet at
    lately = Joining.objects.filter(email=email.lower(), asked_at__gt=clock.now() - timedelta(hours=1))
    if lately.count() >= MOST_AN_HOUR:
        raise TooManyJoinings
    joining = Joining(
        email=email.lower(), name=name.strip(), language=language, consents=consents, asked_at=clock.now()
    )
    joining.password = make_password(password)
    return _send(joining)


@act
def send_code_again(joining_id: uuid.UUID) -> Sent:
    """Another code, and the one before is none any more. Refuses more than `MOST_SENT` (`CodeSentOften`: the last
    one counts), and what is over (`JoiningOver`)."""
    joining = _lock(joining_id)
    if joining.sent >= MOST_SENT:
        raise CodeSentOften
    return _send(joining)


@act
def take_code(joining_id: uuid.UUID, code: str) -> User | None:
    """The user has joined, their e-mail confirmed, when this is the code; None when it is not, and one try less is left.

    Refuses what is over: too many tries, too old, or somebody joined with the e-mail meanwhile (`JoiningOver`).
    """
    joining = _lock(joining_id)
    if joining.sent_at is None or joining.sent_at <= clock.now() - CODE_LASTS.on(clock.today()):
        raise JoiningOver
    if not constant_time_compare(joining.code_mark, _mark(joining, code)):
        joining.tries += 1
        joining.save(update_fields=["tries"])
        return None
    if _known(joining.email) is not Known.NOBODY:
        raise JoiningOver
    return _make_user(joining)


def consents_of(joining_id: uuid.UUID) -> list[str]:
    """What whoever joins said yes to. Refuses as `take_code`."""
    return _lock(joining_id).consents


def joining_waiting(joining_id: uuid.UUID) -> Joining:
    """For the page that asks for the code. Refuses what is over (`JoiningOver`)."""
    joining = Joining.objects.filter(id=joining_id, tries__lt=MOST_TRIES).first()
    if joining is None:
        raise JoiningOver
    return joining


def forget_old_joinings() -> int:
    """What nobody finished is gone; returns how many."""
    return Joining.objects.filter(asked_at__lte=clock.now() - FORGOTTEN_AFTER.on(clock.today())).delete()[0]


def _make_user(joining: Joining) -> User:
    user = User.objects.create_user(joining.email, name=joining.name, language=joining.language)
    user.password = joining.password
    user.save(update_fields=["password"])
    joining.delete()
    return user


def _send(joining: Joining) -> Sent:
    known, code = _known(joining.email), get_random_string(DIGITS, "0123456789")
    joining.code_mark = _mark(joining, code) if known is Known.NOBODY else ""
    joining.sent, joining.sent_at = joining.sent + 1, clock.now()
    joining.save()
    return Sent(joining.id, joining.email, known, code)


def _known(email: str) -> Known:
    if User.objects.filter(email=email).exists():
        return Known.USER
    return Known.RETURNS if may_return_to_another(email) else Known.NOBODY


def _lock(joining_id: uuid.UUID) -> Joining:
    joining = Joining.objects.select_for_update(no_key=True).filter(id=joining_id, tries__lt=MOST_TRIES).first()
    if joining is None:
        raise JoiningOver
    return joining


def _mark(joining: Joining, code: str) -> str:
    return salted_hmac("joining", f"{joining.id}:{code.strip()}", algorithm="sha256").hexdigest()
