"""What a seller sees first: what must leave today, what the shop earned, what runs out, and what to do next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lapak.affiliates.queries import programmes_of_shop
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.numbering import ids_without_number
from lapak.goods.catalogue.queries import product_counts_of_shop, variants_running_out
from lapak.lib import clock
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import DUTIES, DUTIES_OF, Duty, Role
from lapak.trade.orders.queries import order_counts_of_shop, orders_to_hand_over, sales_of_shop_per_day
from lapak.trade.orders.rules import State
from lapak.web.sell.access import for_sellers, role_of, show
from lapak.web.sell.balance import figures
from lapak.web.sell.orders import URGENT_WITHIN
from lapak.web.shell.chart import days_of_sales

LOW_STOCK = 5
"""So few pieces left that a busy afternoon sells them out."""

DAYS_SHOWN = 7
"""Of sales: today and the six days before."""

BUILDS = {Role.OWNER, Role.ADMIN}
"""Whom the steps of a new shop are shown."""


@require_safe
@for_sellers()
def overview(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The shop's first page."""
    counts = order_counts_of_shop(shop)
    products = product_counts_of_shop(shop)
    role = role_of(request)
    sales = sales_of_shop_per_day(shop, DAYS_SHOWN)
    context: dict[str, Any] = {
        **(figures(shop) if Duty.MONEY in DUTIES_OF[role] else {}),
        "sales": days_of_sales(sales),
        "role": role,
        "does": get_text_list([str(words) for duty, words in DUTIES.items() if duty in DUTIES_OF[role]], _("and")),
        "to_pack": counts[State.TO_PACK],
        "to_ship": counts[State.PACKED],
        "urgent": orders_to_hand_over(shop)[:5],
        "soon": clock.now() + URGENT_WITHIN,
        "missing_numbers": ids_without_number(shop).count() if Duty.GOODS in DUTIES_OF[role] else 0,
        "running_out": variants_running_out(shop, LOW_STOCK)[:5],
        "steps": _steps(shop, has_products=products[Product.Status.PUBLISHED] > 0) if role in BUILDS else {},
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
