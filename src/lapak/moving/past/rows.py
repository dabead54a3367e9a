"""The rows of a list of what was sold before: how its numbers and moments are written is found out first."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, islice

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lapak.lib.money import MAX_IDR
from lapak.moving.bundle import SourceSheet
from lapak.moving.cells import Look, text_of, whole
from lapak.moving.errors import IdsLost
from lapak.moving.ids import Suspects
from lapak.moving.numbers import number_style
from lapak.moving.past.dates import DateStyle, could_be_two, date_style, moment, zone_of
from lapak.moving.problems import Problem, Weight
from lapak.moving.progress import Progress, Report
from lapak.moving.row import Row
from lapak.moving.values import Number, Unreadable
from lapak.moving.workbook import Cell, cell_text

_SAMPLE_ROWS = 1_000
_TELL_EVERY = 1_000
_DATES = ("placed_at", "paid_at", "settled_at")
_IDS = ("order_id", "sku_id")
NOTHING = {"-", "/"}
"""How reports write an empty cell."""


class PastRows:
    """The rows of a sheet that say anything: an empty cell may hold a tab."""

    def __init__(self, sheet: SourceSheet, money: Sequence[str], read_before: int, report: Report) -> None:
        """`money` names the columns of amounts; `read_before` says how many rows of other sheets were reported."""
        self._sheet, self._money, self._read_before, self._report = sheet, money, read_before, report
        self._look, self._dates = Look(), DateStyle.DAY_FIRST
        self._guessed: tuple[int, str] | None = None
        self._width = 1 + max(chain(*sheet.columns.values()))
        self._suspects = {name: Suspects() for name in _IDS if sheet.has(name)}
        self._zones = {name: zone_of(sheet.label(name)) for name in _DATES}
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        """Refuses (`IdsLost`) a sheet whose ids were rounded."""
        rows = self._data_rows()
        sample = list(islice(rows, _SAMPLE_ROWS))
        self._look.style = number_style(self._texts(sample, self._money))
        self._dates = self._date_style(sample)
        for self.count, (number, cells) in enumerate(chain(sample, rows), 1):
            row = Row(self._sheet, number, cells, self._look)
            for name, suspects in self._suspects.items():
                suspects.add(row.id(name))
            yield row
            if self.count % _TELL_EVERY == 0:
                self._report(Progress("read", self._read_before + self.count))
        if any(suspects.are_rounded for suspects in self._suspects.values()):
            name = next(name for name, suspects in self._suspects.items() if suspects.are_rounded)
            raise IdsLost(self._sheet.file, self._sheet.address(self._sheet.first_data_row, name))

    def placed_at(self, row: Row) -> datetime | Unreadable | None:
        """When it was ordered, else when it was paid."""
        return self.moment(row, "placed_at") or self.moment(row, "paid_at")

    def moment(self, row: Row, name: str) -> datetime | Unreadable | None:
        """The moment that the field's cell names."""
        return moment(row.cell(name), self._dates, self._zones[name])

    def notes(self) -> Iterator[Problem]:
        """What is to be known of the list as a whole once its rows were read: that its dates could be others."""
        if self._guessed is None:
            return
        number, name = self._guessed
        cells = next(cells for row, cells in self._data_rows() if row == number)
        cell = cells[self._sheet.columns[name][0]]
        read = moment(cell, self._dates, self._zones[name])
        if isinstance(read, datetime):
            message = _(
                "No date in this list tells whether the day or the month stands first: “%(written)s” is read as %(read)s. If the "
                "month stands first, write the dates as 2023-10-04 and give the list again."
            )
            words = {"written": text_of(cell), "read": date_format(read, "j F Y")}
            yield Problem(Weight.NOTE, self._sheet, number, name, message % words)

    def place_of_date(self) -> str:
        """The column that says so, for the seller."""
        return next(filter(self._sheet.has, _DATES))

    def _date_style(self, sample: Sequence[tuple[int, list[Cell]]]) -> DateStyle:
        """As the first rows show. Those of a busy shop may all be of a month's first twelve days: then as any row does."""
        shown = date_style(self._texts(sample, _DATES))
        two_ways = next(self._dates_of_two_ways(sample), None) if shown is None else None
        if two_ways and len(sample) == _SAMPLE_ROWS:
            shown = date_style(self._texts(self._data_rows(), _DATES))
        self._guessed = two_ways if shown is None else None
        return shown or DateStyle.DAY_FIRST

    def _dates_of_two_ways(self, rows: Iterable[tuple[int, list[Cell]]]) -> Iterator[tuple[int, str]]:
        """Their rows and fields."""
        for number, cells in rows:
            for name in filter(self._sheet.has, _DATES):
                if could_be_two(text_of(cells[self._sheet.columns[name][0]])):
                    yield number, name

    def _data_rows(self) -> Iterator[tuple[int, list[Cell]]]:
        for number, cells in self._sheet.data_rows():
            if any(map(text_of, cells)):
                yield number, cells + [""] * (self._width - len(cells))

    def _texts(self, rows: Iterable[tuple[int, list[Cell]]], names: Sequence[str]) -> Iterator[str]:
        columns = [self._sheet.columns[name][0] for name in names if self._sheet.has(name)]
        return (text_of(cells[column]) for _row, cells in rows for column in columns)


def number_in(row: Row, name: str) -> Number:
    """What the field's cell says; `-` and `/` are nothing."""
    return number_of(row.cell(name), row)


def number_of(cell: Cell, row: Row) -> Number:
    """The same of a cell of the row for which there is no field."""
    return None if cell_text(cell).strip() in NOTHING else whole(cell, row.look)


def is_amount(number: Number) -> bool:
    """Whether it is whole rupiah that anything can cost."""
    return isinstance(number, int) and 0 <= number <= MAX_IDR
