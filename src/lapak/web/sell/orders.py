"""A shop's orders: by state, packed and sent together, and their packing slips."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from lapak.flows.ship_order import ship_order
from lapak.lib import clock
from lapak.lib.refusal import Refusal
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.models import Order
from lapak.trade.orders.queries import MOST_URGENT, order_counts_of_shop, orders_of_shop, orders_of_shop_named
from lapak.trade.orders.rules import State
from lapak.trade.orders.sight import address_for_shop
from lapak.web.sell.access import for_sellers, show
from lapak.web.sell.order_forms import ShipForm
from lapak.web.shell.acts import accepted, page_of, signed_in, sought, ticked_ids
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
    words = sought(request.GET)
    return _list(request, shop, words, None if words else _asked_state(request), {})


def _list(
    request: HttpRequest, shop: Shop, words: str, state: State | None, typed: Mapping[uuid.UUID, ShipForm]
) -> HttpResponse:
    """What has the words, or is in the state. What waits to be sent has a field for its number: as it was `typed`, by order."""
    counts = order_counts_of_shop(shop)
    found = orders_of_shop_named(shop, words) if words else orders_of_shop(shop, state)
    if state in HAS_SHIP_BY:
        found = found.order_by(*MOST_URGENT)
    page = page_of(request, found, ORDERS_ON_A_PAGE, total=counts[state] if state else None)
    context: dict[str, Any] = {
        "rows": [
            (order, typed.get(order.id) or _ship_form(order) if state == State.PACKED else None) for order in page
        ],
        "words": words,
        "state": state,
        "tabs": [(tab.value, label, counts[tab]) for tab, label in TABS.items()],
        "page": page,
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
def ship_filled(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Every order of the list whose tracking number was typed is with the courier; a refused one stays in its field."""
    by, shown = signed_in(request), orders_of_shop(shop).filter(id__in=ticked_ids(request.POST, "shown"))
    forms = [(order, _ship_form(order, request.POST)) for order in shown.order_by(*MOST_URGENT)]
    typed = {order: form for order, form in forms if str(form["tracking_number"].value() or "").strip()}
    sent = sum(_ship(by, request, order, form) for order, form in typed.items())
    if sent:
        told = ngettext("%(count)d order is on its way.", "%(count)d orders are on their way.", sent)
        messages.success(request, told % {"count": sent})
    if not typed:
        messages.warning(request, _("Type the tracking numbers of what the courier has taken first."))
    if sent == len(typed):
        return redirect(f"{reverse('sell_orders', args=[shop.slug])}?state={State.PACKED}")
    return _list(request, shop, "", State.PACKED, {order.id: form for order, form in typed.items()})


@posted_from("sell_orders", "slug")
@for_sellers(Duty.ORDERS)
def slips(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The packing slips of everything ticked, one a sheet. By POST, as the ticked list is; nothing changes."""
    chosen = _chosen(request, shop).filter(state__in=HAS_SHIP_BY)
    if not chosen:
        messages.warning(request, _("Tick the orders whose packing slips you need first."))
        return redirect("sell_orders", shop.slug)
    return slips_of(request, shop, chosen)


def slips_of(request: HttpRequest, shop: Shop, orders: Iterable[Order]) -> HttpResponse:
    """Each order's packing slip with where it goes, as far as the shop sees it; `Http404` where it knows no address of any."""
    addressed = [(order, address) for order in orders if (address := address_for_shop(order))]
    if not addressed:
        raise Http404
    return render(request, "sell/slips.html", {"shop": shop, "addressed": addressed})


def _asked_state(request: HttpRequest) -> State:
    asked = request.GET.get("state", "")
    return State(asked) if asked in TABS else State.TO_PACK


def _chosen(request: HttpRequest, shop: Shop) -> QuerySet[Order]:
    """The ticked orders, of this shop only."""
    return orders_of_shop(shop).filter(id__in=ticked_ids(request.POST, "order")).order_by(*MOST_URGENT)


def _ship_form(order: Order, posted: QueryDict | None = None) -> ShipForm:
    form = ShipForm(posted, prefix=order.id.hex)
    form.fields["tracking_number"].help_text = ""  # the row has no room for it
    return form


def _ship(by: User, request: HttpRequest, order: Order, form: ShipForm) -> bool:
    """Whether it is on its way now; what is wrong with more than the number is said above the list, where it may be no more."""
    if accepted(form, lambda: ship_order(by, order.id, form.cleaned_data["tracking_number"])):
        return True
    for error in form.non_field_errors():
        messages.error(request, f"{order.number}: {error}")
    return False


def _pack_each(by: User, chosen: Iterable[Order]) -> tuple[int, set[str]]:
    packed, refused = 0, set()
    for order in chosen:
        try:
            pack_order(by, order.id)
            packed += 1
        except Refusal as refusal:
            refused.add(str(refusal))
    return packed, refused
