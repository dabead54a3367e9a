"""One order of a shop: what is in it, where it goes, what comes of it, and every step the shop takes."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lapak.flows import cancel_order as flows
from lapak.flows.cancel_goods import cancel_goods
from lapak.flows.ship_order import correct_tracking_number, deliver_order, ship_order
from lapak.lib import clock
from lapak.money.payments.queries import disputes_of_order, lost_to_bank_idr
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User
from lapak.trade.orders.cancelling import decline_to_cancel
from lapak.trade.orders.commands import pack_order, show_handed_over
from lapak.trade.orders.models import Order
from lapak.trade.orders.queries import events_of_order, order_for_seller, wish_to_cancel
from lapak.trade.orders.rules import State
from lapak.trade.orders.shortages import may_lack_goods
from lapak.trade.orders.sight import address_for_shop
from lapak.trade.returns.queries import returns_of_order
from lapak.trade.shipping.queries import earliest_delivery, parcel_of_order
from lapak.web.sell import questions
from lapak.web.sell.access import for_sellers, own_of_shop, show
from lapak.web.sell.order_forms import CancelForm, MissingForm, ShipForm
from lapak.web.sell.orders import URGENT_WITHIN, slips_of
from lapak.web.sell.share import contenders_of_order, share_of_order
from lapak.web.shell.acts import carried_out, signed_in
from lapak.web.shell.posted import posted_from
from lapak.web.shell.stories import FOR_SELLER, story_of_order


@require_safe
@for_sellers(Duty.ORDERS)
def order(request: HttpRequest, shop: Shop, order_id: uuid.UUID) -> HttpResponse:
    """The order's page."""
    return _page(request, shop, _own(request, shop, order_id))


@require_safe
@for_sellers(Duty.ORDERS)
def slip(request: HttpRequest, shop: Shop, order_id: uuid.UUID) -> HttpResponse:
    """The order's packing slip, to be printed and laid into the parcel."""
    own = _own(request, shop, order_id)
    return slips_of(request, shop, [own])


@posted_from("sell_order", "slug", "order_id")
@for_sellers(Duty.ORDERS)
def pack(request: HttpRequest, shop: Shop, order_id: uuid.UUID) -> HttpResponse:
    """The order is packed."""
    own = _own(request, shop, order_id)
    carried_out(request, lambda: pack_order(signed_in(request), own.id), _("Packed. Now hand it to the courier."))
    return redirect("sell_order", shop.slug, own.id)


@posted_from("sell_order", "slug", "order_id")
@for_sellers(Duty.ORDERS)
def ship(request: HttpRequest, shop: Shop, order_id: uuid.UUID) -> HttpResponse:
    """The parcel is with the courier; a refused tracking number stays in its field to be corrected."""
    done = _("On its way. The buyer sees the tracking number.")
    return _with_number(request, shop, order_id, ship_order, done)


@posted_from("sell_order", "slug", "order_id")
@for_sellers(Duty.ORDERS)
def correct_number(request: HttpRequest, shop: Shop, order_id: uuid.UUID) -> HttpResponse:
    """The parcel bears another tracking number; a refused one stays in its field."""
    return _with_number(request, shop, order_id, correct_tracking_number, _("Corrected. The buyer is told."))


def _with_number(
    request: HttpRequest, shop: Shop, order_id: uuid.UUID, act: Callable[[User, uuid.UUID, str], object], done: str
) -> HttpResponse:
    """The act with the tracking number that was typed."""
    own = _own(request, shop, order_id)
    form = ShipForm(request.POST)
    if carried_out(request, lambda: act(signed_in(request), own.id, form.cleaned_data["tracking_number"]), done, form):
        return redirect("sell_order", shop.slug, own.id)
    return _page(request, shop, _own(request, shop, order_id), ship_form=form)


@posted_from("sell_order", "slug", "order_id")
@for_sellers(Duty.ORDERS)
def hand_over(request: HttpRequest, shop: Shop, order_id: uuid.UUID) -> HttpResponse:
    """The courier has the parcel, and its number is not known yet: the shop writes what shows it."""
    own = _own(request, shop, order_id)
    carried_out(
        request,
        lambda: show_handed_over(signed_in(request), own.id, request.POST.get("receipt", "")),
        _("Noted. The buyer sees it; write the tracking number here as soon as you have it."),
    )
    return redirect("sell_order", shop.slug, own.id)


@posted_from("sell_order", "slug", "order_id")
@for_sellers(Duty.ORDERS)
@questions.asked_first(questions.about_delivery)
def report_delivery(request: HttpRequest, shop: Shop, order_id: uuid.UUID) -> HttpResponse:
    """The courier says the parcel arrived."""
    own = _own(request, shop, order_id)
    carried_out(
        request,
        lambda: deliver_order(signed_in(request), own.id),
        _("Noted as arrived. The order completes by itself unless the buyer objects."),
    )
    return redirect("sell_order", shop.slug, own.id)


@posted_from("sell_order", "slug", "order_id")
@for_sellers(Duty.ORDERS)
def keep(request: HttpRequest, shop: Shop, order_id: uuid.UUID) -> HttpResponse:
    """The shop declines the buyer's wish to cancel and ships."""
    own = _own(request, shop, order_id)
    carried_out(
        request, lambda: decline_to_cancel(signed_in(request), own.id), _("Declined. Please ship the order now.")
    )
    return redirect("sell_order", shop.slug, own.id)


@posted_from("sell_order", "slug", "order_id")
@for_sellers(Duty.ORDERS)
@questions.asked_first(questions.about_agreeing_to_cancel)
def agree_to_cancel(request: HttpRequest, shop: Shop, order_id: uuid.UUID) -> HttpResponse:
    """The shop agrees to the buyer's wish to cancel."""
    own = _own(request, shop, order_id)
    carried_out(
        request,
        lambda: flows.agree_to_cancel(signed_in(request), own.id),
        _("Cancelled. The buyer gets everything back."),
    )
    return redirect("sell_order", shop.slug, own.id)


@posted_from("sell_order", "slug", "order_id")
@for_sellers(Duty.ORDERS)
@questions.asked_first(questions.about_cancelling)
def cancel(request: HttpRequest, shop: Shop, order_id: uuid.UUID) -> HttpResponse:
    """The shop cannot deliver, and says why; without a reason the page asks for one."""
    own = _own(request, shop, order_id)
    form = CancelForm(request.POST, lines=own.lines.all())
    if carried_out(
        request,
        lambda: flows.cancel_paid_order(
            signed_in(request), own.id, form.reason, sold_out=form.sold_out, damaged=form.damaged
        ),
        _("Cancelled. The buyer gets everything back."),
        form,
    ):
        return redirect("sell_order", shop.slug, own.id)
    return _page(request, shop, _own(request, shop, order_id), cancel_form=form)


@posted_from("sell_order", "slug", "order_id")
@for_sellers(Duty.ORDERS)
@questions.asked_first(questions.about_missing)
def missing(request: HttpRequest, shop: Shop, order_id: uuid.UUID) -> HttpResponse:
    """Some of the goods are not there: they are paid back, and the rest goes on."""
    own = _own(request, shop, order_id)
    form = MissingForm(request.POST, lines=own.lines.all())
    if form.is_valid() and carried_out(
        request,
        lambda: cancel_goods(signed_in(request), own.id, form.pieces, form.reason, are_sold_out=form.are_sold_out),
        _("Taken out. The buyer gets what they cost back and reads why."),
    ):
        return redirect("sell_order", shop.slug, own.id)
    return _page(request, shop, _own(request, shop, order_id), missing_form=form)


def _own(request: HttpRequest, shop: Shop, order_id: uuid.UUID) -> Order:
    """The order, if it is this very shop's."""
    return own_of_shop(request, shop, order_for_seller, order_id)


def _page(
    request: HttpRequest,
    shop: Shop,
    order: Order,
    *,
    ship_form: forms.Form | None = None,
    cancel_form: forms.Form | None = None,
    missing_form: MissingForm | None = None,
) -> HttpResponse:
    parcel = parcel_of_order(order.id)
    context: dict[str, Any] = {
        "order": order,
        "address": address_for_shop(order),
        "parcel": parcel,
        "dispute": disputes_of_order(order.id).filter(dispute__ended_at=None).first(),
        "lost_idr": lost_to_bank_idr(order.id),
        "returns": returns_of_order(order),
        "events": story_of_order(order, events_of_order(order), FOR_SELLER, parcel),
        "share": share_of_order(order),
        "clicks": contenders_of_order(order),
        "answer_by": order.cancel_answer_by,
        "wish": wish_to_cancel(order),
        "soon": clock.now() + URGENT_WITHIN,
        "may_report_from": earliest_delivery(order.id, shop.time_zone) if order.state == State.SHIPPED else None,
        "now": clock.now(),
        "may_be_cancelled": order.state in {State.TO_PACK, State.PACKED} and not order.disputed_at,
        "may_lack_goods": may_lack_goods(order),
        "missing_form": missing_form or MissingForm(lines=order.lines.all()),
        "ship_form": ship_form or ShipForm(),
        "cancel_form": cancel_form or CancelForm(lines=order.lines.all()),
    }
    return show(request, shop, "order.html", context)
