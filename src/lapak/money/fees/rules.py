"""What the platform takes for a sale."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class FeeSchedule:
    """The platform's fee from a day on. Public, and never changed after its day: PMSE-FEE, 19/2026 Art. 14."""

    in_force_from: date
    rate_bp: int


SCHEDULES = (FeeSchedule(in_force_from=date(2023, 10, 4), rate_bp=200),)
"""Oldest first. 2 % of the goods: docs/concepts/money.md "The worked example"."""


def fee_schedule(on: date) -> FeeSchedule:
    """The schedule in force on a day; orders use the day they were placed."""
    in_force = [schedule for schedule in SCHEDULES if schedule.in_force_from <= on]
    if not in_force:
        raise ValueError(f"no fee schedule was in force on {on}")
    return in_force[-1]
