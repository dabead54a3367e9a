"""Moments as files write them: in Jakarta's time unless they say another, the day first unless the file shows that it is not."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from enum import Enum

from lapak.lib import clock
from lapak.moving.cells import text_of
from lapak.moving.values import Unreadable
from lapak.moving.workbook import Cell


class DateStyle(Enum):
    """Which of two numbers is the day: `04/10/2023` is the fourth of October, in America the tenth of April."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


_EARLIEST = datetime(2009, 1, 1, tzinfo=clock.WIB)
"""No marketplace of today is older: what lies before is a slip, or a spreadsheet's day nought."""
_EXCEL_DAYS_FROM = datetime(1899, 12, 30, tzinfo=UTC)
_EXCEL_DAY = re.compile(r"(4|5)\d{4}(\.\d+)?")
"""A moment that lost its format: days since 1900. Those of 2009 to 2064."""
_SECONDS_SINCE_1970 = re.compile(r"(1\d{9})(?:\d{3})?")
"""As programs write a moment, Shopee's among them, some with thousandths: those of 2001 to 2033."""
_TIME = r"(?:[ T,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*(AM|PM)?\s*(WIB|Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}", re.IGNORECASE)
_YEAR_LAST = re.compile(rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}){_TIME}", re.IGNORECASE)
_IN_WORDS = re.compile(rf"(\d{{1,2}})[ -]([a-z]{{3,9}})\.?[ -](\d{{4}}){_TIME}", re.IGNORECASE)
_ZONE_OF_LABEL = re.compile(r"(?:\b|_)(?:UTC|GMT)\s*([+-](?:1[0-4]|0?\d))?\b", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_INDONESIAN = {"mei": "may", "agu": "aug", "agt": "aug", "ags": "aug", "okt": "oct", "nop": "nov", "des": "dec"}
_HALF_DAY = 12


def date_style(texts: Iterable[str]) -> DateStyle | None:
    """Which number is the day, in a file with these dates: the first, unless one could not be and none could not be the
    month, or the clock is America's. None where no date tells."""
    month_first = False
    for text in texts:
        if found := _YEAR_LAST.fullmatch(text):
            if int(found[1]) > _HALF_DAY:
                return DateStyle.DAY_FIRST
            month_first = month_first or int(found[2]) > _HALF_DAY or bool(found[7])
    return DateStyle.MONTH_FIRST if month_first else None


def could_be_two(text: str) -> bool:
    """Whether it is another day where the month stands first."""
    found = _YEAR_LAST.fullmatch(text)
    return found is not None and int(found[1]) != int(found[2])


def zone_of(label: str) -> tzinfo:
    """In which the moments below a label are: `Order settled time (UTC)`; Jakarta's where it names none."""
    found = _ZONE_OF_LABEL.search(label)
    return timezone(timedelta(hours=int(found[1] or 0))) if found else clock.WIB


def moment(cell: Cell, style: DateStyle, zone: tzinfo = clock.WIB) -> datetime | Unreadable | None:
    """The moment a cell names of what has happened; None for an empty one. One before 2009, or yet to come, is a slip. `zone`
    is the column's, which a cell may know better."""
    named = any_moment(cell, style, zone)
    if not isinstance(named, datetime) or _EARLIEST <= named <= clock.now() + timedelta(days=1):
        return named
    return Unreadable(cell.isoformat() if isinstance(cell, date) else text_of(cell))


def any_moment(cell: Cell, style: DateStyle, zone: tzinfo = clock.WIB) -> datetime | Unreadable | None:
    """The moment a cell names, whenever it is; None for an empty one."""
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=cell.tzinfo or zone)
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day, tzinfo=zone)
    said = text_of(cell)
    if said in {"", "-", "/"}:
        return None
    parts = _parts(said, style)
    try:
        return _moment(*parts, zone) if parts else _counted(said, zone) or Unreadable(said)
    except ValueError:  # the 31st of February
        return Unreadable(said)


def _counted(said: str, zone: tzinfo) -> datetime | None:
    """A moment that is a number of days or of seconds."""
    if _EXCEL_DAY.fullmatch(said):
        return _EXCEL_DAYS_FROM.replace(tzinfo=zone) + timedelta(seconds=round(float(said) * 86_400))
    seconds = _SECONDS_SINCE_1970.fullmatch(said)
    return datetime.fromtimestamp(int(seconds[1]), UTC) if seconds else None


_Parts = tuple[int, int, int, tuple[str | None, ...]]


def _parts(said: str, style: DateStyle) -> _Parts | None:
    """Year, month, day, and what stands behind them."""
    if found := _YEAR_FIRST.fullmatch(said):
        return int(found[1]), int(found[2]), int(found[3]), found.groups()[3:]
    if found := _YEAR_LAST.fullmatch(said):
        first, second = int(found[1]), int(found[2])
        day, month = (first, second) if style is DateStyle.DAY_FIRST else (second, first)
        return int(found[3]), month, day, found.groups()[3:]
    if (found := _IN_WORDS.fullmatch(said)) and (named := _month(found[2])):
        return int(found[3]), named, int(found[1]), found.groups()[3:]
    return None


def _month(word: str) -> int | None:
    short = word[:3].casefold()
    short = _INDONESIAN.get(short, short)
    return _MONTHS.index(short) + 1 if short in _MONTHS else None


def _moment(year: int, month: int, day: int, time: tuple[str | None, ...], zone: tzinfo) -> datetime:
    hour, minute, second, half, own_zone = time
    hours = int(hour or 0)
    if half:
        hours = hours % _HALF_DAY + (_HALF_DAY if half.upper() == "PM" else 0)
    if own_zone is not None:
        zone = clock.WIB if own_zone.upper() == "WIB" else timezone(_ahead(own_zone))
    return datetime(year, month, day, hours, int(minute or 0), int(second or 0), tzinfo=zone)


def _ahead(zone: str) -> timedelta:
    """How far the zone's clock is ahead of UTC: `+07:00`."""
    digits = re.sub(r"\D", "", zone)
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:])) if digits else timedelta()
    return -ahead if zone.startswith("-") else ahead
