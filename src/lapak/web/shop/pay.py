"""Paying a purchase: the QRIS code, the time left, and what has come of it."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lapak.flows.cancel_order import cancel_unpaid_purchase
from lapak.flows.pay_again import pay_again
from lapak.lib import clock
from lapak.money.payments.commands import ask_for_code, ask_now
from lapak.money.payments.queries import attempts_to_pay
from lapak.money.payments.rules import Status
from lapak.trade.orders import reasons
from lapak.trade.orders.models import Purchase
from lapak.trade.orders.queries import payment_status_for_buyer, purchase_for_buyer
from lapak.trade.orders.rules import State
from lapak.web.shell.acts import carried_out, signed_in
from lapak.web.shell.posted import posted_from
from lapak.web.shell.qr import qr_drawing, qr_picture
from lapak.web.shop.answers import SeeOther, private_page
from lapak.web.shop.current_cart import current_cart, recount
from lapak.web.shop.hand_over import outside_social_apps

CODE_IS_LATE = timedelta(seconds=15)
"""After this the waiting page says that the provider is slow."""


@require_safe
@private_page
@outside_social_apps
@login_required
def pay(request: HttpRequest, purchase_id: uuid.UUID) -> HttpResponse:
    """The code to scan, once it is here; once paid, on to the order; once over, what to do now.

    Nothing here waits for the provider: a job asks it, and the page looks again by itself.
    """
    purchase = _own_purchase(request, purchase_id)
    recount(request, current_cart(request))  # what was bought has left it
    attempts = list(attempts_to_pay(purchase.id))
    if any(attempt.status == Status.PAID for attempt in attempts):
        return redirect(_order_page(purchase))
    attempt, now = attempts[0], clock.now()
    is_cancelled = any(order.state != State.AWAITING_PAYMENT for order in purchase.orders.all())
    if is_cancelled or purchase.pay_by <= now:
        ran_out = purchase.pay_by <= (purchase.orders.all()[0].cancelled_at or now)
        context = {"purchase": purchase, "attempt": attempt, "is_cancelled": is_cancelled, "ran_out": ran_out}
        return render(request, "shop/pay_ended.html", context)
    if attempt.status != Status.PENDING or attempt.expires_at <= now:
        return render(request, "shop/pay_failed.html", {"purchase": purchase, "attempt": attempt})
    if attempt.instructions:
        context = {"purchase": purchase, "intent": attempt, "qr": qr_drawing(attempt.instructions["qris_payload"])}
        return render(request, "shop/pay.html", context)
    ask_for_code(
        attempt.id,
        description=", ".join(order.shop.name for order in purchase.orders.all()),
        return_url=f"{settings.BASE_URL}{request.path}",
    )
    context = {"purchase": purchase, "is_slow": now > attempt.created_at + CODE_IS_LATE}
    return render(request, "shop/pay_wait.html", context)


@require_safe
@private_page
@login_required
def pay_status(request: HttpRequest, purchase_id: uuid.UUID) -> HttpResponse:
    """For the waiting page, every few seconds: nothing while nothing has changed, else the word to load itself anew.

    `seen=wait`: the page does not have the code yet.
    """
    status, has_code = payment_status_for_buyer(signed_in(request), purchase_id)
    if status == Status.PENDING and not (has_code and request.GET.get("seen") == "wait"):
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


@posted_from("pay", "purchase_id")
@private_page
@outside_social_apps
@login_required
def pay_check(request: HttpRequest, purchase_id: uuid.UUID) -> HttpResponse:
    """The buyer has paid and wants to see it: the provider is asked, by a job."""
    for attempt in attempts_to_pay(_own_purchase(request, purchase_id).id).exclude(provider_reference=""):
        ask_now(attempt.id)
    messages.info(request, _("We are asking the payment provider. This takes some seconds."))
    return SeeOther(reverse("pay", args=[purchase_id]))


@posted_from("pay", "purchase_id")
@private_page
@outside_social_apps
@login_required
def pay_anew(request: HttpRequest, purchase_id: uuid.UUID) -> HttpResponse:
    """The last attempt failed or ended early: another one."""
    purchase = _own_purchase(request, purchase_id)
    carried_out(request, lambda: pay_again(signed_in(request), purchase.id), _("Here is a new code."))
    return SeeOther(reverse("pay", args=[purchase.id]))


@posted_from("pay", "purchase_id")
@private_page
@outside_social_apps
@login_required
def cancel_purchase(request: HttpRequest, purchase_id: uuid.UUID) -> HttpResponse:
    """Every order of an unpaid purchase is cancelled."""
    purchase = _own_purchase(request, purchase_id)
    carried_out(
        request,
        lambda: cancel_unpaid_purchase(signed_in(request), purchase.id, reasons.BUYERS[reasons.OTHER][1]),
        _("The purchase is cancelled. Nothing was charged."),
    )
    return SeeOther(_order_page(purchase))


def _own_purchase(request: HttpRequest, purchase_id: uuid.UUID) -> Purchase:
    return purchase_for_buyer(signed_in(request), purchase_id)


def _order_page(purchase: Purchase) -> str:
    """The purchase's order; of several, their list."""
    orders = purchase.orders.all()
    return reverse("order", args=[orders[0].id]) if len(orders) == 1 else reverse("orders")
