"""What the clock does about clicks: room for those that come, an end to those that are old, visitors forgotten."""

from django.db import connection

from lapak.affiliates.attribution import LONGEST_WINDOW
from lapak.affiliates.clicks.models import DayKey, VisitorMark
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.days import begin_of
from lapak.lib.months import months_after, this_month

MONTHS_AHEAD = 2
"""Have their partition already: a clock that stood still for weeks costs nothing. What comes later waits among the others."""


@act
def keep_click_months() -> int:
    """The months from the oldest click that can earn to two ahead have a partition each, and those that are older as a whole are
    gone; answers how many were made and dropped.

    Clicks of a month that had none, as after a long standstill, move into it. The partitions are the database owner's: two of
    its functions (migrations/0002_partitions.py) make and drop them, and nothing else.
    """
    oldest = begin_of(clock.today(), clock.WIB) - LONGEST_WINDOW
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT clicks_drop_months(%s) + clicks_make_months(%s, %s)",
            [oldest, oldest.date(), months_after(this_month(), MONTHS_AHEAD)],
        )
        return int(cursor.fetchone()[0])


@act
def forget_visitors() -> int:
    """The marks of days that are over are gone, and the keys that they were made with; answers how many marks."""
    today = begin_of(clock.today(), clock.WIB)
    DayKey.objects.filter(day__lt=today.date()).delete()
    forgotten, _of_kind = VisitorMark.objects.filter(minute__lt=int(today.timestamp()) // 60).delete()
    return forgotten
