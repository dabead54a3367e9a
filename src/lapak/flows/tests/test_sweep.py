"""One that cannot be done neither stops the others nor is forgotten."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError

from lapak.flows import sweep as sweeping
from lapak.flows.models import StuckAct
from lapak.flows.sweep import stuck_acts, sweep, try_again_soon
from lapak.lib import clock
from lapak.lib.refusal import Moved, Refusal
from lapak.money.gateways.errors import GatewayRefused
from lapak.people.users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def due() -> list[User]:
    return [User.objects.create_user(f"{n}@example.com", name=str(n)) for n in range(3)]


def rename_all(refused: dict[uuid.UUID, Exception]) -> int:
    def rename(id_: uuid.UUID) -> None:
        if id_ in refused:
            raise refused[id_]
        User.objects.filter(id=id_).update(name="done")

    return sweep("rename", User.objects.exclude(name="done").order_by("email"), rename)


def after(span: timedelta, act: Callable[[], int]) -> int:
    with clock.stopped_at(clock.now() + span):
        return act()


def test_one_that_raises_is_kept_with_its_error_and_the_others_are_done(due: list[User]) -> None:
    assert rename_all({due[0].id: IntegrityError("stock_within_bounds")}) == 2
    stuck = StuckAct.objects.get()
    assert (stuck.act, stuck.subject_id, stuck.failures) == ("rename", due[0].id, 1)
    assert stuck.error == "IntegrityError: stock_within_bounds"


def test_what_is_kept_says_the_reason_too(due: list[User]) -> None:
    rename_all({due[0].id: GatewayRefused("422: account closed")})
    assert StuckAct.objects.get().error.endswith("422: account closed")


def test_a_conflict_is_not_taken_for_someone_being_first(due: list[User]) -> None:
    rename_all({due[0].id: Refusal("Booked with other figures."), due[1].id: Moved()})
    assert [stuck.subject_id for stuck in stuck_acts()] == [due[0].id]


def test_it_is_tried_again_after_growing_pauses_and_forgotten_once_done(due: list[User]) -> None:
    refused: dict[uuid.UUID, Exception] = {due[0].id: ValueError("no")}
    rename_all(refused)
    assert after(timedelta(seconds=59), lambda: rename_all({})) == 0
    assert after(timedelta(seconds=61), lambda: rename_all(refused)) == 0
    assert StuckAct.objects.get().failures == 2
    assert after(timedelta(seconds=61 + 119), lambda: rename_all({})) == 0
    assert after(timedelta(seconds=61 + 121), lambda: rename_all({})) == 1
    assert not StuckAct.objects.exists()


def test_the_pause_never_grows_past_six_hours(due: list[User]) -> None:
    rename_all({due[0].id: ValueError("no")})
    StuckAct.objects.update(failures=1000, next_try_at=clock.now())
    rename_all({due[0].id: ValueError("no")})
    stuck = StuckAct.objects.get()
    assert stuck.next_try_at - stuck.last_failed_at == timedelta(hours=6)


def test_what_waits_for_its_next_try_takes_no_place_of_others(due: list[User], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "AT_ONCE", 1)
    assert rename_all({due[0].id: ValueError("no")}) == 0
    assert rename_all({due[0].id: ValueError("no")}) == 1


def test_what_is_no_longer_due_is_no_longer_stuck(due: list[User]) -> None:
    rename_all({due[0].id: ValueError("no")})
    User.objects.filter(id=due[0].id).update(name="done")
    after(timedelta(minutes=2), lambda: rename_all({}))
    assert not StuckAct.objects.exists()


def test_the_operator_may_have_it_tried_at_once(due: list[User]) -> None:
    rename_all({due[0].id: ValueError("no")})
    assert rename_all({}) == 0
    assert try_again_soon([StuckAct.objects.get().id]) == 1
    assert rename_all({}) == 1
