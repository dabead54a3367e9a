"""A kind of list that a platform gives out: by what it is known, what its columns mean, how its cells are read.

A format is nothing but its layouts; `recognise` finds their header in a table, `reader` reads the rows below.
"""

import functools
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from lapak.moving.cells import READERS, Reader
from lapak.moving.ids import visible
from lapak.moving.values import SourceStatus

if TYPE_CHECKING:
    from lapak.moving.bundle import SourceSheet
    from lapak.moving.row import Row

HEAD_ROWS = 20
"""More than any header is high with its rows of help, and with the sums that some reports have above it."""
SEVERAL = frozenset({"images", "stock_at"})
"""Fields that may have many columns: pictures, and the stock of each warehouse."""
IN_OTHER_UNITS = {"weight_kg": "weight_g"}
"""Fields by the one whose value they say in another unit."""
ATTRIBUTE = "attribute"
"""A column that says what the product is, under its own name."""
PROBLEM = "problem"
"""The report's own column: known in every layout, and passed over."""
_PLACED = frozenset(READERS) | {
    "product_id", "sku_id", "images", "stock_at", "weight_kg", "option_name_1", "option_name_2", "option_name_3",
    "option_value_1", "option_value_2", "option_value_3", PROBLEM, ATTRIBUTE,
}  # fmt: skip
_OF_ONE_SKU = frozenset({"sku_id", "seller_sku", "barcode", "stock", "stock_at"})
_OF_SEVERAL_ROWS = frozenset(
    {"order_id", "product_id", "title", "placed_at", "paid_at", "settled_at", "state", "buyer", "creator", "platform"}
)
"""Of lists of what was before."""
_PROBLEM_SPELLINGS = ("lapak_problem", "Masalah", "Problem")
_SAID_ASIDE = re.compile(
    r"(?<=.)\((?:dalam|in)?(?:rp\.?|idr|rupiah|wib|(?:utc|gmt)[+-]?\d*|(?:termasuk|incl\.?|including)(?:ppn|vat)[\d,.]*%?)\)$"
)
"""Behind a label, as it is spelled: `(Rp)`, `(UTC)`, `(termasuk PPN 12%)`. Of a weight's unit nothing is left out: it counts."""
_MOST_NUMBERED = 60
"""As many options as a numbered column (`et_title_option_{n}_for_variation_1`) goes up to."""


class About(Enum):
    """What a row tells of."""

    BOTH = "a SKU, and its product"
    PRODUCT = "a product alone"
    SKU = "a SKU alone"


def both(row: "Row") -> About:  # noqa: ARG001 - what most lists hold
    """Each row is a SKU with its product's fields."""
    return About.BOTH


def product_alone(row: "Row") -> About:  # noqa: ARG001
    """No row is a SKU."""
    return About.PRODUCT


class Tells(Enum):
    """Whether a list holds goods, or what became of them before the shop came here."""

    GOODS = "goods"
    ORDERS = "orders"
    PROMOTIONS = "affiliate orders"
    INCOMES = "what was paid for orders"
    TERMS = "terms with creators"
    PARTNERS = "those who promoted under a programme elsewhere"
    PARTNER_LINKS = "their links"
    COMMISSIONS = "their commissions"
    PAYOUTS = "what they were paid"
    REVIEWS = "reviews"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layout:
    """One kind of list of a platform."""

    platform: str
    called: str | Promise
    """How sellers know it: where it is found, or what its file is called."""
    spellings: Mapping[str, Sequence[str]]
    """Each field's column, in all spellings met: machine keys and labels. `{n}` stands for 1, 2, 3 …"""
    needs: AbstractSet[str]
    """The fields without which it is not this list."""
    first_row: int
    """Where goods begin when the header begins in row 1; rows of help may stand between."""
    identify: "Callable[[Row], tuple[str, str]]"
    """The ids of the row's product and SKU; two empty texts when it does not say which product it is of. In a list of
    orders, those of the order and of what was bought."""
    tells: Tells = Tells.GOODS
    telling: tuple[str, ...] = ("price_idr", "stock", "weight_g", "weight_kg")
    """Where a number stands in one of these columns, data stand: help is in words."""
    is_in_hundredths: bool = False
    """Whether amounts of a list of money that has no decimals in any row are hundredths: `1050` for 10.50."""
    is_row_a_piece: bool = False
    """Whether a list of orders has a row for each piece."""
    completed_too: AbstractSet[str] = frozenset()
    """What else its orders are called, in small letters, when nothing will become of them any more and they were kept."""
    about: "Callable[[Row], About]" = both
    beginnings: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Fields whose columns only begin alike: `warehouse_quantity/<id>`, `Jumlah di <gudang>`."""
    readers: Mapping[str, Reader] = field(default_factory=dict)
    """Fields whose cells need more than `cells.READERS`."""
    no_option: AbstractSet[str] = frozenset()
    """What stands in a column of options for none, in small letters."""
    pictures_parted_by: re.Pattern[str] | None = None
    """Where several addresses stand in one cell."""
    falls_back: Mapping[str, str] = field(default_factory=dict)
    """The field that says it where the first one says nothing: a status by whether it is published."""
    sells_by_sku: bool = False
    """Whether each SKU has a status of its own: a product is on sale when one of them is."""
    pairs_describe: bool = False
    """Whether names and values on a row that is a SKU and its product at once describe it, instead of telling it apart."""
    gathers_pictures: bool = False
    """Whether each row of a product may add pictures, instead of repeating them."""
    axes: Mapping[str, str] = field(default_factory=dict)
    """Options with a column of their own, by field: `colour` → Warna."""
    needs_one_of: AbstractSet[str] = frozenset()
    """… and one of these."""
    least_known: int = 0
    """How many columns must be known, for lists whose needs other lists have too."""
    lookup: "Callable[[SourceSheet], Mapping[str, str]] | None" = None
    """What codes in its cells stand for."""
    companions: tuple[str, ...] = ()
    """Sheets of the same file without which the rows cannot be understood."""
    settle: "Callable[[SourceSheet], None] | None" = None
    """Looks at a recognised sheet: refuses it, or says of its columns what no header tells."""
    assumes: AbstractSet[str] = frozenset()
    """Fields that new goods need and this platform's lists do not have: they come in with a value that is told."""
    without_status: SourceStatus | None = None
    """What goods are when no list says whether they are on sale; None: drafts."""
    first_row_below_keys: int = 0
    """Where goods begin below a header that has machine keys too; 0: as without."""

    def field_of(self, text: str) -> str | None:
        """Which field a column of this key or label holds."""
        spelled = spelling(text)
        if not spelled:
            return None
        found = _fields_by_spelling(self).get(spelled)
        return found or next((name for start, name in _beginnings(self) if spelled.startswith(start)), None)

    def has_place_for(self, name: str) -> bool:
        """Whether the field has a place here; what has none is kept with the goods, as it stands."""
        return self.tells is not Tells.GOODS or name in _PLACED or name in self.axes

    def shares(self, name: str) -> bool:
        """Whether rows that one merged cell goes over all say what stands in it, if this field does. What is counted or added
        up is of one row; so is what tells a SKU from the others."""
        return name not in _OF_ONE_SKU if self.tells is Tells.GOODS else name in _OF_SEVERAL_ROWS

    @property
    def holds(self) -> AbstractSet[str]:
        """All fields with a place here that it can have."""
        said = frozenset(filter(self.has_place_for, self.spellings.keys() | self.beginnings.keys()))
        return frozenset(IN_OTHER_UNITS.get(name, name) for name in said)


@dataclass(frozen=True, slots=True)
class OtherList:
    """A list of the platform that holds something else than goods."""

    what: str | Promise
    header: AbstractSet[str]
    """Cells of its first row, in small letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How one platform's files are told from others, and read."""

    platform: str
    title: str | Promise
    expected: str
    """The columns that would have been enough, for the one whose file nobody knows."""
    how: str | Promise
    """Where its sellers find the list of their goods."""
    layouts: tuple[Layout, ...]
    past: tuple[Layout, ...] = ()
    """Its lists of what was sold before the shop came here."""
    other_lists: tuple[OtherList, ...] = ()

    @property
    def holds(self) -> AbstractSet[str]:
        """All fields that its lists can have."""
        return frozenset().union(*(layout.holds for layout in self.layouts))


def is_problem(name: str) -> bool:
    """Whether a column is the report's own."""
    return spelling(name) in map(spelling, _PROBLEM_SPELLINGS)


def spelling(text: str) -> str:
    """Labels differ in spaces, capitals, asterisks, what nobody sees, and in whether they name the currency, the tax or the zone;
    their letters do not."""
    plain = visible(unicodedata.normalize("NFC", text))
    return _SAID_ASIDE.sub("", re.sub(r"[\s*_]+|\|\d+\|\d+$", "", plain).casefold())


@functools.cache
def _fields_by_spelling(layout: Layout) -> dict[str, str]:
    known = {spelling(text): PROBLEM for text in _PROBLEM_SPELLINGS}
    for name, texts in layout.spellings.items():
        for text in texts:
            numbered = [text.replace("{n}", str(n)) for n in range(1, _MOST_NUMBERED + 1)] if "{n}" in text else [text]
            known |= {spelling(each): name for each in numbered}
    return known


@functools.cache
def _beginnings(layout: Layout) -> list[tuple[str, str]]:
    return [(spelling(start), name) for name, starts in layout.beginnings.items() for start in starts]
