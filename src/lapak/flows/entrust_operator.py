"""Somebody works for the marketplace, in other roles, or no longer."""

from collections.abc import Collection

from lapak.lib.acts import act
from lapak.people.shops.queries import refuse_seller
from lapak.people.users.models import User
from lapak.people.users.operating import make_owner, set_operator_roles


@act
def entrust_operator(by: User, *, email: str, roles: Collection[str]) -> User:
    """The user with this e-mail works for the marketplace in these roles; in none: no longer.

    Refuses as `set_operator_roles`, and whoever works for a shop (`SellerOperatesNothing`): an operator decides about all.
    """
    user = set_operator_roles(by, email=email, roles=roles)
    if user.is_staff:
        refuse_seller(user)
    return user


@act
def make_first_owner(email: str) -> User:
    """The user with this e-mail owns the marketplace: for whoever runs the machine, on record with nobody's name. Refuses as
    `entrust_operator`."""
    user = make_owner(email)
    refuse_seller(user)
    return user
