"""A shop's products: found by status and words, with prices and stock to be changed in place."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.numbering import ids_without_number
from lapak.goods.catalogue.queries import (
    cards_of_shop,
    product_counts_of_shop,
    product_ids_of_shop,
    sole_variants,
)
from lapak.goods.mass.queries import newest_change
from lapak.moving.past.queries import has_past
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.web.sell.access import for_sellers, show
from lapak.web.sell.rows import variant_row
from lapak.web.shell.acts import page_of, sought

PRODUCTS_ON_A_PAGE = 25

TABS = {
    "": gettext_lazy("All"),
    Product.Status.PUBLISHED: gettext_lazy("On sale"),
    Product.Status.DRAFT: gettext_lazy("Drafts"),
    Product.Status.ARCHIVED: gettext_lazy("Archived"),
}


@require_safe
@for_sellers(Duty.GOODS)
def products(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The shop's products, newest first; `?status=` and `?q=` (words of the title, or a SKU) narrow them."""
    counts = product_counts_of_shop(shop)
    status = request.GET.get("status", "")
    status = status if status in TABS else ""
    words = sought(request.GET)
    total = sum(counts.values())
    ids = product_ids_of_shop(shop, status=status or None, text=words)
    page = page_of(request, ids, PRODUCTS_ON_A_PAGE, total=None if words else counts.get(status, total))
    cards = cards_of_shop(shop, page)
    single = sole_variants([product.id for product in cards])
    context: dict[str, Any] = {
        "page": page,
        "rows": [(product, variant_row(single[product.id]) if product.id in single else None) for product in cards],
        "tabs": [(tab, label, counts[tab] if tab else total) for tab, label in TABS.items()],
        "status": status,
        "words": words,
        "has_any": total > 0,
        "has_past": has_past(shop),
        "newest_change": newest_change(shop),
        "missing_numbers": ids_without_number(shop).count(),
    }
    return show(request, shop, "products.html", context)
