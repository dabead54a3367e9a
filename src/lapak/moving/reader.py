"""Reads the rows of recognised lists into the bundle: one reader for every format.

A product's first row wins; a later one, or another list of the same goods, fills what is empty and is noted where it contradicts.
"""

import operator
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from lapak.moving.bundle import Bundle, Disagreement, SourceProduct, SourceSheet, SourceVariant
from lapak.moving.cells import READERS, Look, Reader, kept, kilograms, text_of
from lapak.moving.errors import IdsLost
from lapak.moving.ids import Suspects, rounded_column
from lapak.moving.layout import About
from lapak.moving.numbers import number_style
from lapak.moving.pictures import picture_key
from lapak.moving.progress import Progress, Report
from lapak.moving.row import Row
from lapak.moving.sale_prices import SALE, WAS, is_lower, is_on_sale_now
from lapak.moving.values import Number, SourceStatus, Unreadable
from lapak.moving.workbook import Cell

_SAMPLE_ROWS = 1_000
_TELL_EVERY = 1_000
_MAX_SHARED = 10_000

_OF_PRODUCTS = (
    "title", "description", "category", "brand", "status", "weight_g", "length_cm", "width_cm", "height_cm", "origin",
    "has_ai_pictures", "has_ai_words",
)  # fmt: skip
_MEASURES = ("weight_g", "length_cm", "width_cm", "height_cm")
_CONVERTED = ("description", "category", "brand", "status")
_UNITS = {"weight_kg": kilograms}
_IN_STYLE = ("price_idr", "stock", "stock_at")
"""Where whole numbers stand that show how the file parts thousands."""
_ID_FIELDS = ("product_id", "sku_id")
_OPTIONS = 3
"""Columns of names and values, as many as any platform has."""


def read(sheets: Sequence[SourceSheet], report: Report) -> Bundle:
    """Everything the sheets say, products that stand in several of them put together.

    Refuses (`IdsLost`) a sheet whose ids were rounded.
    """
    bundle = Bundle()
    for sheet in sheets:
        _SheetReader(sheet, bundle).read(report)
    report(Progress("read", sum(bundle.rows.values())))
    return bundle


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
        layout = sheet.layout
        self._look = Look(lookup=layout.lookup(sheet) if layout.lookup else {})
        self._drafts: dict[str, _Draft] = {}
        self._shared: dict[tuple[Cell, ...], dict[str, str]] = {}
        self._suspects = {name: Suspects() for name in _ID_FIELDS if sheet.has(name)}
        self._width = 1 + max(chain(*sheet.columns.values(), sheet.attributes, sheet.unmapped))
        units: dict[str, Reader] = {name: _UNITS[unit] for name, unit in sheet.units.items()}
        self._readers = {**READERS, **layout.readers, **units}
        self._product_columns = {name: sheet.columns[name][0] for name in _OF_PRODUCTS if name in sheet.columns}
        self._fallbacks = {
            name: sheet.columns[other][0] for name, other in layout.falls_back.items() if other in sheet.columns
        }
        self._axes = [name for name in layout.axes if sheet.has(name)]
        self._places = [
            n for n in range(1, _OPTIONS + 1) if sheet.has(f"option_name_{n}") or sheet.has(f"option_value_{n}")
        ]

    def read(self, report: Report) -> None:
        """The sheet's goods are in the bundle."""
        rows_before = sum(self._bundle.rows.values())
        rows_read = 0
        rows = self._data_rows()
        sample = list(islice(rows, _SAMPLE_ROWS))
        numeric = [column for name in _IN_STYLE for column in self._sheet.columns.get(name, ())]
        self._look.style = number_style(text_of(cells[column]) for _row, cells in sample for column in numeric)
        for number, cells in chain(sample, rows):
            self._take(Row(self._sheet, number, cells, self._look))
            rows_read += 1
            if rows_read % _TELL_EVERY == 0:
                report(Progress("read", rows_before + rows_read))
        self._bundle.rows[self._sheet] = rows_read
        if lost := rounded_column(self._suspects):
            raise IdsLost(self._sheet.file, self._sheet.address(self._sheet.first_data_row, lost))

    def _data_rows(self) -> Iterator[tuple[int, list[Cell]]]:
        for number, cells in self._sheet.data_rows():
            yield number, cells + [""] * (self._width - len(cells))

    def _take(self, row: Row) -> None:
        layout = self._sheet.layout
        product_id, sku_id = layout.identify(row)
        if not product_id:
            if any(map(text_of, row.cells)):
                self._bundle.nameless_rows.append((self._sheet, row.number))
            return
        for name, suspects in self._suspects.items():
            suspects.add(product_id if name == "product_id" else sku_id)
        about = layout.about(row)
        if about is About.SKU:
            product = self._bundle.products.get(product_id) or self._unsaid(product_id, row)
            product.option_names = self._option_names(row) or product.option_names
            self._measure(product, row)
        else:
            product = self._tell_of_product(product_id, row)
        if about is About.PRODUCT:
            product.originals |= self._unmapped(row.cells)
        elif about is About.BOTH and layout.pairs_describe:
            product.attributes = dict(self._pairs(row))
            product.option_names = ()
            product.variants.append(self._variant(product, sku_id, (), row))
        else:
            product.variants.append(self._variant(product, sku_id, self._options(row), row))

    def _measure(self, product: SourceProduct, row: Row) -> None:
        """A shop may weigh its variants alone: the first that says something says it of the product, if that says nothing."""
        for name in _MEASURES:
            column = self._product_columns.get(name)
            if column is not None and not getattr(product, name) and (value := self._value(name, row.cells[column])):
                setattr(product, name, value)
                product.places[name] = self._sheet, row.number

    def _tell_of_product(self, product_id: str, row: Row) -> SourceProduct:
        draft = self._drafts.get(product_id)
        if draft is None:
            draft = self._drafts[product_id] = self._begin(product_id, row)
        else:
            self._compare(draft, row)
        return draft.product

    def _begin(self, product_id: str, row: Row) -> _Draft:
        raw = {name: row.cells[column] for name, column in self._product_columns.items()}
        for name, other in self._fallbacks.items():
            if raw.get(name, "") == "":
                raw[name] = row.cells[other]
        product = self._bundle.products.get(product_id)
        values = {name: self._value(name, cell) for name, cell in raw.items()}
        if product is not None:  # begun in another list
            self._add(product, values, row)
        else:
            product = self._bundle.products[product_id] = self._product(product_id, row, values)
        product.originals |= self._originals(raw, values, self._image_addresses(row.cells) or [])
        return _Draft(product, raw)

    def _product(self, product_id: str, row: Row, values: dict[str, object]) -> SourceProduct:
        addresses = self._image_addresses(row.cells)
        return SourceProduct(
            sheet=self._sheet,
            row=row.number,
            product_id=product_id,
            attributes=self._attributes(row.cells),
            images=None if addresses is None else _keys(addresses),
            option_names=self._option_names(row),
            originals={},
            variants=[],
            places={},
            **dict.fromkeys(_OF_PRODUCTS) | values,
        )

    def _unsaid(self, product_id: str, row: Row) -> SourceProduct:
        """A product of which only a SKU is known so far."""
        product = SourceProduct(
            self._sheet, row.number, product_id, attributes=None, images=None, option_names=(), originals={},
            variants=[], places={}, **dict.fromkeys(_OF_PRODUCTS),
        )  # fmt: skip
        self._bundle.products[product_id] = product
        return product

    def _add(self, product: SourceProduct, values: dict[str, object], row: Row) -> None:
        """Another list tells of a product that is known already."""
        for name, value in values.items():
            known = getattr(product, name)
            if known is None or known == "":
                setattr(product, name, value)
                product.places[name] = self._sheet, row.number
            elif value not in (None, "", known):
                self._disagree(product, name, value, row)
        self._compare_images(product, row)
        if self._sheet.attributes and not product.attributes:
            product.attributes = self._attributes(row.cells)
        product.option_names = product.option_names or self._option_names(row)

    def _compare(self, draft: _Draft, row: Row) -> None:
        """A later row may fill what the first left empty; where it contradicts, the first holds and it is noted."""
        product = draft.product
        for name, column in self._product_columns.items():
            cell = row.cells[column]
            if cell == draft.cells[name] or cell == "":
                continue
            if draft.cells[name] == "":
                draft.cells[name] = cell
                setattr(product, name, self._value(name, cell))
            elif (value := self._value(name, cell)) != getattr(product, name):  # `800 g` is `0.8 kg`
                self._disagree(product, name, value, row)
        self._compare_images(product, row)

    def _disagree(self, product: SourceProduct, name: str, value: object, row: Row) -> None:
        if name == "status" and value is SourceStatus.ACTIVE and self._sheet.layout.sells_by_sku:
            product.status = value
        self._bundle.disagreements.append(Disagreement(product.product_id, name, self._sheet, row.number))

    def _compare_images(self, product: SourceProduct, row: Row) -> None:
        """Hosts and queries of the addresses differ from row to row; their keys should not."""
        addresses = self._image_addresses(row.cells)
        if addresses is not None and product.images is None:
            product.images = ()
            product.places["images"] = self._sheet, row.number
        if not addresses:
            return
        known = product.images or ()
        if len(known) == len(addresses) and all(map(operator.contains, addresses, known)):
            return  # the quick way to see that all is well, for all but a few rows
        keys = _keys(addresses)
        if not known:
            product.images = keys
        elif self._sheet.layout.gathers_pictures:
            product.images = tuple(dict.fromkeys((*known, *keys)))
            product.originals |= {f"image_{n}": address for n, address in enumerate(addresses, len(known) + 1)}
        elif keys != known:
            self._disagree(product, "images", keys, row)

    def _variant(self, product: SourceProduct, sku_id: str, options: tuple[str, ...], row: Row) -> SourceVariant:
        has_options = self._sheet.has("option_value_1") or bool(self._axes)
        variation = self._said("variation", row)
        return SourceVariant(
            sheet=self._sheet,
            row=row.number,
            product_id=product.product_id,
            sku_id=sku_id,
            variation=", ".join(options) if has_options else None if variation is None else str(variation),
            options=options,
            seller_sku=row.code("seller_sku"),
            barcode=row.code("barcode"),
            price_idr=self._price(row),
            stock=self._stock(row),
            unmapped=self._unmapped(row.cells),
        )

    def _unmapped(self, cells: list[Cell]) -> dict[str, str]:
        """Thousands of rows say the same few things here: they share one dict."""
        said = tuple(cells[index] for index in self._sheet.unmapped)
        known = self._shared.get(said)
        if known is None:
            texts = zip(self._sheet.unmapped.values(), map(text_of, said), strict=True)
            known = {name: text for name, text in texts if text}
            if len(self._shared) < _MAX_SHARED:
                self._shared[said] = known
        return known

    def _value(self, name: str, cell: Cell) -> object:
        return self._readers[name](cell, self._look)

    def _said(self, name: str, row: Row) -> object:
        columns = self._sheet.columns.get(name)
        return self._value(name, row.cells[columns[0]]) if columns else None

    def _number(self, name: str, row: Row) -> Number:
        said = self._said(name, row)
        return said if isinstance(said, int | Unreadable) else None

    def _price(self, row: Row) -> Number:
        """What the SKU costs now; where it has cost more before, that is counted."""
        price, was, sale = self._number("price_idr", row), self._price_at(WAS, row), self._price_at(SALE, row)
        is_sale = (price is None and sale is not None) or is_lower(sale, price)
        if is_sale and is_on_sale_now(row):
            price, was = sale, price
        if is_lower(price, was):
            self._bundle.lowered[self._sheet] += 1
        return price

    def _price_at(self, name: str, row: Row) -> Number:
        columns = self._sheet.columns.get(name)
        said = self._value("price_idr", row.cells[columns[0]]) if columns else None
        return said if isinstance(said, int) else None

    def _stock(self, row: Row) -> Number:
        """The pieces in all; where that is not said, those of the warehouses added up; unknown when no cell says anything."""
        in_all = self._number("stock", row)
        if in_all is not None:
            return in_all
        said = [self._value("stock", row.cells[column]) for column in self._sheet.columns.get("stock_at", ())]
        unreadable = next((number for number in said if isinstance(number, Unreadable)), None)
        known = [number for number in said if isinstance(number, int)]
        return unreadable or (sum(known) if known else None)

    def _attributes(self, cells: list[Cell]) -> dict[str, str] | None:
        if not self._sheet.attributes:
            return None
        return {name: text for index, name in self._sheet.attributes.items() if (text := text_of(cells[index]))}

    def _image_addresses(self, cells: list[Cell]) -> list[str] | None:
        columns = self._sheet.columns.get("images")
        if columns is None:
            return None
        said = [kept(cell) for column in columns if (cell := cells[column]) != ""]
        parting = self._sheet.layout.pictures_parted_by
        return [part.strip() for cell in said for part in parting.split(cell) if part.strip()] if parting else said

    def _pairs(self, row: Row) -> Iterator[tuple[str, str]]:
        """The row's options: names, where it says them, and values. A list without values names the axes alone."""
        layout = self._sheet.layout
        for n in self._places:
            name, value = row.text(f"option_name_{n}") or "", row.text(f"option_value_{n}")
            if (name if value is None else value) and (value or "").casefold() not in layout.no_option:
                yield name, value or ""
        for axis in self._axes:
            if value := row.text(axis):
                yield layout.axes[axis], value

    def _options(self, row: Row) -> tuple[str, ...]:
        return tuple(value for _name, value in self._pairs(row) if value)

    def _option_names(self, row: Row) -> tuple[str, ...]:
        return tuple(name for name, _value in self._pairs(row) if name)

    def _originals(self, raw: dict[str, Cell], values: dict[str, object], addresses: list[str]) -> dict[str, str]:
        """What the values above no longer show, kept so that nothing is lost on the way out."""
        texts = {name: text for name in _CONVERTED if name in raw and (text := kept(raw[name])) != (values[name] or "")}
        return texts | {f"image_{n}": address for n, address in enumerate(addresses, 1)}


def _keys(addresses: list[str]) -> tuple[str, ...]:
    return tuple(filter(None, dict.fromkeys(map(picture_key, addresses))))
