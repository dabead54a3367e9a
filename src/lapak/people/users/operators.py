"""Who runs the marketplace, and may do what there: the one place that is asked."""

from enum import StrEnum

from lapak.lib.refusal import NotFound
from lapak.people.users.models import User


class Desk(StrEnum):
    """A part of the operator's work. Whoever is staff has all of them today; a role will name some."""

    MONEY = "money"
    PAYOUTS = "payouts"
    DISPUTES = "disputes"
    RETURNS = "returns"
    REVIEWS = "reviews"
    PARCELS = "parcels"
    CREATORS = "creators"
    SHIPPING = "shipping"
    BOOKS = "books"
    HISTORY = "history"
    CLOSINGS = "closings"
    COMPLAINTS = "complaints"


def works_at(by: User, desk: Desk) -> bool:  # noqa: ARG001 - asked by every act, so that a role needs no other place
    """Whether the user does this part of the operator's work."""
    return by.is_staff and by.is_active


def require_desk(by: User, desk: Desk, refusal: type[NotFound]) -> None:
    """The gate of the operator's acts: for anyone else what they are about is not there."""
    if not works_at(by, desk):
        raise refusal
