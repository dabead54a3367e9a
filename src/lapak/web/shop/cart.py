"""The cart: what is wished for, by shop, and how much of it."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lapak.lib.numbers import read_count
from lapak.lib.refusal import Refusal
from lapak.people.users.models import User
from lapak.trade.orders.carts import accept_prices, add_to_cart, contents_of_cart, set_cart_quantity
from lapak.trade.orders.errors import CartLineRefused
from lapak.trade.orders.queries import purchases_to_pay
from lapak.web.shell.acts import way_back
from lapak.web.shell.posted import posted_from
from lapak.web.shop.answers import SeeOther, from_our_pages, private_page
from lapak.web.shop.checkout_page import most_at_once_idr
from lapak.web.shop.current_cart import cart_to_fill, current_cart, recount
from lapak.web.shop.hand_over import outside_social_apps


@require_safe
@private_page
@outside_social_apps
def cart(request: HttpRequest) -> HttpResponse:
    """Everything in the cart at today's prices: what changed since it was put in, what has gone, what it comes to."""
    mine = current_cart(request)
    contents = contents_of_cart(mine) if mine else None
    recount(request, mine)
    groups = contents.groups if contents else []
    lines = [line for group in groups for line in group.lines]
    goods_idr, most_idr = sum(group.goods_idr for group in groups), most_at_once_idr()
    context = {
        "groups": groups,
        "resting": contents.resting if contents else [],
        "gone": contents.gone if contents else [],
        "goods_idr": goods_idr,
        "is_too_large": goods_idr > most_idr,
        "most_idr": most_idr,
        "pieces": sum(line.quantity for line in lines),
        "pay_at": _pay_at(request),
        "prices_have_changed": any(line.price_has_changed for line in lines),
    }
    return render(request, "shop/cart.html", context)


@posted_from("cart")
@private_page
@from_our_pages
def add(request: HttpRequest) -> HttpResponse:
    """Put goods into the cart, or (`then=checkout`) buy exactly these now."""
    is_buying = request.POST.get("then") == "checkout"
    back = way_back(request, reverse("cart"))
    try:
        variant_id, quantity = _wished(request)
        mine = cart_to_fill(request)
        add_to_cart(mine, variant_id, quantity, replacing=is_buying)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return SeeOther(back)
    recount(request, mine)
    if is_buying:
        return SeeOther(f"{reverse('checkout')}?{urlencode({'only': str(variant_id)})}")
    messages.success(request, _("It is in your cart."))
    return SeeOther(back)


@posted_from("cart")
@private_page
@outside_social_apps
def change_line(request: HttpRequest, variant_id: uuid.UUID) -> HttpResponse:
    """The cart holds `quantity` pieces; none takes the line out."""
    mine = current_cart(request)
    try:
        if mine:
            set_cart_quantity(mine, variant_id, read_count(request.POST.get("quantity", "")))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return SeeOther(reverse("cart"))


@posted_from("cart")
@private_page
@outside_social_apps
def accept_new_prices(request: HttpRequest) -> HttpResponse:
    """The buyer has seen today's prices: they are no news any more."""
    mine = current_cart(request)
    if mine:
        accept_prices(mine)
    return SeeOther(reverse("cart"))


def _wished(request: HttpRequest) -> tuple[uuid.UUID, int]:
    try:
        variant_id = uuid.UUID(request.POST.get("variant", ""))
    except ValueError:
        raise CartLineRefused from None
    return variant_id, read_count(request.POST.get("quantity", "1"))


def _pay_at(request: HttpRequest) -> str:
    """Where the buyer pays what they have ordered already; nothing when nothing waits. Whoever goes back from the pay page
    finds an empty cart otherwise, and orders again."""
    waiting = purchases_to_pay(request.user) if isinstance(request.user, User) else []
    return f"{reverse('orders')}?state=to-pay" if waiting[1:] else reverse("pay", args=waiting) if waiting else ""
