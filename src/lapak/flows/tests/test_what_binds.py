"""Nothing that binds is done in the name of an e-mail that nobody has confirmed (docs/decisions/0022-confirmed-e-mail.md)."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction

from lapak.affiliates import creators, invitations, programmes
from lapak.affiliates.queries import creator_beginning_anew
from lapak.flows.tests import who_may
from lapak.flows.tests.fitting import BEFORE
from lapak.flows.tests.one_of_each import World, one_of_each
from lapak.people.shops import commands as shops
from lapak.people.shops import members
from lapak.people.users import commands as users
from lapak.people.users.errors import EmailUnconfirmed
from lapak.people.users.models import User
from lapak.people.users.queries import require_confirmed_email
from lapak.testing.cast import Cast
from lapak.testing.refused import refused

pytestmark = [pytest.mark.django_db, pytest.mark.unsound_books]  # the world has one of everything

Command = Callable[..., Any]
GATES = {gate.__name__ for gate in (require_confirmed_email, creator_beginning_anew)}

OWN: dict[Command, Callable[[User], object]] = {
    shops.open_shop: lambda by: shops.open_shop(by, slug="lain", name="Lain", city="Solo", province_code="33"),
    creators.become_creator: lambda by: creators.become_creator(by, "lain"),
    users.add_bank_account: lambda by: users.add_bank_account(by, bank_code="014", number="555000111", holder="Sari"),
}
"""What anyone may do, as it touches nothing that is there."""


def binds(command: Any) -> bool:
    """Whether it goes through the gate, by its code."""
    return bool(GATES & set(inspect.unwrap(command).__code__.co_names))


BINDING = [command for command in who_may.COMMANDS if binds(command)]


def unconfirm(user: User) -> User:
    EmailAddress.objects.filter(user=user).update(verified=False)
    return user


def test_what_binds_goes_through_the_gate() -> None:
    assert {command for command in who_may.OWN if binds(command)} == OWN.keys()
    assert {
        shops.set_payout_account,
        creators.set_payout_account,
        members.accept_invitation,
        programmes.join_programme,
        invitations.accept_creator_invitation,
    } <= set(BINDING)


@pytest.mark.parametrize("command", OWN, ids=lambda command: command.__qualname__)
def test_what_anyone_may_do(cast: Cast, command: Command) -> None:
    unconfirm(cast.stranger)
    with refused(EmailUnconfirmed):
        OWN[command](cast.stranger)


def test_what_is_done_to_something(cast: Cast) -> None:
    world = one_of_each(cast)
    for command in BINDING:
        who, do = who_may.COMMANDS[command]
        with transaction.atomic():
            refuse_in(world, command, who, do)
            transaction.set_rollback(True)


def refuse_in(world: World, command: Command, who: who_may.Who, do: who_may.Do) -> None:
    if before := BEFORE.get(command):
        before(world)
    by = unconfirm(who_may.rightful(who, world))
    with refused(EmailUnconfirmed):
        do(world, by)
