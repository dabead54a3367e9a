"""What must not be so of a market that strangers reach: each thing with how it is mended. Settings, files, database, people."""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Exists, OuterRef

from lapak.lib.owner import may_do_too_much

WORDS_OF_DEMO = "@lapak.test"
SHORTEST_KEY = 43
"""256 bits, as letters, digits and two signs write them; what Lapak makes for itself has 67."""

LEAST_KINDS_OF_LETTERS = 10


@dataclass(frozen=True, slots=True)
class Unsafe:
    """What is so, and what to do about it."""

    is_so: str
    mend: str


Look = Callable[[], Iterator[Unsafe]]


def _how_it_is_shown() -> Iterator[Unsafe]:
    if settings.DEBUG:
        yield Unsafe("LAPAK_DEBUG is on: errors show visitors code and settings.", "Unset LAPAK_DEBUG.")
    if not settings.BASE_URL.startswith("https://"):
        yield Unsafe(
            f"LAPAK_BASE_URL is {settings.BASE_URL}: passwords and sessions travel readable, and links lead there.",
            "Set it to the https address that visitors type; a proxy with a certificate stands in front.",
        )
    host = urlsplit(settings.BASE_URL).hostname or ""
    if not any(_names(allowed, host) for allowed in settings.ALLOWED_HOSTS):
        yield Unsafe(f"LAPAK_ALLOWED_HOSTS does not name {host}: every page is refused there.", "Add it to the list.")
    if "*" in settings.ALLOWED_HOSTS:
        yield Unsafe("LAPAK_ALLOWED_HOSTS takes any host.", "Name the hosts of LAPAK_BASE_URL alone.")
    if settings.BASE_URL.startswith("https://") and not settings.PROXIES:
        yield Unsafe(
            "LAPAK_PROXIES is 0, so the proxy that speaks https passes for every visitor: one who is limited limits all.",
            "Say how many proxies stand in front, one asking the next; close the port of Lapak to everybody else.",
        )


def _names(allowed: str, host: str) -> bool:
    return host == allowed or (allowed.startswith(".") and f".{host}".endswith(allowed))


def _what_is_secret() -> Iterator[Unsafe]:
    key = settings.SECRET_KEY
    if len(key) < SHORTEST_KEY or len(set(key)) < LEAST_KINDS_OF_LETTERS or "insecure" in key:
        yield Unsafe(
            "LAPAK_SECRET_KEY can be guessed: whoever does signs in as anybody.",
            'Unset it, and Lapak makes one; or take what `python3 -c "import secrets; print(secrets.token_urlsafe(50))"` says.',
        )
    for path in (settings.HOME, settings.HOME / "secret_key"):
        if path.exists() and _mode(path) & 0o077:
            yield Unsafe(f"Other users of this machine may open {path.name} in LAPAK_HOME.", f"chmod go= {path}")
    if os.geteuid() == 0:
        yield Unsafe(
            "This is root: what strangers send would be read with every right there is.",
            "Make a user with `useradd --system --create-home lapak`, give it LAPAK_HOME, and run Lapak as that user.",
        )


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _mail() -> Iterator[Unsafe]:
    if not settings.EMAIL_HOST:
        yield Unsafe("No mail leaves: nobody can confirm an e-mail or choose a new password.", "Set LAPAK_SMTP_HOST.")
    elif settings.SMTP_SECURITY == "none" and settings.EMAIL_HOST not in {"localhost", "127.0.0.1", "::1"}:
        yield Unsafe(
            f"Mails, and links that choose a new password, go to {settings.EMAIL_HOST} readable.",
            "Set LAPAK_SMTP_SECURITY to starttls or tls.",
        )
    if not settings.CONTACT_EMAIL:
        yield Unsafe("Buyers and shops find nobody to write to.", "Set LAPAK_CONTACT_EMAIL.")


def _money() -> Iterator[Unsafe]:
    from lapak.money.gateways.registry import gateway_named

    for setting, name in (
        ("LAPAK_PAYMENT_PROVIDER", settings.PAYMENT_PROVIDER),
        ("LAPAK_PAYOUT_PROVIDER", settings.PAYOUT_PROVIDER),
    ):
        if gateway_named(name).is_play:
            yield Unsafe(
                f"{setting} is {name}, which plays: goods would be sent for money that there is not.",
                f"Set {setting} to a licensed partner.",
            )
    if settings.PLAY_MONEY_TO_REAL_BANKS:
        yield Unsafe("Play money may be paid out by a real bank.", "Unset LAPAK_PLAY_MONEY_TO_REAL_BANKS.")


def _database() -> Iterator[Unsafe]:
    if may_do_too_much():
        yield Unsafe(
            "The database role may do anything there: one hole in a page, and the records are no longer guarded.",
            "Give DATABASE_URL a role without rights of its own; `lapak migrate` connects by LAPAK_OWNER_DATABASE_URL.",
        )
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield Unsafe("The tables are of an older Lapak.", "./lapak migrate")


def _people() -> Iterator[Unsafe]:
    from allauth.mfa.models import Authenticator

    from lapak.people.users.models import User
    from lapak.people.users.operating import operators
    from lapak.people.users.operators import OperatorRole

    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=["totp", "webauthn"])
    working = operators().filter(is_active=True).annotate(has_factor=Exists(factors))
    owners = working.filter(operator_roles__contains=[OperatorRole.OWNER])
    if not owners.filter(has_factor=True).exists():
        yield Unsafe(
            "No owner of the marketplace can open the desk: there is none with a second factor.",
            "./lapak make-owner EMAIL; then they sign in and set one up at /staff/.",
        )
    for operator in working.filter(has_factor=False):
        yield Unsafe(
            f"{operator.email} works here without a second factor: whoever has the password sets one up first.",
            "Let them set it up at /staff/ today, or take their roles at /staff/operators.",
        )
    if User.objects.filter(email__endswith=WORDS_OF_DEMO, is_active=True).exists():
        yield Unsafe(
            f"People of the demo (…{WORDS_OF_DEMO}) can sign in, with a password that the manual prints.",
            "Begin with an empty LAPAK_HOME, or another database.",
        )


LOOKS: tuple[Look, ...] = (_how_it_is_shown, _what_is_secret, _mail, _money, _database, _people)
"""One after the other; each says all that it finds."""


def unsafe() -> list[Unsafe]:
    """Everything that is not fit for strangers; empty when all is."""
    return [each for look in LOOKS for each in look()]
