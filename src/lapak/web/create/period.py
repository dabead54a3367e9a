"""Which days a creator looks at: the last 7, 30, 90 or 365, or the month that runs; and those before, for comparison."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lapak.lib import clock
from lapak.lib.days import last_days

MONTH = "month"
PERIODS = ("7", "30", "90", "365", MONTH)
USUAL = "30"
A_WEEK = 7
MOST_BARS = 100
"""Of more days, a bar stands for a week: a day would be thinner than a pixel of a phone."""


@dataclass(frozen=True, slots=True)
class Period:
    """So many days, today last."""

    name: str
    today: date
    days: int

    @property
    def shown(self) -> list[date]:
        return last_days(self.days, self.today)

    @property
    def first(self) -> date:
        return self.shown[0]

    @property
    def before(self) -> tuple[date, date]:
        """The first and the last of as many days just before; of a month that runs, the same days of the month before."""
        last = self.first - timedelta(days=1)
        if self.name != MONTH:
            return self.first - timedelta(days=self.days), last
        return last.replace(day=1), min(last, last.replace(day=1) + timedelta(days=self.days - 1))

    @property
    def bar_days(self) -> int:
        """How many days a bar stands for."""
        return A_WEEK if self.days > MOST_BARS else 1


def words_of(name: str) -> str:
    """What the period is called."""
    if name == MONTH:
        return _("This month")
    return ngettext("%(days)s day", "%(days)s days", int(name)) % {"days": name}


def asked_period(asked: QueryDict) -> Period:
    """`?days=`: one of `PERIODS`; anything else is the usual one."""
    name, today = asked.get("days", ""), clock.today()
    name = name if name in PERIODS else USUAL
    return Period(name, today, today.day if name == MONTH else int(name))
