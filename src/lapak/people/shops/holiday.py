"""A shop's own holiday: days on which its goods are shown and not sold, and which are no working days of its clocks."""

from dataclasses import dataclass
from datetime import date, timedelta

LONGEST_HOLIDAY = timedelta(days=60)
"""Lebaran with its journey home and back, twice over. Who is away for longer takes the goods off sale. The number is ours."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """Whole days in the shop's time zone, the first and the last included."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def lies_in(self, other: "Holiday | None") -> bool:
        """Whether it takes nothing away from buyers that the other did not take already."""
        return other is not None and self.first in other and self.last in other


def holiday_of(first: date | None, last: date | None) -> Holiday | None:
    """As it is stored: none without its days."""
    return Holiday(first, last) if first and last else None
