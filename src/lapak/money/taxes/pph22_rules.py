"""When PPh 22 is withheld from what a shop sells: pure. PMK 37/2025; docs/concepts/taxes.md."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lapak.lib.dated import Dated

PPH22_BP = Dated((date(2025, 7, 14), 50))
"""Basis points of the goods, without VAT (PMK 37/2025)."""

SHORTEST_WORDS = 10
"""Less says nothing that a tax officer could follow. Ours."""

LONGEST_WORDS = 2_000
"""Characters of what is told to shops, or written down for the next person."""


@dataclass(frozen=True, slots=True)
class Step:
    """From this day on, in Jakarta, PPh 22 is withheld, or is not."""

    begins_on: date
    is_on: bool


def is_withheld(on: date, steps: Sequence[Step]) -> bool:
    """Whether PPh 22 is in force on the day it is paid. `steps` in the order in which they were set: of two for the same day the
    later one holds, and before the first nothing is withheld."""
    begun = [(step.begins_on, place, step.is_on) for place, step in enumerate(steps) if step.begins_on <= on]
    return max(begun)[-1] if begun else False


def earliest_step(today: date) -> date:
    """The first day for which something can be set: what is paid today is withheld from as it was told this morning."""
    return today + timedelta(days=1)
