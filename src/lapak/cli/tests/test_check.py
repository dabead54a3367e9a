"""`lapak check --deploy`: each unsafe thing is seen by itself, and a safe market passes."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from pytest_django import Settings
from typer.testing import CliRunner

from lapak.cli import app
from lapak.cli.deployment import unsafe
from lapak.lib.owner import as_owner
from lapak.people.users.models import User
from lapak.people.users.second_factors import give_app

pytestmark = pytest.mark.django_db

SAFE: dict[str, Any] = {
    "DEBUG": False,
    "BASE_URL": "https://pasar.example",
    "ALLOWED_HOSTS": ["pasar.example"],
    "PROXIES": 1,
    "SECRET_KEY": "Vx3dQ7mN0pLkR5sTzW9yB2cF6gH8jK1aE4uI-oXqZ_wYvPnM",
    "EMAIL_HOST": "smtp.example",
    "SMTP_SECURITY": "starttls",
    "CONTACT_EMAIL": "halo@pasar.example",
    "PAYMENT_PROVIDER": "bank_file",
    "PAYOUT_PROVIDER": "bank_file",
    "PLAY_MONEY_TO_REAL_BANKS": False,
}


@pytest.fixture
def home(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Of a market that is safe: its settings, its files, a user of the machine's, an owner with two factors."""
    for name, value in SAFE.items():
        setattr(settings, name, value)
    home: Path = tmp_path / "home"
    home.mkdir(mode=0o700)
    (home / "secret_key").touch(mode=0o600)
    settings.HOME = home
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    give_app(User.objects.create_superuser("owner@example.com"))
    return home


def test_a_safe_market_passes(home: Path) -> None:
    assert unsafe() == []


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DEBUG", True, "LAPAK_DEBUG is on"),
        ("BASE_URL", "http://pasar.example", "travel readable"),
        ("ALLOWED_HOSTS", ["localhost"], "does not name pasar.example"),
        ("ALLOWED_HOSTS", ["pasar.example", "*"], "takes any host"),
        ("PROXIES", 0, "passes for every visitor"),
        ("SECRET_KEY", "short", "can be guessed"),
        ("SECRET_KEY", "x" * 60, "can be guessed"),
        ("SECRET_KEY", "django-insecure-" + SAFE["SECRET_KEY"], "can be guessed"),
        ("EMAIL_HOST", "", "No mail leaves"),
        ("SMTP_SECURITY", "none", "readable"),
        ("CONTACT_EMAIL", "", "nobody to write to"),
        ("PAYMENT_PROVIDER", "sandbox", "LAPAK_PAYMENT_PROVIDER is sandbox, which plays"),
        ("PAYOUT_PROVIDER", "sandbox", "LAPAK_PAYOUT_PROVIDER is sandbox, which plays"),
        ("PLAY_MONEY_TO_REAL_BANKS", True, "Play money"),
    ],
)
def test_each_unsafe_setting_is_seen_alone(home: Path, settings: Settings, name: str, value: Any, says: str) -> None:
    setattr(settings, name, value)
    (found,) = unsafe()
    assert says in found.is_so
    assert found.mend


def test_a_subdomain_of_an_allowed_one_is_named(home: Path, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = [".pasar.example"]
    assert unsafe() == []
    settings.ALLOWED_HOSTS = [".example.pasar"]
    assert len(unsafe()) == 1


def test_files_that_others_may_open(home: Path) -> None:
    (home / "secret_key").chmod(0o644)
    (found,) = unsafe()
    assert found.mend == f"chmod go= {home / 'secret_key'}"
    (home / "secret_key").chmod(0o600)
    home.chmod(0o755)
    assert len(unsafe()) == 1


def test_root(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    (found,) = unsafe()
    assert "This is root" in found.is_so


def _without_factor() -> None:
    Authenticator.objects.all().delete()


def _without_owner() -> None:
    User.objects.filter(email="owner@example.com").update(operator_roles=["support"])


def _with_a_colleague() -> None:
    User.objects.create_user("dina@example.com", is_staff=True, operator_roles=["support"])


def _with_the_demo() -> None:
    User.objects.create_user("budi@lapak.test")


@pytest.mark.parametrize(
    ("happened", "says"),
    [
        (_without_factor, ["No owner", "owner@example.com works here without"]),
        (_without_owner, ["No owner"]),
        (_with_a_colleague, ["dina@example.com works here without"]),
        (_with_the_demo, ["People of the demo"]),
    ],
)
def test_who_works_here(home: Path, happened: Callable[[], None], says: list[str]) -> None:
    happened()
    found = [each.is_so for each in unsafe()]
    assert len(found) == len(says)
    assert all(said in is_so for said, is_so in zip(says, found, strict=True))


def test_the_role_that_owns_the_tables(home: Path) -> None:
    with as_owner():
        assert any("may do anything there" in each.is_so for each in unsafe())


def test_the_command_says_all_and_counts(home: Path, settings: Settings) -> None:
    settings.DEBUG = True
    bad = CliRunner().invoke(app, ["check", "--deploy"])
    assert "LAPAK_DEBUG is on" in bad.output
    assert "Unset LAPAK_DEBUG" in bad.output
    assert (bad.exit_code, json.loads(bad.stdout.strip().splitlines()[-1])) == (1, {"deploy": True, "found": 1})
    settings.DEBUG = False
    good = CliRunner().invoke(app, ["check", "--deploy"])
    assert (good.exit_code, json.loads(good.stdout.strip().splitlines()[-1])) == (0, {"deploy": True, "found": 0})
