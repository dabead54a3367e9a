"""Pure tax arithmetic; every amount whole rupiah, rounded half up at the one division of each rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate

from lapak.lib.calendar import is_working_day
from lapak.lib.dated import Dated
from lapak.lib.money import divide_half_up, share_idr

ARTICLE_17 = ((60_000_000, 500), (250_000_000, 1500), (500_000_000, 2500), (5_000_000_000, 3000))
"""Income tax brackets of Art. 17 UU PPh for individuals: up to (rupiah a year), rate (bp)."""

ARTICLE_17_TOP_BP = 3500

PPH23_BP = 200
"""Of a company's commission, basis points of the gross (Art. 23 UU PPh)."""


def vat_on_fee_idr(fee_idr: int) -> int:
    """VAT on the platform's fee: fee × 11/12 × 12 %."""
    return divide_half_up(fee_idr * 11 * 12, 12 * 100)


def owes_vat(on: date, taxable_since: date | None) -> bool:
    """Whether the operator is a taxable entrepreneur (PKP) on the day: obliged above Rp 4.8 bn a year, and only then
    is VAT on the fee theirs to take."""
    return taxable_since is not None and taxable_since <= on


def pph21_idr(gross_idr: int, earned_this_year_idr: int = 0) -> int:
    """PPh 21 on an individual creator's commission: Art. 17 rates on half of the gross, cumulative in the year."""
    return _article_17_idr(earned_this_year_idr + gross_idr) - _article_17_idr(earned_this_year_idr)


def pph21_of_months(grosses_idr: Sequence[int]) -> list[int]:
    """The PPh 21 on each month of a calendar year, given what was earned in each, the first first."""
    earned_idr = accumulate(grosses_idr, initial=0)
    return [pph21_idr(gross_idr, before_idr) for gross_idr, before_idr in zip(grosses_idr, earned_idr, strict=False)]


@dataclass(frozen=True, slots=True)
class Bracket:
    """Of Art. 17: from a gross of the year up to another (None: without end; IDR), and what each further rupiah of it is
    taxed at, basis points of that gross: half of the article's rate, as half of the gross is taxed."""

    above_idr: int
    up_to_idr: int | None
    rate_bp: int
    of_gross_bp: int


def brackets() -> list[Bracket]:
    """All brackets of Art. 17, in gross of a creator's year: twice the base of each."""
    ceilings = [2 * ceiling for ceiling, _ in ARTICLE_17]
    rates = [*(rate for _, rate in ARTICLE_17), ARTICLE_17_TOP_BP]
    return [
        Bracket(above, up_to, rate, rate // 2)
        for above, up_to, rate in zip([0, *ceilings], [*ceilings, None], rates, strict=True)
    ]


def bracket_of_next(gross_idr: int) -> Bracket:
    """The bracket in which the next rupiah falls of whoever has earned so much this year."""
    return next(each for each in brackets() if each.up_to_idr is None or gross_idr < each.up_to_idr)


def pph23_idr(gross_idr: int) -> int:
    """PPh 23 on a company creator's commission: `PPH23_BP` of the gross (?)."""
    return share_idr(gross_idr, PPH23_BP)


class Tax(StrEnum):
    """Taxes by when they are paid to the state."""

    INCOME = "income"
    """PPh 21, 22 and 23."""
    VAT = "vat"


DEPOSIT_DAY = Dated((date(2015, 1, 1), 10), (date(2025, 1, 1), 15))
"""The day of the month after by which income tax that was withheld is with the state: PMK 242/2014 (?), PMK 81/2024
Art. 94 (2), which names PPh 21, 22 and 23."""


def deposit_due(withheld_on: date, tax: Tax) -> date:
    """The last day to pay a tax of that day's month to the state: VAT by the end of the month after (UU PPN Art. 15A (?)),
    income tax by `DEPOSIT_DAY`; if nobody works on it, the next working day (PMK 81/2024 Art. 100 (1); joint leave is none)."""
    month_after = (withheld_on.replace(day=1) + timedelta(days=32)).replace(day=1)
    end = (month_after + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    due = end if tax is Tax.VAT else month_after.replace(day=DEPOSIT_DAY.on(withheld_on))
    while not is_working_day(due):
        due += timedelta(days=1)
    return due


def _article_17_idr(gross_idr: int) -> int:
    """Tax on half of a year's gross; worked on doubled amounts, so that no half rupiah is lost before rounding."""
    tax, floor = 0, 0
    for ceiling, rate_bp in (*ARTICLE_17, (gross_idr, ARTICLE_17_TOP_BP)):
        slice_doubled = max(0, min(gross_idr, 2 * ceiling) - 2 * floor)
        tax += slice_doubled * rate_bp
        floor = ceiling
    return divide_half_up(tax, 2 * 10_000)
