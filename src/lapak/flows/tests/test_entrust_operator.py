"""Who works for the marketplace, and as what: given and taken by an owner, on record, and never without one."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress

from lapak.flows.entrust_operator import entrust_operator
from lapak.flows.tell_people.desks import DESK_OF_FACT
from lapak.flows.tests.told import facts_of
from lapak.people.audit.models import Change
from lapak.people.notices.facts.for_operators import FOR_OPERATORS
from lapak.people.shops.errors import SellerOperatesNothing
from lapak.people.users.errors import LastOwner, NotTheOperator, OperatorRoleUnknown, OperatorUnknown
from lapak.people.users.models import Session, User
from lapak.people.users.operators import Desk, NotYourDesk, OperatorRole, works_at
from lapak.people.users.sessions import begin_session
from lapak.testing.cast import Cast, operator_as
from lapak.testing.refused import refused
from lapak.web.staff.desks import desks_of_page

pytestmark = pytest.mark.django_db


def test_somebody_begins_on_record_and_signs_in_anew(cast: Cast) -> None:
    begin_session(cast.buyer, device="Phone")
    user = entrust_operator(cast.operator, email=" Buyer@example.com ", roles=["finance", "support"])
    user.refresh_from_db()
    assert (user.is_staff, user.operator_roles) == (True, ["support", "finance"])
    assert works_at(user, Desk.PAYOUTS)
    assert works_at(user, Desk.COMPLAINTS)
    assert not works_at(user, Desk.OPERATORS)
    assert not Session.objects.filter(user=user).exists()
    change = Change.objects.get(field="operator_roles")
    assert (change.subject_id, change.by_id, change.old, change.new) == (
        str(user.id), cast.operator.id, "", "support,finance",
    )  # fmt: skip


def test_owners_are_told_and_nobody_else(cast: Cast) -> None:
    other, support = operator_as(OperatorRole.OWNER), operator_as(OperatorRole.SUPPORT)
    entrust_operator(cast.operator, email=cast.buyer.email, roles=["support"])
    assert facts_of(other) == ["operators_changed"]
    assert facts_of(support) == []
    assert facts_of(cast.buyer) == []


def test_without_a_role_nobody_works_here(cast: Cast) -> None:
    support = operator_as(OperatorRole.SUPPORT)
    entrust_operator(cast.operator, email=support.email, roles=[])
    support.refresh_from_db()
    assert (support.is_staff, support.operator_roles) == (False, [])


def test_saying_it_again_changes_nothing(cast: Cast, nothing_written: None) -> None:
    entrust_operator(cast.operator, email=cast.operator.email, roles=["owner"])


def test_the_last_owner_stays(cast: Cast) -> None:
    with refused(LastOwner):
        entrust_operator(cast.operator, email=cast.operator.email, roles=["finance"])
    other = operator_as(OperatorRole.OWNER)
    entrust_operator(other, email=cast.operator.email, roles=["finance"])
    cast.operator.refresh_from_db()
    with refused(NotYourDesk):
        entrust_operator(cast.operator, email=cast.operator.email, roles=["owner"])
    with refused(LastOwner):
        entrust_operator(other, email=other.email, roles=[])


def test_a_blocked_owner_counts_for_none(cast: Cast) -> None:
    other = operator_as(OperatorRole.OWNER)
    User.objects.filter(pk=other.pk).update(is_active=False)
    with refused(LastOwner):
        entrust_operator(cast.operator, email=cast.operator.email, roles=[])


def test_whose_role_was_taken_meanwhile_gives_none(cast: Cast) -> None:
    """What the request read of the one who acts may be old by then."""
    other = operator_as(OperatorRole.OWNER)
    as_read = User.objects.get(pk=other.pk)
    entrust_operator(cast.operator, email=other.email, roles=[])
    with refused(NotTheOperator):
        entrust_operator(as_read, email=cast.buyer.email, roles=["owner"])


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"email": "nobody@example.com"}, OperatorUnknown),
        ({"email": "stranger@example.com"}, OperatorUnknown),  # who has not confirmed it
        ({"roles": ["king"]}, OperatorRoleUnknown),
    ],
)
def test_what_is_unfit(cast: Cast, given: dict[str, Any], refusal: Any) -> None:
    EmailAddress.objects.filter(user=cast.stranger).update(verified=False)
    with refused(refusal):
        entrust_operator(cast.operator, **{"email": cast.buyer.email, "roles": ["support"], **given})


def test_whoever_works_for_a_shop_runs_no_marketplace(cast: Cast) -> None:
    with refused(SellerOperatesNothing):
        entrust_operator(cast.operator, email=cast.seller.email, roles=["support"])


def test_each_fact_is_told_to_those_who_may_open_its_page() -> None:
    for fact in FOR_OPERATORS:
        assert DESK_OF_FACT[fact.code] in desks_of_page(fact.page[0].removeprefix("admin:")), fact.code
