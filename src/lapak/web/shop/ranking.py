"""In which order goods are shown, for everybody to read: made from the code that orders them."""

import math
from dataclasses import dataclass, fields

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lapak.goods.search.index import TITLE_WEIGHT
from lapak.goods.search.listings import Listing
from lapak.goods.search.ranking import BEFORE_FOR_ONE, MOST_FOR_BEFORE, raised_by
from lapak.web.shop.answers import public_page

KNOWN: dict[str, Promise] = {
    "title": _("title"),
    "details": _("brand, category, attributes and options"),
    "category_code": _("category"),
    "price_idr": _("price of the cheapest choice"),
    "in_stock": _("whether it is in stock"),
    "is_domestic": _("whether it was made in Indonesia"),
    "created_at": _("since when it is listed"),
    "sold_here": _("how many were sold here"),
    "sold_before": _("how many were sold elsewhere before, by the shop's own files"),
    "shop_id": _("whose it is, to look within one shop alone"),
    "id": _("its number, so that equals have an order of their own"),
}
"""All that the search knows of goods, in words."""


@dataclass(frozen=True, slots=True)
class Example:
    """Goods by what raises them."""

    in_stock: bool
    sold_here: int
    sold_before: int = 0

    @property
    def percent(self) -> int:
        """So much more than goods that are sold out and were never sold; rounded down."""
        return math.floor(100 * raised_by(self)) - 100


EXAMPLES = (
    Example(True, 0),
    Example(True, 10),
    Example(True, 1_000),
    Example(True, 1_000_000),
    Example(True, 0, 1_000),
    Example(False, 0),
    Example(False, 1_000),
)


@require_safe
@public_page
def ranking(request: HttpRequest) -> HttpResponse:
    """What counts, by how much, and what never does."""
    context = {
        "known": [KNOWN[field.name] for field in fields(Listing)],
        "examples": EXAMPLES,
        "title_weight": TITLE_WEIGHT,
        "before_for_one": BEFORE_FOR_ONE,
        "most_for_before": MOST_FOR_BEFORE,
    }
    return render(request, "shop/ranking.html", context)
