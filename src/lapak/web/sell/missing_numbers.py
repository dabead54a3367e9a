"""Goods of a shop that lack the number of a standard: which, what, and until when they stay on sale."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lapak.goods.catalogue.models import MissingNumber
from lapak.goods.catalogue.numbering import ids_without_number
from lapak.goods.catalogue.numbers import in_words, missing_in
from lapak.lib import clock
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.web.sell.access import for_sellers, show
from lapak.web.shell.acts import page_of

PRODUCTS_ON_A_PAGE = 25


@require_safe
@for_sellers(Duty.GOODS)
def missing_numbers(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The most urgent first."""
    page = page_of(request, ids_without_number(shop), PRODUCTS_ON_A_PAGE)
    return show(request, shop, "missing_numbers.html", {"page": page, "rows": _rows(list(page))})


def _rows(ids: Sequence[uuid.UUID]) -> list[tuple[object, datetime, list[str]]]:
    found = MissingNumber.objects.select_related("product__category").in_bulk(ids)
    missing = [found[id_] for id_ in ids if id_ in found]
    return [(each.product, each.due_at, _missing(each)) for each in missing]


def _missing(each: MissingNumber) -> list[str]:
    category = each.product.category
    demands = missing_in(category.code if category else "", each.product.attributes, clock.today())
    return [in_words(demand) for demand in demands]
