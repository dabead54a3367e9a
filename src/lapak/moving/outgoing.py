"""A kind of file that a shop's goods are written into: its columns, what it can hold, and what is lost on the way."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import IO

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lapak.moving.leaving import LeavingProduct

Line = Mapping[str, object]
"""What stands in a row, by column; what is not named stands empty."""

FIELDS: Mapping[str, str | Promise] = {
    "title": gettext_lazy("title"),
    "description": gettext_lazy("description"),
    "category": gettext_lazy("category"),
    "brand": gettext_lazy("brand"),
    "status": gettext_lazy("whether it is on sale"),
    "attributes": gettext_lazy("attributes"),
    "weight_g": gettext_lazy("weight"),
    "sides": gettext_lazy("sides of the parcel"),
    "options": gettext_lazy("names of the options"),
    "seller_sku": gettext_lazy("seller SKU"),
    "price_idr": gettext_lazy("price"),
    "stock": gettext_lazy("stock"),
    "pictures": gettext_lazy("pictures"),
}
"""What a product has, in words."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet would reckon with a cell that begins so."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of a product that the format does not hold, or not whole."""

    product: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One platform's file of goods."""

    platform: str
    title: str
    file: str
    """What the table is called in the zip."""
    holds: AbstractSet[str]
    """Those of `FIELDS` that it has a place for."""
    columns: Callable[[Sequence[str]], Sequence[tuple[str, str]]]
    """Key and label of each, for a shop with these attributes; one row of header where both are the same."""
    lines: Callable[[LeavingProduct], Iterator[Line]]
    separator: str = ","
    marks_utf8: bool = False
    """Whether the file begins with UTF-8's mark, by which Excel knows it; some platforms stumble over it."""
    most: Mapping[str, int] = field(default_factory=dict)
    """How many characters of a text, options, or pictures it holds."""
    only_on_sale: bool = False
    """A feed tells of what can be bought, and of nothing else."""

    def takes(self, product: LeavingProduct) -> bool:
        """Whether the product is told of at all."""
        return product.is_published or not self.only_on_sale

    def losses(self, product: LeavingProduct) -> Iterator[Loss]:
        """What of the product will not be in the file."""
        if not self.takes(product):
            yield Loss(product.title, _("the product: it is not on sale"))
            return
        for name in FIELDS:
            if name not in self.holds and _has(product, name):
                yield Loss(product.title, str(FIELDS[name]))
        for name, most in self.most.items():
            if (count := _length(product, name)) > most:
                words = _("%(what)s: %(count)s of which %(most)s have room")
                yield Loss(product.title, words % {"what": FIELDS[name], "count": count, "most": most})

    def write(self, goods: Iterator[LeavingProduct], attributes: Sequence[str], to: IO[str]) -> None:
        """The table of these goods, whole."""
        columns = self.columns(attributes)
        rows = csv.writer(to, delimiter=self.separator, lineterminator="\r\n")
        rows.writerow([key for key, _label in columns])
        if any(key != label for key, label in columns):
            rows.writerow([label for _key, label in columns])
        for product in goods:
            for line in self.lines(product):
                rows.writerow([harmless(line.get(key, "")) for key, _label in columns])

    def fitted(self, name: str, text: str) -> str:
        """As much of the text as has room; what is cut is among the `losses`."""
        return text[: self.most.get(name)]


def harmless(value: object) -> str:
    """As a cell that no spreadsheet takes for a formula: an apostrophe before it, as spreadsheets themselves write it."""
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


def same(*columns: str) -> Callable[[Sequence[str]], Sequence[tuple[str, str]]]:
    """Columns whose key is their label, whatever the attributes."""
    pairs = [(column, column) for column in columns]
    return lambda _attributes: pairs


def _has(product: LeavingProduct, name: str) -> bool:
    if name == "sides":
        return None not in {product.length_cm, product.width_cm, product.height_cm}
    if name == "options":
        return bool(product.option_names)
    if name in {"seller_sku", "price_idr", "stock"}:
        return any(getattr(variant, name) for variant in product.variants)
    return bool(getattr(product, name))


def _length(product: LeavingProduct, name: str) -> int:
    return len(product.option_names if name == "options" else getattr(product, name))
