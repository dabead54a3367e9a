"""Reports of income: what the old platform paid for each order, and what it took of it. A row is an order, or an adjustment, that
was settled on a day. Either the report or the list of orders may come first; they are joined by the order's number."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import TypeVar

import msgspec
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from msgspec import Struct

from lapak.lib import clock
from lapak.lib.money import MAX_IDR, format_idr
from lapak.moving.bundle import MAX_SOURCE_ID_LENGTH, SourceSheet
from lapak.moving.formats.registry import is_known
from lapak.moving.past.fees import SHIPPING, UNNAMED, looks_like_a_fee
from lapak.moving.past.models import MAX_FEE_LENGTH, PastIncome
from lapak.moving.past.reading import error, platform_of
from lapak.moving.past.rows import NOTHING, PastRows, number_in, number_of
from lapak.moving.past.told import AT_ONCE, ToldRows
from lapak.moving.problems import Problem, Weight
from lapak.moving.progress import Report
from lapak.moving.row import Row
from lapak.people.shops.models import Shop

_EMPTY = NOTHING | {""}
_AN_ORDER = _EMPTY | {"order", "pesanan"}
_OF_A_SKU = "sku"
_RUPIAH = _EMPTY | {"idr", "rp"}
_MOST_UNKNOWN_FEES, _MOST_FEES = 60, 200
"""More than any report has fees; what is beyond stands in the total alone."""
_REVENUE, _FEE, _SHIPPING, _ADJUSTMENT = "revenue:", "fee:", "shipping:", "adjustment:"
_TOTALS = ("revenue_idr", "fees_idr", "paid_idr")

_A_ZONE_APART = timedelta(days=1)
"""Some reports count days in UTC."""
_MONTHS = 12

Key = tuple[str, str, str, date]


class Income(Struct, frozen=True):
    """What was paid and taken for one order, or as one adjustment, on a day."""

    platform: str
    source_id: str
    kind: str
    settled_on: date
    order_id: str
    payment_id: str
    revenue_idr: int
    fees: dict[str, int]
    adjustment_idr: int
    paid_idr: int

    @property
    def key(self) -> Key:
        """By which it is known."""
        return self.platform, self.source_id, self.kind, self.settled_on

    @property
    def adds_up_to_idr(self) -> int:
        """What should have been paid: fees are below nought."""
        return self.revenue_idr + sum(self.fees.values()) + self.adjustment_idr

    def __add__(self, other: "Income") -> "Income":
        """More of the same order on the same day."""
        return Income(
            *self.key, self.order_id, self.payment_id, self.revenue_idr + other.revenue_idr, _together(self.fees, other.fees),
            self.adjustment_idr + other.adjustment_idr, self.paid_idr + other.paid_idr,
        )  # fmt: skip


Told = TypeVar("Told", Income, PastIncome)
"""Told by a report, or here."""


@dataclass(slots=True)
class Incomes(ToldRows[PastIncome, Income]):
    """What the reports say, what is not fit, and what would be new or different. Of `rows`, those that tell of an order once
    more, SKU by SKU, are no part."""

    rows_of: dict[Key, int] = field(default_factory=dict)
    """How many rows say it."""
    first_rows: dict[Key, tuple[SourceSheet, int]] = field(default_factory=dict)
    """Where it is said first."""

    def add(self, own: Mapping[Key, Income], rows_of: Mapping[Key, int]) -> None:
        """What a later report says goes before; rows that it says anew, or of another day, are not counted again."""
        before = [each for key, each in self.by_key.items() if key not in own]
        after = [each for key, each in own.items() if key not in self.by_key]
        moved = set()
        for was, now in _paid_another_day(before, after):
            moved.add(was.key)
            self.note_assumed(was, now)
        self.counts.past_incomes.unchanged += sum(self.rows_of[key] for key in self.by_key.keys() & own.keys() | moved)
        for key in moved:
            del self.by_key[key]
        self.by_key |= own
        self.rows_of |= rows_of

    def note_assumed(self, was: "Income | PastIncome", now: Income) -> None:
        """Nothing but the amounts says that it is one payment: who knows better can say so."""
        if was.payment_id and now.payment_id:
            return
        message = _(
            "The same amounts of this order were told under %(day)s: taken for one payment, whose day is another now. If they "
            "are two, give both rows in one report."
        )
        sheet, row = self.first_rows[now.key]
        said = message % {"day": date_format(was.settled_on, "j F Y")}
        self.problems.append(Problem(Weight.NOTE, sheet, row, "settled_at", said))


def read_incomes(shop: Shop, sheets: Sequence[SourceSheet], report: Report) -> Incomes:
    """Everything the reports say, compared with what is here; where two say different things of one row, the later is right.
    Refuses (`IdsLost`) a report whose ids were rounded."""
    found = Incomes(PastIncome)
    for sheet in sheets:
        reader = _SheetReader(sheet, found)
        reader.read(report)
        found.add(reader.own, reader.rows_of)
    _plan(shop, found)
    return found


class _SheetReader:
    def __init__(self, sheet: SourceSheet, found: Incomes) -> None:
        self._sheet, self._found = sheet, found
        self._unknown = dict(islice(_unknown_fees(sheet), _MOST_UNKNOWN_FEES))
        self._said: set[tuple[object, ...]] = set()
        self.own: dict[Key, Income] = {}
        self.rows_of: dict[Key, int] = {}

    def read(self, report: Report) -> None:
        """What the sheet's rows say is in `own`."""
        rows = PastRows(self._sheet, _money(self._sheet), sum(self._found.rows.values()), report)
        of_skus = 0
        for row in rows:
            if (row.text("view") or "").casefold() == _OF_A_SKU:
                of_skus += 1
            else:
                self._take(row, rows)
        self._found.problems += rows.notes()
        self._found.rows[self._sheet] = rows.count - of_skus
        if self._unknown:
            self._note_unknown()

    def _take(self, row: Row, rows: PastRows) -> None:
        income = self._income(row, rows)
        if isinstance(income, list):
            self._found.problems += income
            self._found.counts.past_incomes.left_out += 1
            return
        said = (
            *income.key,
            income.payment_id,
            income.revenue_idr,
            *income.fees.items(),
            income.adjustment_idr,
            income.paid_idr,
        )
        known = self.own.get(income.key)
        if said in self._said:
            self._note(row, "order_id", _("The same as a row before: it was taken once."))
        else:
            self._said.add(said)
            self.own[income.key] = known + income if known else income
            self._check_sum(row, income)
        self.rows_of[income.key] = self.rows_of.get(income.key, 0) + 1
        self._found.first_rows.setdefault(income.key, (self._sheet, row.number))

    def _income(self, row: Row, rows: PastRows) -> Income | list[Problem]:
        source_id, settled_at = row.id("order_id"), rows.moment(row, "settled_at")
        unfit = list(_problems(row, source_id, settled_at))
        if unfit or not isinstance(settled_at, datetime):
            return unfit
        kind = PastIncome.Kind.ORDER if (row.text("kind") or "").casefold() in _AN_ORDER else PastIncome.Kind.ADJUSTMENT
        related, payment = row.id("related_id"), row.id("payment_id")
        parts = _amounts(row, _REVENUE)
        return Income(
            platform=platform_of(row),
            source_id=source_id,
            kind=kind,
            settled_on=settled_at.astimezone(clock.WIB).date(),
            order_id=source_id if related in _EMPTY else related[:MAX_SOURCE_ID_LENGTH],
            payment_id="" if payment in _EMPTY else payment[:MAX_SOURCE_ID_LENGTH],
            revenue_idr=_amount(row, "revenue_idr") if self._sheet.has("revenue_idr") else sum(parts.values()),
            fees=self._fees(row),
            adjustment_idr=sum(_amounts(row, _ADJUSTMENT).values()),
            paid_idr=_amount(row, "paid_idr"),
        )

    def _fees(self, row: Row) -> dict[str, int]:
        """By name, those of nought left out. Where the report has a total, they add up to it."""
        if self._sheet.has("fees"):
            return _fees_in_one_cell(row) or {}
        shipping_idr = sum(_amounts(row, _SHIPPING).values())
        fees = _together(_amounts(row, _FEE), {SHIPPING: shipping_idr})
        for column, label in self._unknown.items():
            number = number_of(row.cells[column], row) if column < len(row.cells) else 0
            fees = _together(fees, {label: number}) if _is_amount(number) and isinstance(number, int) else fees
        if self._sheet.has("fees_idr"):
            fees = _together(fees, {UNNAMED: _amount(row, "fees_idr") - sum(fees.values())})
        return fees

    def _check_sum(self, row: Row, income: Income) -> None:
        if income.adds_up_to_idr != income.paid_idr:
            message = _("Revenue, fees and adjustments come to %(sum)s, and %(paid)s was paid out. Both are kept.")
            amounts = {"sum": format_idr(income.adds_up_to_idr), "paid": format_idr(income.paid_idr)}
            self._note(row, "paid_idr", message % amounts)

    def _note(self, row: Row, name: str, message: str) -> None:
        self._found.problems.append(Problem(Weight.NOTE, self._sheet, row.number, name, message))

    def _note_unknown(self) -> None:
        message = _("Fees that Lapak does not know by name are kept by their label (%(count)d): %(labels)s.")
        labels = ", ".join(self._unknown.values())
        text = message % {"count": len(self._unknown), "labels": labels}
        self._found.problems.append(Problem(Weight.NOTE, self._sheet, self._sheet.header_row, "", text))


def _unknown_fees(sheet: SourceSheet) -> Iterator[tuple[int, str]]:
    """Columns that nobody knows and that are fees by their label."""
    for column, label in sheet.unmapped.items():
        if sheet.layout.field_of(label) is None and looks_like_a_fee(label):
            yield column, label[:MAX_FEE_LENGTH]


def _problems(row: Row, source_id: str, settled_at: object) -> Iterator[Problem]:
    if source_id in _EMPTY:
        yield error(row, "order_id", _("The row does not say which order it belongs to."))
    elif len(source_id) > MAX_SOURCE_ID_LENGTH:
        yield error(row, "order_id", _("Longer than %(limit)d characters.") % {"limit": MAX_SOURCE_ID_LENGTH})
    if not isinstance(settled_at, datetime):
        yield error(row, "settled_at", _("When it was paid out cannot be told from this."))
    if (currency := row.text("currency") or "").casefold() not in _RUPIAH:
        said = _("The amounts are in %(currency)s, not in rupiah.") % {"currency": currency[:10]}
        yield error(row, "currency", said)
    if not is_known(platform_of(row)):
        yield error(row, "platform", _("Lapak knows no platform of this name."))
    if row.sheet.has("fees") and _fees_in_one_cell(row) is None:
        yield error(row, "fees", _("These are no fees with their amounts."))
    for name in _money(row.sheet):
        if not _is_amount(number_in(row, name)):
            yield error(row, name, _("This is no amount in whole rupiah."))


def _money(sheet: SourceSheet) -> list[str]:
    """The sheet's known columns of amounts."""
    groups = (_REVENUE, _FEE, _SHIPPING, _ADJUSTMENT)
    return [name for name in sheet.columns if name in _TOTALS or name.startswith(groups)]


def _fees_in_one_cell(row: Row) -> dict[str, int] | None:
    """As Lapak's own list writes them; None where they are none."""
    try:
        fees = msgspec.json.decode(row.text("fees") or "{}", type=dict[str, int])
    except msgspec.DecodeError:
        return None
    is_fit = all(len(name) <= MAX_FEE_LENGTH and _is_amount(idr) for name, idr in fees.items())
    return _together(fees, {}) if is_fit and len(fees) <= _MOST_FEES else None


def _is_amount(number: object) -> bool:
    """Whether it is whole rupiah, below nought or above, or nothing."""
    return number is None or (isinstance(number, int) and abs(number) <= MAX_IDR)


def _amount(row: Row, name: str) -> int:
    number = number_in(row, name)
    return number if isinstance(number, int) else 0


def _amounts(row: Row, group: str) -> dict[str, int]:
    """The row's amounts in the columns of a group, by what follows its name."""
    return {name.removeprefix(group): _amount(row, name) for name in row.sheet.columns if name.startswith(group)}


def _together(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    """Added up by name; what comes to nothing is left out."""
    added = {name: one.get(name, 0) + other.get(name, 0) for name in {**one, **other}}
    return {name: idr for name, idr in added.items() if idr}


def _plan(shop: Shop, found: Incomes) -> None:
    told = list(found.by_key.values())
    for begin in range(0, len(told), AT_ONCE):
        some = told[begin : begin + AT_ONCE]
        ids = {each.source_id for each in some}
        known = PastIncome.objects.filter(shop=shop, source_id__in=ids)
        here = {(each.platform, each.source_id, each.kind, each.settled_on): each for each in known}
        no_more = [each for key, each in here.items() if key not in found.by_key]
        moved = {
            now.key: was for was, now in _paid_another_day(no_more, [each for each in some if each.key not in here])
        }
        for each in some:
            if was := moved.get(each.key):
                found.note_assumed(was, each)
            was = here.get(each.key) or was
            found.counts.past_incomes.count(found.compare(was, each), found.rows_of[each.key])


def _paid_another_day(before: Iterable[Told], after: Iterable[Income]) -> Iterator[tuple[Told, Income]]:
    """What a later report says of the same payment on another day, each once."""
    by_line: defaultdict[tuple[object, ...], list[Told]] = defaultdict(list)
    for was in before:
        by_line[_line(was)].append(was)
    for now in after:
        same = by_line.get(_line(now), [])
        fitting = [was for was in same if _is_one_payment(was, now)]
        for was in fitting[:1]:
            same.remove(was)
            yield was, now


def _is_one_payment(was: "Income | PastIncome", now: Income) -> bool:
    """Of the same order and amounts. The platform's numbers of both decide, where the reports have them; without, a day that the
    zone or the order of day and month explains is the same day told otherwise, and any other is another payment."""
    if was.payment_id and now.payment_id:
        return was.payment_id == now.payment_id
    apart = abs(was.settled_on - now.settled_on)
    return apart <= _A_ZONE_APART or _turned(was.settled_on) == now.settled_on


def _turned(day: date) -> date | None:
    """With day and month the other way round, where that is a day."""
    return day.replace(day=day.month, month=day.day) if day.day <= _MONTHS else None


def _line(income: Income | PastIncome) -> tuple[object, ...]:
    """All of it but the day and its number."""
    fees = tuple(sorted(income.fees.items()))
    return (
        income.platform,
        income.source_id,
        income.kind,
        income.revenue_idr,
        fees,
        income.adjustment_idr,
        income.paid_idr,
    )
