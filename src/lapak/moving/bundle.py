"""A shop's goods as its files tell them, whatever the platform: what every format reads into."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from msgspec import Struct

from lapak.moving.workbook import Workbook, column_letters

MAX_SOURCE_ID_LENGTH = 64


class Unreadable(Struct, frozen=True):
    """What a cell says where a whole number was expected."""

    text: str


Text = str | None
"""None: the file has no such column, so it says nothing. An empty cell is an empty text."""
Number = int | Unreadable | None
"""None: no such column, or an empty cell. A stock of None is unknown, never zero."""


class SourceStatus(StrEnum):
    """Whether the old platform was selling the product."""

    ACTIVE = "active"
    INACTIVE = "inactive"


@dataclass(frozen=True, slots=True, eq=False)
class SourceSheet:
    """A sheet of product rows: where each field stands in it, and how to write one like it."""

    platform: str
    workbook: Workbook
    sheet: str
    first_data_row: int
    columns: dict[str, tuple[int, ...]]
    """Zero-based columns by field; several for pictures and for stock kept in several warehouses."""
    attributes: dict[int, str]
    """Columns that say what the product is, by the attribute's name."""
    unmapped: dict[int, str]
    """Columns Lapak has no place for, by their key or label."""
    labels: dict[int, str]
    """What a seller reads above each column."""
    has_keys: bool
    """Whether row 1 holds machine keys rather than labels."""
    companions: tuple[str, ...]
    """Sheets of the workbook without which the rows cannot be understood."""

    def has(self, name: str) -> bool:
        """Whether the file says anything about this field at all."""
        return name in self.columns

    def address(self, row: int, name: str) -> str:
        """The cell as Excel names it: `Template!I17`; the row alone for a field without a column."""
        column = self.columns.get(name)
        return f"{self.sheet}!{column_letters(column[0])}{row}" if column else f"{self.sheet}!{row}:{row}"

    def label(self, name: str) -> str:
        """What a seller reads above the field's column."""
        column = self.columns.get(name)
        return self.labels.get(column[0], "") if column else ""


class SourceVariant(Struct, eq=False):
    """One SKU row. Its values' addresses are `sheet.address(row, field)`."""

    sheet: SourceSheet
    row: int
    product_id: str
    sku_id: str
    variation: Text
    options: tuple[str, ...]
    """Option values, where the file has a column for each; else they are all in `variation`."""
    seller_sku: Text
    price_idr: Number
    stock: Number
    unmapped: dict[str, str]


class SourceProduct(Struct, eq=False):
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
    status: SourceStatus | None
    option_names: tuple[str, ...]
    """Names of the option axes, where the file has columns for them."""
    originals: dict[str, str]
    """What was converted above, as it stood in the file: HTML, picture addresses, ids of brand and category."""
    variants: list[SourceVariant]


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

    def categories(self) -> set[str]:
        """Every category path the products are in."""
        return {product.category for product in self.products.values() if product.category}

    def pictures(self) -> set[str]:
        """The key of every picture that belongs to a product."""
        return {key for product in self.products.values() for key in product.images or ()}

    def variants(self) -> Iterator[SourceVariant]:
        for product in self.products.values():
            yield from product.variants
