"""What a schedule of fees says of a sale, and what a new one has to keep: pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from lapak.lib.calendar import after_working_days
from lapak.lib.clock import WIB
from lapak.lib.dated import Dated

EVERYTHING = ""
"""As a category: whatever no other rate is for."""

MOST_FEE_BP = 1500
"""No slip of the keyboard goes further: with a commission of 80 % there is something left for the shop. Ours."""

MOST_RATES = 100
"""Of one schedule: more than there are categories of the two upper levels. Ours."""

NOTICE_DAYS = Dated((date(2023, 10, 4), 30), (date(2026, 6, 17), 90))
"""From the day a change of fees is told to the day it begins: Permen UMKM 3/2026; before, 30 days as for commissions, ours."""

OBJECTION_ANSWERED_WITHIN = Dated((date(2026, 6, 8), 14))
"""Working days: an objection without an answer for so long counts as accepted (Permendag 19/2026 Art. 18)."""

LONGEST_WORDS = 2_000
"""Characters, of what is announced, of an objection and of its answer."""

SHORTEST_WORDS = 10
"""Less says nothing that anybody could answer."""

READY_TO_EAT = ("makanan.camilan", "makanan.minuman")
"""Categories to which the lower fee of small sellers does not reach (Permen UMKM 3/2026: no food that is ready to eat)."""


class Answer(StrEnum):
    """What became of a schedule at one shop. The same values as `Consent.State`."""

    AGREED = "agreed"
    OBJECTED = "objected"
    DECLINED = "declined"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Rate:
    """Basis points of what goods of a category and those below it were sold for; `small_bp` is what a small seller of domestic
    goods pays."""

    rate_bp: int
    small_bp: int


Rates = Mapping[str, Rate]
"""By category's code; `EVERYTHING` is always there."""


def rate_for(rates: Rates, category: str) -> Rate:
    """The rate of the nearest category above goods that are in this one, or in none."""
    code = category
    while code and code not in rates:
        code = code.rpartition(".")[0]
    return rates[code]


def fee_bp(rates: Rates, category: str, *, is_small: bool, is_domestic: bool) -> int:
    """What is taken of goods in this category from a shop of this size."""
    rate = rate_for(rates, category)
    return rate.small_bp if is_small and is_domestic and not is_ready_to_eat(category) else rate.rate_bp


def is_ready_to_eat(category: str) -> bool:
    """Whether goods of the category are food that is ready to eat."""
    return any(category == code or category.startswith(f"{code}.") for code in READY_TO_EAT)


def is_dearer(new: Rates, old: Rates) -> bool:
    """Whether anybody pays more by the new one for anything: then it needs consent."""
    return any(
        rate_for(new, code).rate_bp > rate_for(old, code).rate_bp
        or rate_for(new, code).small_bp > rate_for(old, code).small_bp
        for code in {*new, *old}
    )


def most_for_small_bp(rate_bp: int) -> int:
    """Half, at most (Permen UMKM 3/2026)."""
    return rate_bp // 2


def earliest_begin(told_on: date) -> date:
    """The first day on which a schedule may begin that is told on a day."""
    return told_on + timedelta(days=NOTICE_DAYS.on(told_on))


def answer_by(objected_at: datetime) -> datetime:
    """Until when an objection waits for an answer, on the working days of Jakarta."""
    day = objected_at.astimezone(WIB).date()
    return after_working_days(objected_at, OBJECTION_ANSWERED_WITHIN.on(day), WIB.key)


def fee_shares(lines: Iterable[tuple[int, int]]) -> int:
    """The fee of goods in ten-thousandths of a rupiah, given what each line was paid (IDR) and its rate (bp)."""
    return sum(paid_idr * rate_bp for paid_idr, rate_bp in lines)
