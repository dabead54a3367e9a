"""From the cart to a purchase: where to, how sent, what it comes to, and the order itself."""

import dataclasses
from contextlib import suppress

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lapak.affiliates.attribution import CHECKOUT_LASTS
from lapak.affiliates.errors import CodeUnknown
from lapak.affiliates.queries import typed_code
from lapak.affiliates.token import ClickToken
from lapak.flows.place_purchase import place_purchase
from lapak.lib.acts import Busy
from lapak.lib.ids import new_id
from lapak.lib.refusal import Refusal
from lapak.trade.orders.carts import note_checkout
from lapak.trade.orders.errors import OrderedAlready, PurchaseMalformed, PurchaseRefused
from lapak.web.shell.acts import signed_in
from lapak.web.shop.answers import SeeOther, private_page
from lapak.web.shop.checkout_form import CODE, ONCE, Draft, Fields, as_shown, read_draft, read_purchase
from lapak.web.shop.checkout_page import checkout_page, most_at_once_idr
from lapak.web.shop.clicks import remembered_clicks, share_clicks_among_devices
from lapak.web.shop.current_cart import wishes_to_buy
from lapak.web.shop.hand_over import outside_social_apps

LONGEST_TYPED = 80
"""Of what was typed as a code, shown again: room for an address around it."""


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@outside_social_apps
@login_required
def checkout(request: HttpRequest) -> HttpResponse:
    """Show the cart (or, with `only`, one kind of goods in it) ready to be ordered; on POST, order it."""
    if request.method != "POST":
        return _open(request, Draft(new_id(), wishes_to_buy(request, request.GET.get("only", ""))))
    fields = dict(request.POST.lists())
    if "look" in fields:
        return _look_again(request, fields)
    return _order(request, fields)


def _open(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The page, with what its buyer clicked on other devices; from now on they are at the checkout with these goods."""
    response, buyer = _show(request, draft), signed_in(request)
    note_checkout(buyer, draft.wishes, CHECKOUT_LASTS)
    share_clicks_among_devices(request, buyer, response)
    return response


def _order(request: HttpRequest, fields: Fields) -> HttpResponse:
    """What the short way (`quick_checkout`) has left to the page: on success a redirect, else the reason in words."""
    try:
        asked = read_purchase(fields)
        clicks = [*remembered_clicks(request), *_typed(request)]
        purchase_id = place_purchase(signed_in(request).pk, asked, clicks)
    except (PurchaseRefused, Busy, CodeUnknown) as refusal:
        return _show_refused(request, fields, refusal)
    return SeeOther(f"/pay/{purchase_id}")


def _typed(request: HttpRequest) -> list[ClickToken]:
    """What the buyer typed as a creator's code, if anything. Refuses what is none (`CodeUnknown`)."""
    text = request.POST.get(CODE, "").strip()
    return [typed_code(text)] if text else []


def _look_again(request: HttpRequest, fields: Fields) -> HttpResponse:
    """Another address, service or quantity was chosen: the same page with what it comes to now. Nothing is ordered."""
    try:
        return _show(request, read_draft(fields))
    except PurchaseMalformed as refusal:
        return _show(request, _draft(request, fields), refusal)


def _show_refused(request: HttpRequest, fields: Fields, refusal: Refusal) -> HttpResponse:
    """All the buyer had chosen, as it stands now, with the reason; a new key, since this is going to be another purchase."""
    return _show(request, dataclasses.replace(_draft(request, fields), key=new_id()), refusal)


def _draft(request: HttpRequest, fields: Fields) -> Draft:
    """All the buyer had chosen; quantities as they were when those typed cannot be read; the cart when nothing can be."""
    for readable in (fields, as_shown(fields)):
        with suppress(PurchaseMalformed):
            return read_draft(readable)
    return Draft(new_id(), wishes_to_buy(request, request.GET.get("only", "")))


def _show(request: HttpRequest, draft: Draft, refusal: Refusal | None = None) -> HttpResponse:
    page = checkout_page(signed_in(request), draft)
    if not page.parts:
        messages.warning(request, str(refusal) if refusal else _("Your cart holds nothing that can be ordered now."))
        return redirect("cart")
    context = {
        "page": page,
        "refusal": refusal,
        "is_once": not isinstance(refusal, OrderedAlready) and (request.method != "POST" or ONCE in request.POST),
        "code": request.POST.get(CODE, "")[:LONGEST_TYPED],
        "is_adjustable": bool(refusal) or page.has_short_lines,
        "most_idr": most_at_once_idr(),
    }
    return render(request, "shop/checkout.html", context, status=409 if refusal else 200)
