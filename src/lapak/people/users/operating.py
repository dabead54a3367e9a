"""As what people work for the marketplace: given and taken by an owner of it. It is never without one."""

from collections.abc import Collection

from django.db.models import QuerySet

from lapak.lib.acts import act
from lapak.people.audit.commands import note_changes
from lapak.people.audit.rules import Kind, Subject
from lapak.people.users.errors import (
    LastOwner,
    NotTheOperator,
    OperatorRoleUnknown,
    OperatorUnknown,
    TooManyOperators,
)
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, OperatorRole, require_desk
from lapak.people.users.queries import confirmed_emails
from lapak.people.users.sessions import end_other_sessions

MOST_OPERATORS = 200
"""Far above the staff of a marketplace of this size; a list of strangers ends here."""


@act
def set_operator_roles(by: User, *, email: str, roles: Collection[str]) -> User:
    """The user with this e-mail works for the marketplace in these roles from now on; in none: no longer. They sign in anew,
    for an operator's session is shorter.

    Refuses strangers (`NotTheOperator`), an operator who is no owner (`NotYourDesk`), an address that nobody confirmed
    (`OperatorUnknown`), a role that there is not (`OperatorRoleUnknown`), to leave the marketplace without an owner
    (`LastOwner`), and one operator too many (`TooManyOperators`).
    """
    require_desk(by, Desk.OPERATORS, NotTheOperator)
    staff = list(_lock_operators())
    require_desk(next((each for each in staff if each == by), User()), Desk.OPERATORS, NotTheOperator)
    given = _fit_roles(roles)
    user = _entrusted(email, staff)
    if not _has_owner([each for each in staff if each != user], given):
        raise LastOwner
    if not user.is_staff and len(staff) >= MOST_OPERATORS:
        raise TooManyOperators
    _write(by, user, given)
    return user


@act
def make_owner(email: str) -> User:
    """The user is an owner beside what they are: for whoever runs the machine. Refuses who has not joined
    (`OperatorUnknown`)."""
    staff = list(_lock_operators())
    user = _entrusted(email, staff)
    _write(None, user, _fit_roles({*user.operator_roles, OperatorRole.OWNER}))
    return user


def operators() -> QuerySet[User]:
    """Who works for the marketplace, the first on top."""
    return User.objects.filter(is_staff=True).order_by("id")


def _lock_operators() -> QuerySet[User]:
    """Held together: of two owners who take each other's role at once, one stays."""
    return operators().select_for_update(no_key=True)


def _fit_roles(roles: Collection[str]) -> list[str]:
    if not set(roles) <= set(OperatorRole.values):
        raise OperatorRoleUnknown
    return [role for role in OperatorRole.values if role in roles]


def _entrusted(email: str, staff: list[User]) -> User:
    """Whoever is no operator yet has shown the address to be theirs: an account can be made with anybody's."""
    user = User.objects.select_for_update(no_key=True).filter(email=email.strip().lower(), is_active=True).first()
    if user is None or (user not in staff and user.email not in confirmed_emails(user.id)):
        raise OperatorUnknown
    return user


def _has_owner(others: list[User], given: list[str]) -> bool:
    return OperatorRole.OWNER in given or any(
        OperatorRole.OWNER in each.operator_roles for each in others if each.is_active
    )


def _write(by: User | None, user: User, roles: list[str]) -> None:
    if roles == user.operator_roles:
        return
    old, new = {"operator_roles": ",".join(user.operator_roles)}, {"operator_roles": ",".join(roles)}
    note_changes(by.id if by else None, Subject(Kind.USER, user.id, str(user)), old, new)
    user.operator_roles, user.is_staff, user.is_superuser = roles, bool(roles), user.is_superuser and bool(roles)
    user.save(update_fields=["operator_roles", "is_staff", "is_superuser"])
    if user != by:
        end_other_sessions(user)
