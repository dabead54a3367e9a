"""What a seller sees first: what must leave today, what the shop earned, what runs out, and what to do next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lapak.affiliates.queries import programmes_of_shop
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.queries import product_counts_of_shop, variants_running_out
from lapak.lib import clock
from lapak.people.shops.models import Shop
from lapak.trade.orders.queries import order_counts_of_shop, orders_to_hand_over
from lapak.trade.orders.rules import State
from lapak.web.sell.access import for_sellers, show
from lapak.web.sell.balance import figures
from lapak.web.sell.orders import URGENT_WITHIN

LOW_STOCK = 5
"""So few pieces left that a busy afternoon sells them out."""


@require_safe
@for_sellers
def overview(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The shop's first page."""
    counts = order_counts_of_shop(shop)
    products = product_counts_of_shop(shop)
    context: dict[str, Any] = {
        **figures(shop),
        "to_pack": counts[State.TO_PACK],
        "to_ship": counts[State.PACKED],
        "urgent": orders_to_hand_over(shop)[:5],
        "soon": clock.now() + URGENT_WITHIN,
        "running_out": variants_running_out(shop, LOW_STOCK)[:5],
        "steps": _steps(shop, has_products=products[Product.Status.PUBLISHED] > 0),
    }
    return show(request, shop, "overview.html", context)


def _steps(shop: Shop, *, has_products: bool) -> dict[str, bool]:
    """What a new shop has done and has yet to do; empty when all of it is done."""
    steps = {
        "products": has_products,
        "bank_account": shop.bank_account_id is not None,
        "programme": programmes_of_shop(shop).exists(),
        "nib": bool(shop.nib),
    }
    return {} if all(steps.values()) else steps
