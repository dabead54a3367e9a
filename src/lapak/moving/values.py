"""What a cell of a seller's file can say."""

from enum import StrEnum

from msgspec import Struct


class Unreadable(Struct, frozen=True):
    """What a cell says where a whole number was expected."""

    text: str


Text = str | None
"""None: the file has no such column, so it says nothing. An empty cell is an empty text."""
Number = int | Unreadable | None
"""None: no such column, or an empty cell. A stock of None is unknown, never zero."""


class SourceStatus(StrEnum):
    """Whether the old platform was selling the product."""

    ACTIVE = "active"
    INACTIVE = "inactive"
