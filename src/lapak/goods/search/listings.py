"""Products on sale as the index sees them, read from the catalogue in a few set-based queries."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import Any

from django.contrib.postgres.aggregates import BoolOr, JSONBAgg
from django.db.models import F, Min, Q, Sum
from django.db.models.functions import Coalesce

from lapak.goods.catalogue.models import Category
from lapak.goods.catalogue.on_sale import on_sale
from lapak.goods.catalogue.rules import Origin

BATCH = 1_000
"""Products read at once: enough that the queries' fixed cost vanishes, few enough to stay small in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A product on sale: what it is found by, filtered by and sorted by.

    `details` is everything said about it outside the title; `price_idr` is that of its cheapest active variant.
    """

    id: uuid.UUID
    shop_id: uuid.UUID
    title: str
    details: str = ""
    category_code: str = ""
    price_idr: int
    in_stock: bool
    is_domestic: bool = False
    created_at: datetime
    sold_here: int = 0
    sold_before: int = 0
    """On other platforms, by the shop's own files."""


def listings_of(product_ids: Sequence[uuid.UUID]) -> list[Listing]:
    """Those of the products that are on sale: published, in an open shop, with a variant to buy; two queries."""
    rows = (
        on_sale()
        .filter(id__in=product_ids, variants__is_active=True)
        .annotate(  # about the active variants only, as the filter says
            price_idr=Min("variants__price_idr"),
            in_stock=BoolOr(Q(variants__stock__on_hand__gt=F("variants__stock__reserved")), default=False),
            options=JSONBAgg("variants__option_values"),
            sold_here=Coalesce(Sum("variants__stock__sold"), 0),
        )
        .values(
            "id", "shop_id", "title", "brand", "category__code", "source_category", "attributes", "created_at",
            "price_idr", "in_stock", "options", "sold_here", "sold_before", "origin",
        )
    )  # fmt: skip
    names = _category_names()
    return [_listing(row, names.get(row["category__code"] or "", ())) for row in rows]


def all_listings() -> Iterator[list[Listing]]:
    """Every product on sale, in batches by id: memory and transactions stay small whatever their number.

    The ids are read first: with a thousand of them at hand, the database goes by its indexes also before it has
    statistics of a catalogue just moved in.
    """
    last = uuid.UUID(int=0)
    ids = on_sale().order_by("id").values_list("id", flat=True)
    while product_ids := list(ids.filter(id__gt=last)[:BATCH]):
        yield listings_of(product_ids)
        last = product_ids[-1]


def _listing(row: Mapping[str, Any], category_names: tuple[str, ...]) -> Listing:
    options = dict.fromkeys(value for values in row["options"] for value in values)
    details = [row["brand"], *category_names, row["source_category"], *row["attributes"].values(), *options]
    return Listing(
        id=row["id"],
        shop_id=row["shop_id"],
        title=row["title"],
        details=" ".join(str(detail) for detail in details if detail),
        category_code=row["category__code"] or "",
        price_idr=row["price_idr"],
        in_stock=row["in_stock"],
        is_domestic=row["origin"] == Origin.DOMESTIC,
        created_at=row["created_at"],
        sold_here=row["sold_here"],
        sold_before=sum(row["sold_before"].values()),
    )


def _category_names() -> dict[str, tuple[str, ...]]:
    """By its code, what each category and those above it are called, in both languages: either may be searched for."""
    names = {
        code: (name_id, name_en)
        for code, name_id, name_en in Category.objects.values_list("code", "name_id", "name_en")
    }
    return {code: tuple(name for above in branch(code) for name in names.get(above, ())) for code in names}


def branch(category_code: str) -> list[str]:
    """The codes from the top of the tree down to this one: their dots tell. Empty for no category."""
    return list(accumulate(category_code.split("."), "{}.{}".format)) if category_code else []
