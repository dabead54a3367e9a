"""Where the operator decides what a buyer and a shop cannot agree on."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lapak.flows.refund_return import uphold_return
from lapak.people.users.models import User
from lapak.trade.orders.errors import OrderNotFound
from lapak.trade.returns.commands import dismiss_return
from lapak.trade.returns.models import Return
from lapak.trade.returns.queries import (
    escalated_returns,
    events_of_return,
    refund_of_return,
    return_for_operator,
)
from lapak.trade.returns.rules import ReturnState
from lapak.web.shell.acts import carried_out, page_of, signed_in

RETURNS_ON_A_PAGE = 50

DECISIONS: dict[str, Callable[[uuid.UUID, User, str], Return]] = {"buyer": uphold_return, "shop": dismiss_return}


class DecisionForm(forms.Form):
    """For whom, and why: both sides read it."""

    words = forms.CharField(
        label=gettext_lazy("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "cols": 60})
    )
    decision = forms.ChoiceField(choices=[(name, name) for name in DECISIONS])


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Every return that waits for the operator, the oldest first."""
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Return desk"),
        "page": page_of(request, escalated_returns(), RETURNS_ON_A_PAGE),
    }
    return TemplateResponse(request, "staff/return_desk.html", context)


@require_safe
def case(request: HttpRequest, return_id: uuid.UUID) -> HttpResponse:
    """One return, with what both sides say."""
    return _case(request, _found(request, return_id), DecisionForm())


@require_POST
def decide(request: HttpRequest, return_id: uuid.UUID) -> HttpResponse:
    """The return is upheld or dismissed, with a reason."""
    found, by = _found(request, return_id), signed_in(request)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _case(request, found, form)
    act = DECISIONS[form.cleaned_data["decision"]]
    carried_out(request, lambda: act(found.id, by, form.cleaned_data["words"]), _("Decided. Both sides read why."))
    return redirect("admin:return_desk")


def _found(request: HttpRequest, return_id: uuid.UUID) -> Return:
    try:
        return return_for_operator(signed_in(request), return_id)
    except OrderNotFound as refusal:
        raise Http404 from refusal


def _case(request: HttpRequest, return_: Return, form: DecisionForm) -> HttpResponse:
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Return of order %(number)s") % {"number": return_.order.number},
        "return": return_,
        "order": return_.order,
        "refund": refund_of_return(return_),
        "events": events_of_return(return_),
        "is_undecided": return_.state == ReturnState.ESCALATED,
        "form": form,
    }
    return TemplateResponse(request, "staff/return_case.html", context)
