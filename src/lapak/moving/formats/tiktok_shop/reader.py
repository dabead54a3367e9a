"""Reads the rows of a Seller Center sheet into the bundle."""

import hashlib
import operator
import re
from collections.abc import Callable, Iterator
from itertools import chain, islice

from django.utils.translation import gettext as _

from lapak.lib.numbers import whole_number, without_currency
from lapak.moving.bundle import (
    Bundle,
    Disagreement,
    Number,
    SourceProduct,
    SourceSheet,
    SourceStatus,
    SourceVariant,
    Text,
    Unreadable,
)
from lapak.moving.errors import IdsLost
from lapak.moving.numbers import number_style
from lapak.moving.pictures import picture_key
from lapak.moving.plain_text import clean, plain_text
from lapak.moving.progress import Progress, Report
from lapak.moving.workbook import Cell, cell_text

_SAMPLE_ROWS = 1_000
_TELL_EVERY = 1_000
_MAX_SHARED = 10_000

# A spreadsheet keeps 15 digits of a number: a longer id becomes 1.72055E+18, or ends in zeros.
_SCIENTIFIC = re.compile(r"\d+([.,]\d+)?E\+?\d+", re.IGNORECASE)
_MAX_EXACT = 10**15
_ROUNDED = re.compile(r"\d{12,}0000")
_MIN_ROUNDED_ROWS = 3
"""One id in ten thousand truly ends in four zeros; that three rows in a row begin with such ids is no chance."""

_NAME_AND_ID = re.compile(r"(.*?)\s*\((\d+)\)")
_ID_AND_PATH = re.compile(r"\d{4,}/(.+)")
_STATUS_CODE = re.compile(r"\((\d+)\)\s*$")
_ACTIVE_WORDS = frozenset({"aktif", "active", "live", "activate"})


def read_sheet(sheet: SourceSheet, bundle: Bundle, report: Report) -> None:
    """The sheet's products and SKUs are in the bundle. Refuses (`IdsLost`) a sheet whose ids were rounded."""
    _SheetReader(sheet, bundle).read(report)


class _Draft:
    """A product as its rows are read: the bundle's product, and the raw cells later rows are compared with."""

    __slots__ = ("cells", "product")

    def __init__(self, product: SourceProduct, cells: dict[str, Cell]) -> None:
        self.product = product
        self.cells = cells


class _SheetReader:
    def __init__(self, sheet: SourceSheet, bundle: Bundle) -> None:
        self._sheet = sheet
        self._bundle = bundle
        self._paths = _category_paths(sheet)
        self._drafts: dict[str, _Draft] = {}
        self._shared: dict[tuple[Cell, ...], dict[str, str]] = {}
        self._rows_read = 0
        self._rounded_rows = 0
        first = {name: columns[0] for name, columns in sheet.columns.items()}
        self._columns = first
        self._width = 1 + max(*first.values(), *sheet.attributes, *sheet.unmapped, *sheet.columns.get("images", ()))
        self._has_ids = "product_id" in first and "sku_id" in first
        # Fields of the product, with what turns each one's cell into the product's value.
        self._readers: dict[str, Callable[[Cell], object]] = {
            "title": _text,
            "description": lambda cell: plain_text(cell_text(cell)),
            "category": self._category,
            "brand": lambda cell: _without_id(_text(cell)),
            "status": _status,
            "weight_g": self._number,
            "length_cm": self._number,
            "width_cm": self._number,
            "height_cm": self._number,
        }
        self._product_columns = {name: first[name] for name in self._readers if name in first}

    def read(self, report: Report) -> None:
        rows = self._data_rows()
        sample = list(islice(rows, _SAMPLE_ROWS))
        numeric = [self._columns[name] for name in ("price_idr", "stock") if name in self._columns]
        self._style = number_style(_text(cells[column]) for _row, cells in sample for column in numeric)
        for row, cells in chain(sample, rows):
            self._take(row, cells)
            self._rows_read += 1
            if self._rows_read % _TELL_EVERY == 0:
                report(Progress("read", self._rows_read))
        report(Progress("read", self._rows_read))

    def _data_rows(self) -> Iterator[tuple[int, list[Cell]]]:
        for row, cells in self._sheet.workbook.rows(self._sheet.sheet):
            if row >= self._sheet.first_data_row:
                yield row, cells + [""] * (self._width - len(cells))

    def _take(self, row: int, cells: list[Cell]) -> None:
        product_id, sku_id = self._ids(row, cells)
        if not product_id:
            if any(map(_text, cells)):
                self._bundle.nameless_rows.append((self._sheet, row))
            return
        draft = self._drafts.get(product_id)
        if draft is None:
            draft = self._drafts[product_id] = self._begin(product_id, row, cells)
        else:
            self._compare(draft, row, cells)
        draft.product.variants.append(self._variant(draft.product.product_id, sku_id, row, cells))

    def _ids(self, row: int, cells: list[Cell]) -> tuple[str, str]:
        if self._has_ids:
            return self._id(row, cells, "product_id"), self._id(row, cells, "sku_id")
        # Upload templates carry no ids: a product goes by its title, a SKU by its options.
        title = self._cell_text(cells, "title") or ""
        if not title:
            return "", ""
        product_id = _digest(title)
        return product_id, _digest(title, *self._options(cells))

    def _id(self, row: int, cells: list[Cell], name: str) -> str:
        cell = cells[self._columns[name]]
        if isinstance(cell, float | int) and not isinstance(cell, bool):
            if abs(cell) >= _MAX_EXACT or not float(cell).is_integer():
                raise self._ids_lost(row, name)
            return str(int(cell))
        text = _text(cell).strip("'")
        if _SCIENTIFIC.fullmatch(text):
            raise self._ids_lost(row, name)
        if name == "sku_id" and self._rows_read == self._rounded_rows and _ROUNDED.fullmatch(text):
            self._rounded_rows += 1
            if self._rounded_rows >= _MIN_ROUNDED_ROWS:
                raise self._ids_lost(row, name)
        return text

    def _ids_lost(self, row: int, name: str) -> IdsLost:
        reason = _(
            "The ids were rounded when the file was saved in a spreadsheet program (%(cell)s). Download the export "
            "again, and give it without opening and saving it; or keep the id columns formatted as text."
        )
        return IdsLost(self._sheet.workbook.name, reason % {"cell": self._sheet.address(row, name)})

    def _begin(self, product_id: str, row: int, cells: list[Cell]) -> _Draft:
        raw = {name: cells[column] for name, column in self._product_columns.items()}
        known = self._bundle.products.get(product_id)
        if known is not None:  # begun in another of the given files
            return _Draft(known, raw)
        values = {name: self._readers[name](cell) for name, cell in raw.items()}
        addresses = self._image_addresses(cells)
        product = SourceProduct(
            sheet=self._sheet,
            row=row,
            product_id=product_id,
            attributes=self._attributes(cells),
            images=None if addresses is None else tuple(filter(None, dict.fromkeys(map(picture_key, addresses)))),
            option_names=self._option_names(cells),
            originals=self._originals(raw, values, addresses or []),
            variants=[],
            **dict.fromkeys(self._readers) | values,
        )
        self._bundle.products[product_id] = product
        return _Draft(product, raw)

    def _compare(self, draft: _Draft, row: int, cells: list[Cell]) -> None:
        """A later row may fill what the first left empty; where it contradicts, the first holds and it is noted."""
        product = draft.product
        for name, column in self._product_columns.items():
            cell = cells[column]
            if cell == draft.cells[name] or cell == "":
                continue
            if draft.cells[name] == "":
                draft.cells[name] = cell
                setattr(product, name, self._readers[name](cell))
            else:
                self._bundle.disagreements.append(Disagreement(product.product_id, name, self._sheet, row))
        self._compare_images(product, row, cells)

    def _compare_images(self, product: SourceProduct, row: int, cells: list[Cell]) -> None:
        """Hosts and queries of the addresses differ from row to row; their keys should not."""
        addresses = self._image_addresses(cells)
        if not addresses:
            return
        known = product.images or ()
        if len(known) == len(addresses) and all(map(operator.contains, addresses, known)):
            return  # the quick way to see that all is well, for all but a few rows
        keys = tuple(filter(None, dict.fromkeys(map(picture_key, addresses))))
        if not known:
            product.images = keys
        elif keys != known:
            self._bundle.disagreements.append(Disagreement(product.product_id, "images", self._sheet, row))

    def _variant(self, product_id: str, sku_id: str, row: int, cells: list[Cell]) -> SourceVariant:
        options = self._options(cells)
        has_options = "option_value_1" in self._columns
        return SourceVariant(
            sheet=self._sheet,
            row=row,
            product_id=product_id,
            sku_id=sku_id,
            variation=", ".join(options) if has_options else self._cell_text(cells, "variation"),
            options=options,
            seller_sku=self._cell_text(cells, "seller_sku"),
            price_idr=self._number(cells[self._columns["price_idr"]]) if "price_idr" in self._columns else None,
            stock=self._stock(cells),
            unmapped=self._unmapped(cells),
        )

    def _unmapped(self, cells: list[Cell]) -> dict[str, str]:
        """Thousands of rows say the same few things here: they share one dict."""
        said = tuple(cells[index] for index in self._sheet.unmapped)
        known = self._shared.get(said)
        if known is None:
            texts = zip(self._sheet.unmapped.values(), map(_text, said), strict=True)
            known = {name: text for name, text in texts if text}
            if len(self._shared) < _MAX_SHARED:
                self._shared[said] = known
        return known

    def _stock(self, cells: list[Cell]) -> Number:
        """The pieces in all warehouses; unknown when no cell says anything."""
        said = [self._number(cells[column]) for column in self._sheet.columns.get("stock", ())]
        known = [number for number in said if number is not None]
        unreadable = next((number for number in known if isinstance(number, Unreadable)), None)
        if unreadable is not None or not known:
            return unreadable
        return sum(number for number in known if isinstance(number, int))

    def _number(self, cell: Cell) -> Number:
        if isinstance(cell, float) and cell.is_integer():
            return int(cell)
        text = _text(cell)
        if not text:
            return None
        number = whole_number(without_currency(text), self._style)
        return Unreadable(text) if number is None else number

    def _category(self, cell: Cell) -> str:
        """The full path, which the sheet `Category` knows by the id in parentheses."""
        text = _text(cell)
        if with_id := _NAME_AND_ID.fullmatch(text):
            return self._paths.get(with_id[2], with_id[1])
        if with_path := _ID_AND_PATH.fullmatch(text):
            return with_path[1]
        return text

    def _attributes(self, cells: list[Cell]) -> dict[str, str] | None:
        if not self._sheet.attributes:
            return None
        return {name: text for index, name in self._sheet.attributes.items() if (text := _text(cells[index]))}

    def _image_addresses(self, cells: list[Cell]) -> list[str] | None:
        columns = self._sheet.columns.get("images")
        if columns is None:
            return None
        return [_kept(cell) for column in columns if (cell := cells[column]) != ""]

    def _options(self, cells: list[Cell]) -> tuple[str, ...]:
        if "option_value_1" not in self._columns:
            return ()
        values = [self._cell_text(cells, name) or "" for name in ("option_value_1", "option_value_2")]
        return tuple(value for value in values if value)

    def _option_names(self, cells: list[Cell]) -> tuple[str, ...]:
        names = [self._cell_text(cells, name) or "" for name in ("option_name_1", "option_name_2")]
        return tuple(name for name in names if name)

    def _cell_text(self, cells: list[Cell], name: str) -> Text:
        column = self._columns.get(name)
        return None if column is None else _text(cells[column])

    def _originals(self, raw: dict[str, Cell], values: dict[str, object], addresses: list[str]) -> dict[str, str]:
        """What the values above no longer show, kept so that nothing is lost on the way out."""
        converted = ("description", "category", "brand", "status")
        kept = {name: text for name in converted if name in raw and (text := _kept(raw[name])) != (values[name] or "")}
        return kept | {f"image_{n}": address for n, address in enumerate(addresses, 1)}


def _category_paths(sheet: SourceSheet) -> dict[str, str]:
    """Full category paths by id, from the workbook's own list: `Fashion Muslim/Kain/Kain Batik(605274)`."""
    rows = chain.from_iterable(sheet.workbook.rows(name) for name in sheet.companions)
    texts = (_text(cell) for _row, cells in rows for cell in cells)
    return {found[2]: found[1] for text in texts if (found := _NAME_AND_ID.fullmatch(text))}


def _status(cell: Cell) -> SourceStatus | None:
    """`Aktif(1)` is on sale; any other code or word is not; an empty cell says nothing."""
    text = _text(cell)
    if not text:
        return None
    code = _STATUS_CODE.search(text)
    active = code[1] == "1" if code else text.casefold() in _ACTIVE_WORDS
    return SourceStatus.ACTIVE if active else SourceStatus.INACTIVE


def _without_id(text: str) -> str:
    """`Batik Trusmi` for `Batik Trusmi (7072630204522563329)`."""
    found = _NAME_AND_ID.fullmatch(text)
    return found[1] if found else text


def _kept(cell: Cell) -> str:
    """The cell as it stands, but for the one character that PostgreSQL cannot keep."""
    return cell_text(cell).replace("\0", "")


def _text(cell: Cell) -> str:
    return clean(cell if isinstance(cell, str) else cell_text(cell))


def _digest(*parts: str) -> str:
    """An id for what has none: the same for the same texts, in capitals or not."""
    return "name:" + hashlib.sha256("\x1f".join(part.casefold() for part in parts).encode()).hexdigest()[:40]
