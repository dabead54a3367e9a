"""A shop's orders: by state, packed together, and their packing slips."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from lapak.lib import clock
from lapak.lib.refusal import Refusal
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.models import Order
from lapak.trade.orders.queries import MOST_URGENT, order_counts_of_shop, orders_of_shop, orders_of_shop_named
from lapak.trade.orders.rules import State
from lapak.web.sell.access import for_sellers, show
from lapak.web.shell.acts import page_of, signed_in, ticked_ids
from lapak.web.shell.posted import posted_from

ORDERS_ON_A_PAGE = 25

TABS = {
    State.TO_PACK: gettext_lazy("To pack"),
    State.PACKED: gettext_lazy("To ship"),
    State.SHIPPED: gettext_lazy("On the way"),
    State.DELIVERED: gettext_lazy("Arrived"),
    State.COMPLETED: gettext_lazy("Done"),
    State.REFUNDED: gettext_lazy("Refunded"),
    State.CANCELLED: gettext_lazy("Cancelled"),
    State.AWAITING_PAYMENT: gettext_lazy("Unpaid"),
}
"""In the order in which a seller looks at them."""

URGENT_WITHIN = timedelta(hours=12)
"""From here on a ship-by clock is shown in colour: less than a working day is left."""

HAS_SHIP_BY = {State.TO_PACK, State.PACKED}


@require_safe
@for_sellers(Duty.ORDERS)
def orders(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The orders of one state: what must leave the house first, first; otherwise the newest. `?q=` finds one of any state,
    by its number, its parcel's or who gets it."""
    words = request.GET.get("q", "").strip()[:100]
    state = None if words else _asked_state(request)
    counts = order_counts_of_shop(shop)
    found = orders_of_shop_named(shop, words) if words else orders_of_shop(shop, state)
    if state in HAS_SHIP_BY:
        found = found.order_by(*MOST_URGENT)
    context: dict[str, Any] = {
        "words": words,
        "state": state,
        "tabs": [(tab.value, label, counts[tab]) for tab, label in TABS.items()],
        "page": page_of(request, found, ORDERS_ON_A_PAGE, total=counts[state] if state else None),
        "has_any": any(counts.values()),
        "soon": clock.now() + URGENT_WITHIN,
    }
    return show(request, shop, "orders.html", context)


@posted_from("sell_orders", "slug")
@for_sellers(Duty.ORDERS)
def pack_chosen(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Everything ticked is packed; what has moved on in the meantime is left as it is, and said."""
    packed, refused = _pack_each(signed_in(request), _chosen(request, shop))
    if packed:
        messages.success(
            request, ngettext("%(count)d order is packed.", "%(count)d orders are packed.", packed) % {"count": packed}
        )
    for refusal in sorted(refused):
        messages.error(request, refusal)
    if not packed and not refused:
        messages.warning(request, _("Tick the orders you have packed first."))
    return redirect("sell_orders", shop.slug)


@posted_from("sell_orders", "slug")
@for_sellers(Duty.ORDERS)
def slips(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The packing slips of everything ticked, one a sheet. By POST, as the ticked list is; nothing changes."""
    chosen = _chosen(request, shop).filter(state__in=HAS_SHIP_BY)
    if not chosen:
        messages.warning(request, _("Tick the orders whose packing slips you need first."))
        return redirect("sell_orders", shop.slug)
    return render(request, "sell/slips.html", {"shop": shop, "orders": chosen})


def _asked_state(request: HttpRequest) -> State:
    asked = request.GET.get("state", "")
    return State(asked) if asked in TABS else State.TO_PACK


def _chosen(request: HttpRequest, shop: Shop) -> QuerySet[Order]:
    """The ticked orders, of this shop only."""
    return orders_of_shop(shop).filter(id__in=ticked_ids(request.POST, "order")).order_by(*MOST_URGENT)


def _pack_each(by: User, chosen: Iterable[Order]) -> tuple[int, set[str]]:
    packed, refused = 0, set()
    for order in chosen:
        try:
            pack_order(by, order.id)
            packed += 1
        except Refusal as refusal:
            refused.add(str(refusal))
    return packed, refused
