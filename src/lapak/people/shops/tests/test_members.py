"""Who works for a shop: asked, agreed, in a role; and never without an owner."""

import pytest

from lapak.people.audit.models import Change
from lapak.people.shops import members
from lapak.people.shops.commands import open_shop
from lapak.people.shops.errors import (
    AlreadyMember,
    InvitationNotFound,
    OperatorSellsNothing,
    OwnerNeeded,
    UserUnknown,
)
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import member_for_seller, works_for
from lapak.people.shops.rules import DUTIES, DUTIES_OF, Duty, Role
from lapak.people.users.models import User
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return User.objects.create_user("owner@example.com", name="Owner")


@pytest.fixture
def helper() -> User:
    return User.objects.create_user("helper@example.com", name="Helper")


@pytest.fixture
def shop(owner: User) -> Shop:
    return open_shop(owner, slug="batik", name="Batik", city="Cirebon", province_code="32")


def test_who_accepts_works_in_the_role_they_were_asked_for(owner: User, helper: User, shop: Shop) -> None:
    invitation = members.invite_member(owner, shop.id, email=" Helper@example.com ", role="orders")
    members.accept_invitation(helper, invitation.id)
    assert member_for_seller(helper, shop.slug).role == Role.ORDERS
    assert works_for(helper, shop.id, Duty.ORDERS)
    changes = [(change.field, change.old, change.new, change.by_id) for change in Change.objects.order_by("id")]
    assert changes == [("invitation", "", "orders", owner.id), ("role", "", "orders", helper.id)]


def test_who_declines_or_was_told_never_mind_does_not(owner: User, helper: User, shop: Shop) -> None:
    members.decline_invitation(helper, members.invite_member(owner, shop.id, email=helper.email, role="admin").id)
    taken_back = members.invite_member(owner, shop.id, email=helper.email, role="admin")
    members.withdraw_invitation(owner, shop.id, taken_back.id)
    with refused(InvitationNotFound):
        members.accept_invitation(helper, taken_back.id)
    assert shop.members.count() == 1


def test_whoever_runs_the_marketplace_works_for_none(owner: User, shop: Shop) -> None:
    operator = User.objects.create_superuser("operator@example.com")
    invitation = members.invite_member(owner, shop.id, email=operator.email, role="admin")
    with refused(OperatorSellsNothing):
        members.accept_invitation(operator, invitation.id)
    members.decline_invitation(operator, invitation.id)


def test_whom_nobody_knows_or_who_is_there_is_not_invited(
    owner: User, helper: User, shop: Shop, nothing_written: None
) -> None:
    with refused(UserUnknown):
        members.invite_member(owner, shop.id, email="nobody@example.com", role="admin")
    with refused(AlreadyMember):
        members.invite_member(owner, shop.id, email=owner.email, role="admin")


def test_the_last_owner_neither_goes_nor_becomes_less(owner: User, shop: Shop, nothing_written: None) -> None:
    for end in (
        lambda: members.leave_shop(owner, shop.id),
        lambda: members.remove_member(owner, shop.id, owner.id),
        lambda: members.change_role(owner, shop.id, owner.id, "admin"),
    ):
        with refused(OwnerNeeded):
            end()
    assert member_for_seller(owner, shop.slug).role == Role.OWNER


def test_of_two_owners_one_may_go(owner: User, helper: User, shop: Shop) -> None:
    members.accept_invitation(helper, members.invite_member(owner, shop.id, email=helper.email, role="admin").id)
    members.change_role(owner, shop.id, helper.id, "owner")
    members.leave_shop(owner, shop.id)
    assert [member.user for member in shop.members.all()] == [helper]


def test_only_owners_touch_where_money_goes_and_who_is_a_member() -> None:
    assert [role for role in Role if Duty.OWNERSHIP in DUTIES_OF[role]] == [Role.OWNER]
    assert DUTIES_OF[Role.OWNER] == frozenset(Duty)
    assert set(DUTIES_OF) == set(Role)
    assert set(DUTIES) == set(Duty)
