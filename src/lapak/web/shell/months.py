"""Months of an account, by which its statements are told: which ones a reader may choose, and the one that an address names."""

from datetime import date

from django.http import Http404, HttpRequest

from lapak.lib.months import MONTHS_OF_A_YEAR, this_month
from lapak.money.ledger.transfers import AccountKey
from lapak.money.statements.queries import months_with_statement

MONTHS_SHOWN = 24


def months_to_choose(request: HttpRequest, key: AccountKey) -> tuple[list[date], date]:
    """The month that runs and the newest in which something moved; and the one asked for (`?month=`), else the one that runs."""
    now, over = this_month(), months_with_statement(key, MONTHS_SHOWN)
    months = [now, *(month for month in over if month != now)]
    asked = request.GET.get("month", "")
    return months, next((each for each in months if f"{each:%Y-%m}" == asked), now)


def month_named(year: int, month: int) -> date:
    """Its first day; 404 for none that there is, and for one to come."""
    if not (1 <= month <= MONTHS_OF_A_YEAR and date.min.year < year < date.max.year):
        raise Http404
    day = date(year, month, 1)
    if day > this_month():
        raise Http404
    return day
