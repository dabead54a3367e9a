"""Out of a social app's own browser: everything may be looked at there, but buying goes on in a real one:
docs/concepts/law-and-practice.md "The boundary with social media".

One address does both: inside the app `/hand-over/<token>` shows how to get out, and in a real browser it goes on where
the buyer was. So the app's own "open in browser" works too, whatever it calls it.
"""

import re
import uuid
from datetime import timedelta
from functools import wraps
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from lapak.affiliates.token import make_token
from lapak.people.users.models import User
from lapak.trade.orders.carts import cart_of_user, contents_of_cart, hand_over_cart, quantity_in_cart, visitor_cart
from lapak.trade.orders.models import Cart, CartLine
from lapak.web.shell.in_app import UNNAMED_APP, in_app_browser
from lapak.web.shell.posted import posted_from
from lapak.web.shell.qr import qr_drawing
from lapak.web.shop.answers import Given, SeeOther, View, private_page
from lapak.web.shop.clicks import COOKIE, cookie_joining, remembered_clicks
from lapak.web.shop.current_cart import current_cart, recount, remember_visitor_cart
from lapak.web.shop.devices import BOT, device_of
from lapak.web.shop.hand_over_token import VALID_FOR, HandOver, seal, unseal

HANDED_OVER = "handed_over"
"""Session key: which cart came along last."""

MOST_HANDED_OVER = 3
"""Clicks that come along: each makes the address longer, and the picture of it harder for a camera."""

GOES_ON_HERE = "goes_on_here"
"""Session key: the visitor says that this browser, which names itself to be none, is their own."""


def outside_social_apps(view: View[Given]) -> View[Given]:
    """Inside a social app's own browser, answer with the way out instead of the page."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
        if _app(request) is None or GOES_ON_HERE in request.session:
            return view(request, *args, **kwargs)
        return SeeOther(reverse("hand_over", args=[seal(_to_hand_over(request))]))

    return answer


@require_GET
def hand_over(request: HttpRequest, token: str) -> HttpResponse:
    """Inside an app: how to get out. In a real browser: the cart and the click are here, and the buyer goes on; where there
    is a cart to mix it with, they are asked first, for anybody may have sent them the address."""
    held = unseal(token)
    if held is None:
        return _ended(request)
    if _app(request) is not None or device_of(_user_agent(request)) == BOT:
        return _way_out(
            request, held, token
        )  # a bot previews an address that someone sent themselves: that is no opening
    theirs = _would_be_mixed(request, held)
    return _ask(request, theirs, token) if theirs else _go_on(request, held)


@posted_from("hand_over", "token")
def take_along(request: HttpRequest, token: str) -> HttpResponse:
    """The buyer wants the goods beside their own."""
    held = unseal(token)
    return _go_on(request, held) if held else _ended(request)


@posted_from("hand_over", "token")
@private_page
def go_on_here(request: HttpRequest, token: str) -> HttpResponse:
    """Out of an app that names itself there is a way; for a browser that only looks like one, this is the browser."""
    held = unseal(token)
    if held is None:
        return _ended(request)
    if _app(request) == UNNAMED_APP:
        request.session[GOES_ON_HERE] = True
    return SeeOther(held.path)


def _go_on(request: HttpRequest, held: HandOver) -> HttpResponse:
    if not _bring_cart(request, held.cart_id):
        return _ended(request)
    response = SeeOther(held.path)
    if held.clicks:
        response.cookies.load(cookie_joining(held.clicks, request.COOKIES.get(COOKIE, "")))
    return response


def _ended(request: HttpRequest) -> HttpResponse:
    return render(request, "shop/hand_over_ended.html", status=410)


def _would_be_mixed(request: HttpRequest, held: HandOver) -> Cart | None:
    """The cart that comes along, if it would be poured into somebody's: of who is signed in, or has goods in their cart."""
    if held.cart_id is None or request.session.get(HANDED_OVER) == held.cart_id.hex:
        return None
    mine = current_cart(request)
    if mine is not None and mine.id == held.cart_id:
        return None
    is_somebodys = isinstance(request.user, User) or (mine is not None and quantity_in_cart(mine) > 0)
    return visitor_cart(held.cart_id) if is_somebodys else None


def _ask(request: HttpRequest, theirs: Cart, token: str) -> HttpResponse:
    context = {"goods": _goods_of(theirs), "take_along": reverse("take_along", args=[token])}
    return render(request, "shop/hand_over_ask.html", context)


def _goods_of(cart: Cart | None) -> list[CartLine]:
    return [line for group in contents_of_cart(cart).groups for line in group.lines] if cart else []


def _bring_cart(request: HttpRequest, cart_id: uuid.UUID | None) -> bool:
    """Whether this browser has the cart now; not if another took it before. Going back to the address is no second taking."""
    if cart_id is None or request.session.get(HANDED_OVER) == cart_id.hex:
        return True
    mine = current_cart(request)
    if mine and mine.id == cart_id:
        return True  # the app's browser itself, with another name than before
    if mine is None and isinstance(request.user, User):
        mine = cart_of_user(request.user)
    cart = hand_over_cart(cart_id, into=mine)
    if cart is None:
        return False
    if not isinstance(request.user, User):
        remember_visitor_cart(request, cart)
    request.session[HANDED_OVER] = cart_id.hex
    recount(request, cart)
    return True


def _to_hand_over(request: HttpRequest) -> HandOver:
    """What this browser has to give: a visitor's cart (a user's is theirs everywhere), and of the clicks it can prove the
    newest and the first."""
    cart = current_cart(request)
    clicks = remembered_clicks(request)
    newest = clicks[: MOST_HANDED_OVER - 1]
    path = request.get_full_path() if request.method == "GET" else reverse("cart")
    is_users = isinstance(request.user, User)
    return HandOver(
        cart_id=cart.id if cart and not is_users else None,
        clicks=[make_token(click.link_id, click.click_id) for click in (*newest, *clicks[len(newest) :][-1:])],
        path=f"{reverse('account_login')}?{urlencode({'next': path})}" if is_users else path,
    )


def _way_out(request: HttpRequest, held: HandOver, token: str) -> HttpResponse:
    app, address = _app(request), f"{settings.BASE_URL}{request.path}"
    return render(
        request,
        "shop/hand_over.html",
        {
            "valid_minutes": VALID_FOR // timedelta(minutes=1),
            "app": "" if app == UNNAMED_APP else app,
            "address": address,
            "here": reverse("go_on_here", args=[token]) if app == UNNAMED_APP else "",
            "intent": _android_intent(address) if "Android" in _user_agent(request) else "",
            "is_ios": bool(re.search(r"iPhone|iPad|iPod", _user_agent(request))),
            "qr": qr_drawing(address),
            "goods": _goods_of(visitor_cart(held.cart_id)),
        },
    )


def _android_intent(address: str) -> str:
    """The address as Android's "open this outside"; without a browser that takes it, the app shows the page again."""
    scheme, _, rest = address.partition("://")
    return (
        f"intent://{rest}#Intent;scheme={scheme};action=android.intent.action.VIEW;"
        f"category=android.intent.category.BROWSABLE;S.browser_fallback_url={quote(address, safe='')};end"
    )


def _app(request: HttpRequest) -> str | None:
    return in_app_browser(_user_agent(request))


def _user_agent(request: HttpRequest) -> str:
    # Not `request.headers`: it copies every header, and a purchase comes by here.
    agent: str = request.META.get("HTTP_USER_AGENT", "")
    return agent
