"""A user asks for their data to be erased, and calls it off. What happens then: flows/erase_person/."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.privacy.errors import ErasureAsked, ErasureNotDue, ErasureNotFound, OperatorIsNotErased
from lapak.people.privacy.models import Erasure
from lapak.people.privacy.rules import ANSWERED_WITHIN, COOLS_FOR, LOOKED_AT_AGAIN_AFTER, Hindrance
from lapak.people.users.models import User


@act
def ask_for_erasure(by: User) -> Erasure:
    """After `COOLS_FOR` what Lapak keeps of the user is erased, or they are told what that waits for, within `ANSWERED_WITHIN`.

    Refuses whoever runs the marketplace (`OperatorIsNotErased`), and a second time (`ErasureAsked`).
    """
    user = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if user.is_staff:
        raise OperatorIsNotErased
    if erasure_of(user):
        raise ErasureAsked
    now, today = clock.now(), clock.today()
    return Erasure.objects.create(
        user=user, asked_at=now, answer_by=now + ANSWERED_WITHIN.on(today), look_at=now + COOLS_FOR.on(today)
    )


@act
def call_off_erasure(by: User) -> Erasure:
    """All stays as it is. Refuses where nothing is to be called off (`ErasureNotFound`)."""
    erasure = _open().select_for_update(no_key=True).filter(user=by).first()
    if erasure is None:
        raise ErasureNotFound
    erasure.called_off_at = clock.now()
    erasure.save(update_fields=["called_off_at"])
    return erasure


def erasure_of(user: User) -> Erasure | None:
    """The one that is not over."""
    return _open().filter(user=user).first()


def users_to_erase() -> "QuerySet[Any, Any]":
    """Who have asked for it and are not yet: for a query about theirs."""
    return _open().values("user")


def erasures_to_look_at() -> QuerySet[Erasure]:
    """Those whose time it is, the most urgent first."""
    return _open().filter(look_at__lte=clock.now()).order_by("look_at")


def lock_due_erasure(erasure_id: uuid.UUID) -> Erasure:
    """Held, with its user; `ErasureNotDue` where it is not its time."""
    found = erasures_to_look_at().select_for_update(no_key=True, of=("self",)).filter(id=erasure_id)
    erasure = found.select_related("user").first()
    if erasure is None:
        raise ErasureNotDue
    return erasure


def wait_for(erasure: Erasure, hindrances: Sequence[Hindrance]) -> None:
    """It is answered with what it waits for, and looked at again soon."""
    now = clock.now()
    erasure.waits_for = [each.value for each in hindrances]
    erasure.answered_at = erasure.answered_at or now
    erasure.look_at = now + LOOKED_AT_AGAIN_AFTER.on(clock.today())
    erasure.save(update_fields=["waits_for", "answered_at", "look_at"])


def mark_erased(erasure: Erasure) -> None:
    """It is done."""
    now = clock.now()
    erasure.waits_for, erasure.answered_at, erasure.erased_at = [], erasure.answered_at or now, now
    erasure.save(update_fields=["waits_for", "answered_at", "erased_at"])


def _open() -> QuerySet[Erasure]:
    return Erasure.objects.filter(called_off_at=None, erased_at=None)
