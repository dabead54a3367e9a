"""What a platform's file of goods can hold, and what is lost on the way into it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lapak.lib.numbers import filled
from lapak.moving.leaving import LeavingProduct, LeavingVariant
from lapak.moving.written import Column, Form, Line, Opened, Text
from lapak.people.shops.models import Shop

FIELDS: Mapping[str, str | Promise] = {
    "title": gettext_lazy("title"),
    "description": gettext_lazy("description"),
    "category": gettext_lazy("category"),
    "brand": gettext_lazy("brand"),
    "status": gettext_lazy("whether it is on sale"),
    "attributes": gettext_lazy("attributes"),
    "weight_g": gettext_lazy("weight"),
    "sides": gettext_lazy("sides of the parcel"),
    "origin": gettext_lazy("where it was made"),
    "ai": gettext_lazy("what AI made of it"),
    "options": gettext_lazy("names of the options"),
    "seller_sku": gettext_lazy("seller SKU"),
    "barcode": gettext_lazy("barcode"),
    "price_idr": gettext_lazy("price"),
    "stock": gettext_lazy("stock"),
    "pictures": gettext_lazy("pictures"),
}
"""What a product has, in words."""

_ROOM = gettext_lazy("%(what)s: at most {most} have room")
_TOGETHER = gettext_lazy("options: at most {most} are taken, the last are put together into one")
_TOO_LONG = gettext_lazy("%(what)s: at most {most} characters are taken, shorten it")
_CUT = gettext_lazy("%(what)s: at most {most} characters have room, the rest is cut off")
_TOO_SHORT = gettext_lazy("%(what)s: at least {least} characters are needed")


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of a product that will not be there, or that the platform will not take as it is."""

    product: str
    what: str


@dataclass(frozen=True, slots=True)
class Room:
    """How many characters the platform takes in a cell that is not empty."""

    what: str | Promise
    most: int
    least: int = 0
    cuts: bool = False
    """Whether what is too much is cut off, as platforms do with a feed; else it stands whole, for its seller to shorten."""

    def unfit(self, text: str) -> Iterator[str]:
        """What is wrong with the cell's text, in words."""
        if len(text) > self.most:
            yield str(filled(_CUT if self.cuts else _TOO_LONG, most=self.most)) % {"what": self.what}
        if 0 < len(text) < self.least:
            yield str(filled(_TOO_SHORT, least=self.least)) % {"what": self.what}


@dataclass(frozen=True, slots=True)
class Beside:
    """A list of what else a shop has, one row a line."""

    file: str
    columns: tuple[str, ...]
    lines: Callable[[Shop], Iterator[Line]]

    def write(self, shop: Shop, to: Opened) -> int:
        """The shop's list, whole; answers how many rows it has."""
        count = 0

        def counted() -> Iterator[Line]:
            nonlocal count
            for line in self.lines(shop):
                count += 1
                yield line

        Text(self.file, marks_utf8=True).write(same(*self.columns)(()), iter([counted()]), to)
        return count


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One platform's file of goods."""

    platform: str
    title: str
    how: str | Promise
    """Where the platform takes it in."""
    form: Form
    """What kind of file it is."""
    holds: AbstractSet[str]
    """Those of `FIELDS` that it has a place for."""
    columns: Callable[[Sequence[str]], Sequence[Column]]
    """For a shop with these attributes."""
    lines: Callable[[LeavingProduct], Iterator[Line]]
    rooms: Mapping[str, Room] = field(default_factory=dict)
    """By column."""
    most: Mapping[str, int] = field(default_factory=dict)
    """How many options, attributes or pictures it holds."""
    beside: Sequence[Beside] = ()
    """What of the shop goes along with the goods; with it the file is sealed."""
    own_categories: bool = False
    """Whether it takes no category but one of its own, which only goods that came from there can name."""
    only_on_sale: bool = False
    """A feed tells of what can be bought, and of nothing else."""

    only_from_there: bool = False
    """Whether it takes no goods but those that came from there, as far as their list has them (`only_these`)."""
    only_these: AbstractSet[str] | None = None
    """The ids of the SKUs in that list; None while it is not given."""

    def takes(self, product: LeavingProduct) -> bool:
        """Whether the product is told of at all."""
        return (product.is_published or not self.only_on_sale) and any(map(self._takes, product.variants))

    def _takes(self, variant: LeavingVariant) -> bool:
        known = bool(variant.id_there) if self.only_these is None else variant.id_there in self.only_these
        return known or not self.only_from_there

    def losses(self, product: LeavingProduct) -> Iterator[Loss]:
        """What of the product will not be there, or not be taken as it is; each once."""
        if not self.takes(product):
            told = _("the product: it is not in their list of your goods")
            yield Loss(product.title, _("the product: it is not on sale") if self.only_on_sale else told)
            return
        for what in dict.fromkeys(self._losses(product)):
            yield Loss(product.title, what)

    def _losses(self, product: LeavingProduct) -> Iterator[str]:
        for name in FIELDS:
            if name not in self.holds and _has(product, name):
                yield str(FIELDS[name])
        for name, most in self.most.items():
            if _count(product, name) > most:
                words = _TOGETHER if name == "options" else _ROOM
                yield str(filled(words, most=most)) % {"what": FIELDS[name]}
        if self.own_categories and product.category_there is None:
            yield _("category: the platform has its own, choose one there")
        if not all(map(self._takes, product.variants)):
            yield _("some variants: they are not in their list of your goods")
        for line in self.lines(product):
            for column, room in self.rooms.items():
                yield from room.unfit(str(line.get(column, "")))
        if self.only_on_sale and not product.pictures:
            yield _("picture: there is none, and without one the goods are not shown there")

    def write(self, goods: Iterator[LeavingProduct], attributes: Sequence[str], to: Opened) -> None:
        """The table of these goods, whole, for a shop with these attributes."""
        self.form.write(self.columns(attributes), (self._cut(self.lines(product)) for product in goods), to)

    def _cut(self, lines: Iterator[Line]) -> Iterator[Line]:
        cutting = {column: room.most for column, room in self.rooms.items() if room.cuts}
        for line in lines:
            yield {**line, **{column: str(line.get(column, ""))[:most] for column, most in cutting.items()}}


def same(*columns: str) -> Callable[[Sequence[str]], Sequence[Column]]:
    """Columns whose key is their label, whatever the attributes."""
    pairs = [(column, column) for column in columns]
    return lambda _attributes: pairs


def _has(product: LeavingProduct, name: str) -> bool:
    if name == "sides":
        return None not in {product.length_cm, product.width_cm, product.height_cm}
    if name == "ai":
        return product.has_ai_pictures or product.has_ai_words
    if name == "options":
        return bool(product.option_names)
    if name in {"seller_sku", "barcode", "price_idr", "stock"}:
        return any(getattr(variant, name) for variant in product.variants)
    return bool(getattr(product, name))


def _count(product: LeavingProduct, name: str) -> int:
    return len(product.option_names if name == "options" else getattr(product, name))
