"""Whoever runs the machine signs people out, when something has happened."""

import pytest
from typer.testing import CliRunner

from lapak.cli import app
from lapak.lib.trouble import Trouble
from lapak.people.users.models import Session
from lapak.people.users.sessions import begin_session
from lapak.testing.cast import Cast


@pytest.fixture(autouse=True)
def signed_in(cast: Cast) -> None:
    for user in (cast.buyer, cast.buyer, cast.operator):
        begin_session(user, device="Chrome, Android")


def told(*words: str) -> str:
    run = CliRunner().invoke(app, ["sign-out", *words], catch_exceptions=False)
    return run.stderr


def test_one_person(cast: Cast) -> None:
    assert told(cast.buyer.email.upper()).startswith("2 sessions ended")
    assert [session.user for session in Session.objects.all()] == [cast.operator]


def test_everybody() -> None:
    assert told("--everybody").startswith("3 sessions ended")
    assert not Session.objects.exists()


@pytest.mark.parametrize("words", [[], ["nobody@example.com"], ["buyer@example.com", "--everybody"]])
def test_what_it_does_not_know(words: list[str], nothing_written: None) -> None:
    with pytest.raises(Trouble):
        told(*words)
