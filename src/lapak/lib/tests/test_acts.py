"""An act happens or not, and a collision is tried once more."""

import re
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError, connection, transaction
from django.utils import translation

from lapak.lib import acts
from lapak.lib.acts import Busy, act
from lapak.lib.refusal import Refusal
from lapak.people.users.models import User
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db(transaction=True)


def collision(cause: type[psycopg.Error] = psycopg.errors.DeadlockDetected) -> OperationalError:
    error = OperationalError("as Django wraps it")
    error.__cause__ = cause()
    return error


class Tried:
    """An act that writes a user, then raises what it is given, in turn."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.tries = 0

    @property
    def act(self):  # type: ignore[no-untyped-def]
        @act
        def write(name: str) -> str:
            assert connection.in_atomic_block
            self.tries += 1
            User.objects.create_user(f"{name}{self.tries}@example.com")
            if self.errors:
                raise self.errors.pop(0)
            return name

        return write


@pytest.mark.parametrize(
    "error", [collision(), psycopg.errors.DeadlockDetected(), collision(psycopg.errors.SerializationFailure)]
)
def test_a_collision_is_tried_once_more_and_leaves_nothing(error: Exception) -> None:
    tried = Tried(error)
    assert tried.act("a") == "a"
    assert (tried.tries, [user.email for user in User.objects.all()]) == (2, ["a2@example.com"])


def test_the_second_collision_asks_to_press_again_and_nothing_is_written() -> None:
    tried = Tried(collision(), collision())
    with translation.override("en"), refused(Busy, match="press again"):
        tried.act("a")
    assert (tried.tries, User.objects.count()) == (2, 0)


def test_a_lock_waited_for_too_long_is_not_waited_for_again() -> None:
    tried = Tried(collision(psycopg.errors.LockNotAvailable))
    with refused(Busy):
        tried.act("a")
    assert (tried.tries, User.objects.count()) == (1, 0)


@pytest.mark.parametrize("error", [Refusal(), ValueError(), OperationalError("the server is gone")])
def test_whatever_else_is_raised_passes_at_once(error: Exception) -> None:
    tried = Tried(error)
    with pytest.raises(type(error)):
        tried.act("a")
    assert (tried.tries, User.objects.count()) == (1, 0)


def test_within_a_larger_act_only_the_larger_one_tries_again() -> None:
    inner = Tried(collision())
    with pytest.raises(OperationalError), transaction.atomic():
        inner.act("a")
    assert inner.tries == 1
    inner = Tried(collision())
    outer = Tried()

    @act
    def both() -> None:
        outer.act("b")
        inner.act("a")

    both()
    assert (outer.tries, inner.tries, User.objects.count()) == (2, 2, 2)


SOURCES = {
    str(file.relative_to(Path(acts.__file__).parents[1])): file.read_text()
    for file in Path(acts.__file__).parents[1].rglob("*.py")
    if "tests" not in file.parts
}

NO_ACTS = {
    "lib/acts.py": "acts are made of them",
    "lib/follow.py": "a follower whose turn fails gets the same rows at its next one",
    "lib/prepared.py": "a savepoint: one statement is undone alone",
    "affiliates/clicks/storing.py": "clicks that were not stored wait in memory for the next turn",
    "books/findings.py": "reads one moment of the database, and waits for nobody",
    "books/records.py": "guards the tables as their owner, where nobody else is yet",
    "web/shell/looking.py": "lets nothing be written: a page is only looked at",
    "testing/seed/__init__.py": "fills a market of its own, where nobody else is yet",
}


def test_whatever_changes_something_is_an_act() -> None:
    """A bare transaction fails its user for a deadlock that the next try would not meet. A durable one only makes sure
    that none is open while a partner is asked."""
    bare = {name for name, text in SOURCES.items() if re.search(r"\batomic\b(?!\(durable=True\))", text)}
    assert bare == set(NO_ACTS)


def test_every_lock_lets_pass_what_only_names_the_row() -> None:
    """The full lock stops each insert with a foreign key to it: settlements died of that beside payouts."""
    locking = [
        f"{name}: {call}"
        for name, text in SOURCES.items()
        for call in re.findall(r"select_for_update\([^)]*\)?[^)]*\)", text)
    ]
    assert len(locking) > 10
    assert [call for call in locking if "no_key=True" not in call] == []
