"""When PPh 22 is withheld from what a shop sells: pure. PMK 37/2025; docs/concepts/taxes.md."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lapak.lib.dated import Dated
from lapak.money.taxes.errors import LARGEST_FILE_MB
from lapak.money.taxes.numbers import TaxedAs

PPH22_BP = Dated((date(2025, 7, 14), 50))
"""Basis points of the goods, without VAT (PMK 37/2025)."""


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


def fit_window(first_day: date, last_day: date, today: date) -> bool:
    """Whether what was withheld on these days may be given back: there was such a tax, and they are over."""
    return PPH22_BP.steps[0][0] <= first_day <= last_day < today


class LetterKind(StrEnum):
    """Why nothing is to be withheld from a shop. The same values as `Letter.Kind`."""

    STATEMENT = "statement"
    SKB = "skb"


class LetterState(StrEnum):
    """The same values as `Letter.State`."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


SMALL_UP_TO_IDR = Dated((date(2025, 7, 14), 500_000_000))
"""Turnover of a person's calendar year up to which nothing is withheld, if they state so (PMK 37/2025)."""

SKB_LASTS_DAYS = 366
"""A letter of exemption is for a tax year at most."""


class Standing(StrEnum):
    """What becomes of a payment to a shop, and why."""

    OFF = "off"
    EXEMPT_SKB = "exempt_skb"
    EXEMPT_SMALL = "exempt_small"
    WITHHELD_CROSSED = "withheld_crossed"
    WITHHELD_COMPANY = "withheld_company"
    WITHHELD_NO_LETTER = "withheld_no_letter"

    @property
    def is_withheld(self) -> bool:
        return self.startswith("withheld")


def standing(
    *, is_on: bool, has_skb: bool, states_small: bool, crossed_in: date | None, day: date, taxed_as: str
) -> Standing:
    """Of a payment on that day: whether PPh 22 is in force, which accepted letters cover it, the month (its first day) in which
    the turnover was crossed, and what the shop is. Who crosses it in a month is withheld from with the next."""
    if not is_on:
        return Standing.OFF
    if has_skb:
        return Standing.EXEMPT_SKB
    if states_small:
        has_crossed = crossed_in is not None and crossed_in < day.replace(day=1)
        return Standing.WITHHELD_CROSSED if has_crossed else Standing.EXEMPT_SMALL
    return Standing.WITHHELD_COMPANY if taxed_as == TaxedAs.COMPANY else Standing.WITHHELD_NO_LETTER


def days_of_statement(year: int) -> tuple[date, date]:
    """A statement is for a calendar year."""
    return date(year, 1, 1), date(year, 12, 31)


def fit_days(kind: str, first_day: date, last_day: date, today: date) -> bool:
    """Whether a letter may be for these days: it is not over, and is no longer than its kind."""
    if kind == LetterKind.STATEMENT:
        return (first_day, last_day) == days_of_statement(first_day.year) and first_day.year in (
            today.year,
            today.year + 1,
        )
    is_near = first_day.year <= today.year + 1
    return is_near and today <= last_day and 0 <= (last_day - first_day).days < SKB_LASTS_DAYS


def is_fit_file(file: bytes) -> bool:
    """A PDF, and not too large."""
    return file.startswith(b"%PDF-") and len(file) <= LARGEST_FILE_MB * 1024 * 1024
