"""Paying a purchase: the QRIS code, the time left, and what has come of it."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from lapak.flows.cancel_order import cancel_unpaid_purchase
from lapak.lib.refusal import Refusal
from lapak.money.payments.commands import issue_qris
from lapak.money.payments.errors import IntentExpired, IntentPaid
from lapak.money.payments.queries import attempts_to_pay
from lapak.money.payments.rules import Status
from lapak.trade.orders.carts import cart_of_user
from lapak.trade.orders.errors import OrderNotFound
from lapak.trade.orders.models import Purchase
from lapak.trade.orders.queries import payment_status_for_buyer, purchase_for_buyer
from lapak.web.shell.acts import carried_out, signed_in
from lapak.web.shell.qr import qr_drawing, qr_picture
from lapak.web.shop.answers import SeeOther, private_page
from lapak.web.shop.current_cart import recount
from lapak.web.shop.hand_over import outside_social_apps

BY_BUYER = gettext_noop("Cancelled by the buyer.")


@require_safe
@private_page
@outside_social_apps
@login_required
def pay(request: HttpRequest, purchase_id: uuid.UUID) -> HttpResponse:
    """The code to scan; once paid, on to the order; once over, what to do now."""
    purchase = _own_purchase(request, purchase_id)
    recount(request, cart_of_user(signed_in(request)))  # what was bought has left it
    attempt = attempts_to_pay(purchase.id)[0]
    if attempt.status == Status.PAID:
        return redirect(_order_page(purchase))
    try:
        # Outside any transaction: the provider is asked over the network.
        intent = issue_qris(
            attempt.id,
            description=", ".join(order.shop.name for order in purchase.orders.all()),
            return_url=request.build_absolute_uri(request.path),
        )
    except IntentPaid:
        return redirect(_order_page(purchase))
    except IntentExpired:
        return render(request, "shop/pay_ended.html", {"purchase": purchase})
    except Refusal as refusal:
        return render(request, "shop/pay_later.html", {"purchase": purchase, "refusal": refusal}, status=503)
    context = {"purchase": purchase, "intent": intent, "qr": qr_drawing(intent.instructions["qris_payload"])}
    return render(request, "shop/pay.html", context)


@require_safe
@private_page
@login_required
def pay_status(request: HttpRequest, purchase_id: uuid.UUID) -> HttpResponse:
    """For the waiting page, every few seconds: nothing while nothing has changed, else the word to load itself anew."""
    try:
        status = payment_status_for_buyer(signed_in(request), purchase_id)
    except OrderNotFound as refusal:
        raise Http404 from refusal
    if status == Status.PENDING:
        return HttpResponse(status=204)
    return HttpResponse(headers={"HX-Refresh": "true"})


@require_safe
@private_page
@login_required
def pay_code(request: HttpRequest, purchase_id: uuid.UUID) -> HttpResponse:
    """The code as a picture to keep: who pays on the phone they shop with cannot scan its own screen."""
    attempt = attempts_to_pay(_own_purchase(request, purchase_id).id)[0]
    if attempt.status != Status.PENDING or not attempt.instructions:
        raise Http404
    name = f"lapak-{attempt.id.hex[-12:]}.png"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(qr_picture(attempt.instructions["qris_payload"]), content_type="image/png", headers=headers)


@require_POST
@private_page
@outside_social_apps
@login_required
def cancel_purchase(request: HttpRequest, purchase_id: uuid.UUID) -> HttpResponse:
    """Every order of an unpaid purchase is cancelled."""
    purchase = _own_purchase(request, purchase_id)
    carried_out(
        request,
        lambda: cancel_unpaid_purchase(purchase.id, signed_in(request), BY_BUYER),
        _("The purchase is cancelled. Nothing was charged."),
    )
    return SeeOther(_order_page(purchase))


def _own_purchase(request: HttpRequest, purchase_id: uuid.UUID) -> Purchase:
    try:
        return purchase_for_buyer(signed_in(request), purchase_id)
    except OrderNotFound as refusal:
        raise Http404 from refusal


def _order_page(purchase: Purchase) -> str:
    """The purchase's order; of several, their list."""
    orders = purchase.orders.all()
    return reverse("order", args=[orders[0].id]) if len(orders) == 1 else reverse("orders")
