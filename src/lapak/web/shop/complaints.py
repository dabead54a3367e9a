"""Complaints: what everybody may know of how they are kept, and each person's own."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lapak.moderation import queries as moderation
from lapak.trade.complaints import commands
from lapak.trade.complaints.models import Complaint
from lapak.trade.complaints.queries import (
    complaint_for_author,
    complaints_of,
    events_of_complaint,
    figures,
)
from lapak.trade.complaints.rules import FIGURES_DAYS, ComplaintState, may_move
from lapak.trade.orders.models import Order
from lapak.trade.orders.queries import order_for_buyer
from lapak.web.shell.acts import accepted, carried_out, page_of, signed_in
from lapak.web.shell.complaint_story import story_of_complaint
from lapak.web.shell.posted import posted_from
from lapak.web.shop.answers import SeeOther, private_page, public_page
from lapak.web.shop.complaint_forms import ComplaintForm, GoOnForm

COMPLAINTS_ON_A_PAGE = 25


@require_safe
@public_page
def about(request: HttpRequest) -> HttpResponse:
    """Where to complain, within how long who answers, and how that was kept lately."""
    return render(
        request,
        "shop/complaints/about.html",
        {"figures": figures(), "moderation": moderation.figures(), "days": FIGURES_DAYS},
    )


@require_safe
@private_page
@login_required
def own(request: HttpRequest) -> HttpResponse:
    """What somebody complained about, newest first."""
    page = page_of(request, complaints_of(signed_in(request)).select_related("shop"), COMPLAINTS_ON_A_PAGE)
    return render(request, "shop/complaints/own.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """A complaint is made; `?order=` names the order that it is about."""
    by, order = signed_in(request), _order(request)
    form, made = ComplaintForm(request.POST or None), list[Complaint]()

    def act() -> None:
        made.append(commands.lodge_complaint(by, order_id=order.id if order else None, **form.cleaned_data))

    if accepted(form, act):
        messages.success(request, _("Your complaint is on its way. You are told of every step."))
        return SeeOther(reverse("complaint", args=[made[0].id]))
    return render(request, "shop/complaints/new.html", {"form": form, "order": order})


@require_safe
@private_page
@login_required
def complaint(request: HttpRequest, complaint_id: uuid.UUID) -> HttpResponse:
    """One of them: what was said, and what can be done."""
    return _page(request, complaint_id)


@posted_from("complaint", "complaint_id")
@login_required
def accept(request: HttpRequest, complaint_id: uuid.UUID) -> HttpResponse:
    """The shop's answer is good."""
    return _done(request, complaint_id, commands.accept_shops_answer, _("Settled. Thank you for saying so."))


@posted_from("complaint", "complaint_id")
@login_required
def withdraw(request: HttpRequest, complaint_id: uuid.UUID) -> HttpResponse:
    """It is none any more."""
    return _done(request, complaint_id, commands.withdraw_complaint, _("Withdrawn."))


@posted_from("complaint", "complaint_id")
@login_required
def go_on(request: HttpRequest, complaint_id: uuid.UUID) -> HttpResponse:
    """The shop's answer settles nothing."""
    by, form = signed_in(request), GoOnForm(request.POST)
    done = _("Lapak looks at it, and answers you.")
    if carried_out(
        request, lambda: commands.take_complaint_to_lapak(by, complaint_id, form.cleaned_data["words"]), done, form
    ):
        return SeeOther(reverse("complaint", args=[complaint_id]))
    return _page(request, complaint_id, form)


def _order(request: HttpRequest) -> Order | None:
    """The order that the address names, for its buyer; 404 for another's."""
    named = request.GET.get("order", "")
    try:
        return order_for_buyer(signed_in(request), uuid.UUID(named)) if named else None
    except ValueError:
        return None


def _done(request: HttpRequest, complaint_id: uuid.UUID, act: Callable[..., Complaint], done: str) -> HttpResponse:
    carried_out(request, lambda: act(signed_in(request), complaint_id), done)
    return SeeOther(reverse("complaint", args=[complaint_id]))


def _page(request: HttpRequest, complaint_id: uuid.UUID, form: forms.Form | None = None) -> HttpResponse:
    found = complaint_for_author(signed_in(request), complaint_id)
    context: dict[str, Any] = {
        "complaint": found,
        "story": story_of_complaint(found, events_of_complaint(found)),
        "may_accept": may_move(found.state, ComplaintState.SETTLED),
        "may_withdraw": may_move(found.state, ComplaintState.WITHDRAWN),
        "leads_on": found.state in {ComplaintState.ANSWERED, ComplaintState.OVERDUE},
        "form": form or GoOnForm(),
    }
    return render(request, "shop/complaints/complaint.html", context)
