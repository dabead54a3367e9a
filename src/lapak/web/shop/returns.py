"""A buyer's returns: asking for one, and following it to the refund."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lapak.flows.pay_out import next_payout_run
from lapak.lib import clock
from lapak.money.payments.queries import goes_back_until, refunds_of_return
from lapak.people.users.models import User
from lapak.people.users.queries import bank_accounts_of_user
from lapak.trade.orders.models import Order
from lapak.trade.orders.queries import order_for_buyer, payment_of
from lapak.trade.returns import asking, sending
from lapak.trade.returns.models import Return
from lapak.trade.returns.queries import (
    dearest_way_back_idr,
    events_of_return,
    may_ask_for_return,
    reasons_to_return,
    refund_of_return,
    return_for_buyer,
    returns_of_order,
)
from lapak.trade.returns.rules import Reason, ReturnState, may_move, way_back_borne_idr
from lapak.trade.shipping.queries import service_names
from lapak.web.shell.acts import accepted, carried_out, signed_in
from lapak.web.shell.forms import ReturnPicturesForm
from lapak.web.shell.posted import posted_from
from lapak.web.shell.stories import RETURN_FOR_BUYER, story_of_return
from lapak.web.shop.account_forms import RefundAccountForm
from lapak.web.shop.answers import SeeOther, private_page
from lapak.web.shop.return_forms import EscalateForm, ReturnForm, SendBackForm


def returns_on_order_page(order: Order) -> dict[str, Any]:
    """What `shop/parts/order_returns.html` shows of an order."""
    returns = list(returns_of_order(order))
    return {
        "returns": returns,
        "open_return": next((return_ for return_ in returns if return_.is_open), None),
        "can_return": may_ask_for_return(order),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@login_required
def ask(request: HttpRequest, order_id: uuid.UUID) -> HttpResponse:
    """Ask the shop to take goods back; afterwards the return's own page."""
    buyer = signed_in(request)
    order = order_for_buyer(buyer, order_id)
    reasons = reasons_to_return(order) or list(Reason)  # too late is the command's to say
    money = _way_of_money(buyer, order)
    form = ReturnForm(
        request.POST or None,
        request.FILES or None,
        lines=order.lines.all(),
        reasons=reasons,
        account=None if money["bank_account"] else RefundAccountForm(request),
    )
    asked: list[Return] = []
    if accepted(
        form,
        lambda: asked.append(
            asking.ask_for_return(
                buyer,
                order.id,
                quantities=form.quantities,
                reason=form.cleaned_data["reason"],
                words=form.cleaned_data["words"],
                goods_come_back=form.cleaned_data["goods_come_back"],
                pictures=form.cleaned_data["pictures"],
                bank_account=form.bank_account,
            )
        ),
    ):
        messages.success(request, _("The shop has been asked."))
        return SeeOther(_address(asked[0]))
    context = {"order": order, "form": form, "can_return": may_ask_for_return(order), **money}
    return render(request, "shop/return_ask.html", context)


@require_safe
@private_page
@login_required
def return_page(request: HttpRequest, return_id: uuid.UUID) -> HttpResponse:
    """One return: where it stands, what is in it, and what the buyer can do now."""
    return _page(request, _own(request, return_id))


@posted_from("return", "return_id")
@private_page
@login_required
def withdraw(request: HttpRequest, return_id: uuid.UUID) -> HttpResponse:
    """The buyer keeps the goods after all."""
    own, buyer = _own(request, return_id), signed_in(request)
    carried_out(request, lambda: asking.withdraw_return(buyer, own.id), _("The return is withdrawn."))
    return SeeOther(_address(own))


@posted_from("return", "return_id")
@private_page
@login_required
def escalate(request: HttpRequest, return_id: uuid.UUID) -> HttpResponse:
    """The buyer does not accept the shop's refusal."""
    own, buyer = _own(request, return_id), signed_in(request)
    form = EscalateForm(request.POST)
    if carried_out(
        request,
        lambda: asking.escalate_return(buyer, own.id, form.cleaned_data["words"]),
        _("Lapak looks into it and decides."),
        form,
    ):
        return SeeOther(_address(own))
    return _page(request, _own(request, return_id), escalate_form=form)


@posted_from("return", "return_id")
@private_page
@login_required
def send(request: HttpRequest, return_id: uuid.UUID) -> HttpResponse:
    """The goods are with a courier; what is refused stays in its field to be corrected."""
    own, buyer = _own(request, return_id), signed_in(request)
    form = SendBackForm(request.POST, request.FILES)
    if carried_out(
        request,
        lambda: sending.send_back(buyer, own.id, **form.parcel),
        _("Thank you. The shop knows that the goods are on their way."),
        form,
    ):
        return SeeOther(_address(own))
    return _page(request, _own(request, return_id), send_form=form)


def _own(request: HttpRequest, return_id: uuid.UUID) -> Return:
    return return_for_buyer(signed_in(request), return_id)


def _address(return_: Return) -> str:
    return reverse("return", args=[return_.id])


def _page(
    request: HttpRequest,
    return_: Return,
    *,
    escalate_form: EscalateForm | None = None,
    send_form: SendBackForm | None = None,
) -> HttpResponse:
    buyer = signed_in(request)
    context = {
        "return": return_,
        "order": return_.order,
        "refund": refund_of_return(return_),
        "steps": story_of_return(return_, events_of_return(return_), RETURN_FOR_BUYER),
        "answer": return_.events.filter(to_state=ReturnState.DECLINED).order_by("-happened_at", "-id").first(),
        "can_withdraw": may_move(return_.state, ReturnState.CLOSED) and not return_.has_left_buyer,
        "most_way_back_idr": _most_way_back_idr(return_),
        "refunds": refunds_of_return(return_.id) if return_.state == ReturnState.REFUNDED else (),
        "next_run": next_payout_run(),
        "couriers": service_names(),
        "escalate_form": escalate_form or EscalateForm(),
        "send_form": send_form or SendBackForm(),
        "pictures_form": ReturnPicturesForm(),
        **_way_of_money(buyer, return_.order),
    }
    return render(request, "shop/return.html", context)


def _way_of_money(buyer: User, order: Order) -> dict[str, Any]:
    """What `shop/parts/refund_way.html` shows: where the order's money would go, decided when it is owed."""
    intent_id = payment_of(order)
    until = goes_back_until(intent_id) if intent_id else None
    return {
        "goes_back_until": until if until and until > clock.now() else None,
        "bank_account": bank_accounts_of_user(buyer).first(),
    }


def _most_way_back_idr(return_: Return) -> int:
    """What the shop bears at most of what sending back costs; asked for only where the buyer is to send something."""
    if return_.state != ReturnState.APPROVED:
        return 0
    dearest_idr = dearest_way_back_idr(return_)
    return way_back_borne_idr(dearest_idr, dearest_idr, return_.reason)
