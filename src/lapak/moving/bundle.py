"""A shop's goods as its files tell them, whatever the platform: what every format reads into."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec import Struct

from lapak.moving.layout import Layout
from lapak.moving.merged import filled_down
from lapak.moving.table import Table
from lapak.moving.values import Number, SourceStatus, Text
from lapak.moving.workbook import Cell, column_letters

MAX_SOURCE_ID_LENGTH = 64

# `gc=False`, here and where plans are made of these: nothing in them leads back to themselves, and Python's garbage collector
# need not look through a hundred thousand of them again and again.


@dataclass(frozen=True, slots=True, eq=False)
class SourceSheet:
    """A list of goods: where each field stands in it, and how to write one like it."""

    layout: Layout
    table: Table
    header_row: int
    first_data_row: int
    columns: dict[str, tuple[int, ...]]
    """Zero-based columns by field; several for pictures and for the stock of warehouses (`stock_at`)."""
    attributes: dict[int, str]
    """Columns that say what the product is, by the attribute's name."""
    unmapped: dict[int, str]
    """Columns Lapak has no place for, by their key or label."""
    labels: dict[int, str]
    """What a seller reads above each column."""
    units: dict[str, str]
    """Fields whose column is in another unit than the field: `weight_g` → `weight_kg`."""
    has_keys: bool
    """Whether the header's first row holds machine keys rather than labels."""

    @property
    def platform(self) -> str:
        return self.layout.platform

    @property
    def file(self) -> str:
        """The file's name, as the seller knows it."""
        return self.table.file

    @property
    def companions(self) -> list[Table]:
        """Sheets of the file without which the rows cannot be understood."""
        return [table for name in self.layout.companions if (table := self.table.beside(name)) is not None]

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """All rows of its table, the header's too. Where goods stand, each says what merged cells show in it, but for what is
        each row's own: of pieces for three rows together no row has all."""
        own = {column for name, columns in self.columns.items() if not self.layout.shares(name) for column in columns}
        shown = [each for each in self.table.merged() if each.first >= self.first_data_row and each.column not in own]
        return filled_down(self.table.rows(), shown)

    def data_rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Those below the header."""
        return ((number, cells) for number, cells in self.rows() if number >= self.first_data_row)

    def has(self, name: str) -> bool:
        """Whether the list says anything about this field at all."""
        return name in self.columns or (name == "stock" and "stock_at" in self.columns)

    def address(self, row: int, name: str) -> str:
        """The cell as Excel names it: `Template!I17`; the row alone for a field without a column."""
        column = self._column(name)
        sheet = f"{self.table.name}!" if self.table.name else ""
        return f"{sheet}{row}:{row}" if column is None else f"{sheet}{column_letters(column)}{row}"

    def label(self, name: str) -> str:
        """What a seller reads above the field's column."""
        column = self._column(name)
        return "" if column is None else self.labels.get(column, "")

    def _column(self, name: str) -> int | None:
        """Options in columns of their own are said to be in the first."""
        if name == "stock" and name not in self.columns:
            name = "stock_at"
        if name == "variation" and name not in self.columns:
            name = next(filter(self.has, ("option_value_1", *self.layout.axes)), name)
        columns = self.columns.get(name)
        return columns[0] if columns else None


class SourceVariant(Struct, eq=False, gc=False):
    """One SKU row. Its values' addresses are `sheet.address(row, field)`."""

    sheet: SourceSheet
    row: int
    product_id: str
    sku_id: str
    variation: Text
    options: tuple[str, ...]
    """Option values, where the file has a column for each; else they are all in `variation`."""
    seller_sku: Text
    barcode: Text
    price_idr: Number
    stock: Number
    unmapped: dict[str, str]


class SourceProduct(Struct, eq=False, gc=False):
    """A product with its SKUs; its own fields repeat on each SKU row and are those of the first that has them."""

    sheet: SourceSheet
    row: int
    product_id: str
    title: Text
    description: Text
    category: Text
    """Full path where the file knows it: `Fashion Muslim/Kain/Kain Batik`."""
    brand: Text
    attributes: dict[str, str] | None
    images: tuple[str, ...] | None
    """Each picture's key (see `pictures`), in the order of the gallery."""
    weight_g: Number
    length_cm: Number
    width_cm: Number
    height_cm: Number
    origin: Text
    """One of the catalogue's `Origin`."""
    has_ai_pictures: bool | None
    has_ai_words: bool | None
    status: SourceStatus | None
    option_names: tuple[str, ...]
    """Names of the option axes, where the file has columns for them."""
    originals: dict[str, str]
    """What was converted above, as it stood in the file: HTML, picture addresses, ids of brand and category."""
    variants: list[SourceVariant]
    places: dict[str, tuple[SourceSheet, int]]
    """Where fields stand that another list than `sheet` says, and its row."""

    def has(self, name: str) -> bool:
        """Whether any of its lists says anything about this field."""
        return self.sheet.has(name) or name in self.places

    def place(self, name: str) -> tuple[SourceSheet, int]:
        """The list and row in which the field stands."""
        return self.places.get(name, (self.sheet, self.row))


class Disagreement(Struct, frozen=True):
    """A later row of a product says something else about it than its first."""

    product_id: str
    field: str
    sheet: SourceSheet
    row: int


@dataclass(slots=True)
class Bundle:
    """Everything the given files say."""

    products: dict[str, SourceProduct] = field(default_factory=dict)
    nameless_rows: list[tuple[SourceSheet, int]] = field(default_factory=list)
    """Rows without a product id (in files that have ids) or a title (in files that go by it)."""
    disagreements: list[Disagreement] = field(default_factory=list)
    lowered: Counter[SourceSheet] = field(default_factory=Counter)
    """Of each list, how many SKUs have a higher price beside the one at which they are sold."""
    rows: dict[SourceSheet, int] = field(default_factory=dict)
    """All lists that were read, and how many rows of goods each has."""

    def categories(self) -> set[str]:
        """Every category path the products are in."""
        return {product.category for product in self.products.values() if product.category}

    def pictures(self) -> set[str]:
        """The key of every picture that belongs to a product."""
        return {key for product in self.products.values() for key in product.images or ()}

    def variants(self) -> Iterator[SourceVariant]:
        for product in self.products.values():
            yield from product.variants
