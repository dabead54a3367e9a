"""Which cart a browser stands for: its user's, or the one a visitor's session remembers."""

import uuid

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import ngettext

from lapak.people.users.models import User
from lapak.trade.orders.carts import (
    Wish,
    cart_of_user,
    filled_cart_of_user,
    open_visitor_cart,
    quantity_in_cart,
    take_over_cart,
    visitor_cart,
    wishes_of_cart,
)
from lapak.trade.orders.models import Cart

CART_ID = "cart_id"
"""Session key: which cart is this visitor's."""

CART_COUNT = "cart_count"
"""Session key: the number on the cart's icon, so that drawing a page costs no query."""


def current_cart(request: HttpRequest) -> Cart | None:
    """The user's cart, or the visitor's; none for who has put nothing in yet.

    On the first look after signing in, the user's cart takes over what the visitor had put in; what lay in it before is
    named, for it would be bought along.
    """
    visitor = visitor_cart(_remembered_id(request))
    if not isinstance(request.user, User):
        return visitor
    if CART_ID in request.session:
        del request.session[CART_ID]
    own = filled_cart_of_user(request.user)
    if visitor is None:
        return own
    if lay_there := quantity_in_cart(own) if own else 0:
        said = ngettext(
            "Also in your cart, from before: %(count)d kind of goods.",
            "Also in your cart, from before: %(count)d kinds of goods.",
            lay_there,
        )
        messages.info(request, said % {"count": lay_there})
    return take_over_cart(request.user, visitor)


def cart_to_fill(request: HttpRequest) -> Cart:
    """The current cart; who has none gets one, and a visitor's session remembers it."""
    cart = current_cart(request)
    if cart is None and isinstance(request.user, User):
        return cart_of_user(request.user)
    if cart is None:
        cart = open_visitor_cart()
        remember_visitor_cart(request, cart)
    return cart


def remember_visitor_cart(request: HttpRequest, cart: Cart) -> None:
    """This browser's cart is this one until its user signs in."""
    request.session[CART_ID] = str(cart.id)


def wishes_to_buy(request: HttpRequest, only: str) -> dict[uuid.UUID, Wish]:
    """What the checkout starts from: the variant `only` names, or the whole cart."""
    cart = current_cart(request)
    wishes = wishes_of_cart(cart) if cart else {}
    return {variant_id: wish for variant_id, wish in wishes.items() if str(variant_id) == only} or wishes


def recount(request: HttpRequest, cart: Cart | None) -> None:
    """The number on the cart's icon is true again; the session is written only when it was not."""
    count = quantity_in_cart(cart) if cart else 0
    if request.session.get(CART_COUNT, 0) != count:
        request.session[CART_COUNT] = count


def _remembered_id(request: HttpRequest) -> uuid.UUID | None:
    remembered = request.session.get(CART_ID)
    return uuid.UUID(remembered) if remembered else None
