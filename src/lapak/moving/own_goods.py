"""Goods that come back to the shop that they left from, in Lapak's own file: they know themselves, and stay as they are here.

The file has another memory than the shop: what was changed here since it was written is newer than what it says.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import ngettext

from lapak.goods.catalogue.models import Product
from lapak.moving.bundle import Bundle, SourceProduct
from lapak.moving.plan import Action, Counts
from lapak.moving.problems import Aside
from lapak.people.shops.models import Shop

_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class OwnGoods:
    """Those that were set apart."""

    products: list[SourceProduct] = field(default_factory=list)

    @property
    def counts(self) -> Counts:
        """All of them stay."""
        counts = Counts()
        counts.products.count(Action.LEAVE, len(self.products))
        for variant in (variant for product in self.products for variant in product.variants):
            counts.skus.count(Action.LEAVE)
            counts.stock.count(Action.LEAVE, variant.stock if isinstance(variant.stock, int) else 0)
        return counts

    @property
    def pictures(self) -> set[str]:
        """The keys of their pictures, which are here."""
        return {key for product in self.products for key in product.images or ()}

    def asides(self) -> Iterator[Aside]:
        """What their seller is told."""
        if count := len(self.products):
            message = ngettext(
                "%(count)d product left from this very shop: it stays as it is here.",
                "%(count)d products left from this very shop: they stay as they are here.",
                count,
            )
            yield Aside(self.products[0].sheet.file, message % {"count": count})


def set_apart(shop: Shop, bundle: Bundle) -> OwnGoods:
    """The shop's own goods are in the bundle no more."""
    own = OwnGoods([bundle.products.pop(source_id) for source_id in _own_ids(shop, bundle.products)])
    if own.products:
        bundle.disagreements = [each for each in bundle.disagreements if each.product_id in bundle.products]
    return own


def _own_ids(shop: Shop, source_ids: Iterable[str]) -> list[str]:
    by_id = {id_: said for said in source_ids if (id_ := _uuid(said))}
    ids = list(by_id)
    own: list[str] = []
    for begin in range(0, len(ids), _AT_ONCE):
        here = Product.objects.filter(shop=shop, id__in=ids[begin : begin + _AT_ONCE]).values_list("id", flat=True)
        own += (by_id[id_] for id_ in here)
    return own


def _uuid(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None
