"""Every command that a person starts turns away whom it is not for, and leaves nothing behind (the table: who_may.py)."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from lapak.flows.cancel_order import cancel_paid_order
from lapak.flows.tests.commands_found import told_who_acts, written_by_screens_without
from lapak.flows.tests.fitting import BEFORE, OF_FILES
from lapak.flows.tests.one_of_each import World, one_of_each
from lapak.flows.tests.who_may import (
    BUYER,
    COMMANDS,
    CREATOR,
    GATES,
    OWN,
    STEPS,
    WITHOUT_BY,
    Who,
    rightful,
)
from lapak.lib.refusal import Forbidden, NotFound, Refusal
from lapak.people.shops import members
from lapak.people.shops.closings import announce_closing, call_off_closing
from lapak.people.shops.rules import DUTIES_OF, Duty, Role
from lapak.people.users.models import User
from lapak.people.users.operators import DESKS_OF, Desk, OperatorRole
from lapak.testing.books import contents_everywhere
from lapak.testing.cast import Cast, operator_as
from lapak.trade.orders import carts
from lapak.trade.returns.pictures import add_pictures

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast: Cast) -> World:
    for role in OperatorRole:
        operator_as(role)
    return one_of_each(cast)


def not_for(who: Who, world: World) -> Iterator[tuple[User, type[Refusal]]]:
    """Whom such a command turns away, and how: strangers find nothing, and a colleague reads that it is not theirs."""
    cast = world.cast
    strangers = {cast.stranger, world.rival, cast.seller, cast.buyer, cast.operator, cast.creator_user}
    if isinstance(who, Duty):
        strangers -= {cast.seller}
        for member in cast.shop.members.select_related("user"):
            if who not in DUTIES_OF[Role(member.role)]:
                yield member.user, Forbidden
    if isinstance(who, Desk):
        strangers -= {cast.operator}
        for role in OperatorRole:
            if who not in DESKS_OF[role]:
                yield operator_as(role), Forbidden
    strangers -= {
        BUYER: {cast.buyer},
        CREATOR: {cast.creator_user},
    }.get(who, set())
    for user in strangers:
        yield user, NotFound


@pytest.mark.unsound_books  # an order is disputed at the bank, and the world has one of everything
def test_everyone_else_is_turned_away_and_nothing_is_written(world: World) -> None:
    before = contents_everywhere()
    wrong = []
    for command, (who, do) in COMMANDS.items():
        for user, refusal in not_for(who, world):
            if command in {cancel_paid_order, add_pictures} and user == world.cast.buyer:
                continue  # both sides may
            if command in {announce_closing, call_off_closing} and user == world.cast.operator:
                continue
            if command is members.leave_shop and user == world.cast.seller:
                continue
            try:
                do(world, user)
            except Refusal as error:
                if not isinstance(error, refusal):
                    wrong.append(f"{command.__qualname__} by {user}: {error!r}")
            else:
                wrong.append(f"{command.__qualname__} by {user} was done")
            assert contents_everywhere() == before, f"{command.__qualname__} by {user} wrote"
    assert wrong == []


@pytest.mark.unsound_books
def test_whom_it_is_for_does_it(world: World) -> None:
    """So the test above turns nobody away for a thing that is not there."""
    not_done = []
    for command, (who, do) in COMMANDS.items():
        with transaction.atomic():
            came_before = BEFORE.get(command)
            if came_before:
                came_before(world)
            try:
                do(world, rightful(who, world))
            except Refusal as error:
                not_done.append((command, error))
            transaction.set_rollback(True)
    assert {command for command, _ in not_done} == OF_FILES, not_done
    assert not [error for _, error in not_done if isinstance(error, NotFound | Forbidden)]


def test_every_command_of_a_person_is_here() -> None:
    here = {f"{command.__module__} {command.__qualname__}" for command in {*COMMANDS, *OWN}}
    told, without = told_who_acts(), written_by_screens_without()
    assert {name for name in told - here if name.rpartition(" ")[2] not in STEPS | GATES} == set()
    assert without - here == set(WITHOUT_BY)
    assert here - told - without == set()


@pytest.mark.unsound_books
def test_a_cart_that_is_somebody_s_goes_along_with_nobody(world: World) -> None:
    cart = carts.cart_of_user(world.cast.buyer)
    carts.add_to_cart(cart, world.variant.id, 1)
    before = contents_everywhere()
    assert carts.visitor_cart(cart.id) is None
    assert carts.hand_over_cart(cart.id, None) is None
    assert contents_everywhere() == before
