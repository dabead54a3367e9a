"""Where the operator decides what a buyer and a shop cannot agree on, and what became of parcels that did not arrive."""

import uuid
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.flows.refund_return import uphold_return
from lapak.flows.ship_order import Fate, decide_fate
from lapak.lib import clock
from lapak.lib.money import format_idr
from lapak.lib.number_fields import CountField
from lapak.lib.written import LONGEST_STORY
from lapak.people.users.models import User
from lapak.trade.orders.models import Order
from lapak.trade.orders.queries import events_of_order, orders_not_arrived
from lapak.trade.returns.deciding import dismiss_return
from lapak.trade.returns.models import Return, ReturnLine
from lapak.trade.returns.queries import (
    escalated_returns,
    events_of_return,
    refund_of_return,
    return_for_operator,
)
from lapak.trade.returns.rules import ReturnState
from lapak.trade.shipping.queries import parcel_of_order
from lapak.web.shell.acts import page_of, signed_in
from lapak.web.shell.question import Question
from lapak.web.staff.desk_forms import Buttons, DeskForm, Forms, done_or_again
from lapak.web.staff.question import asked_first

RETURNS_ON_A_PAGE = 50

ORDERS_SHOWN = 100
"""Of parcels that did not arrive: those that are said not to have, and what is late, come first."""


class DecisionForm(DeskForm):
    """For whom, how many pieces of each line the buyer gets back (while none are still to be sent), and why: both sides
    read it."""

    words = forms.CharField(label=gettext_lazy("Why"), max_length=LONGEST_STORY, widget=forms.Textarea({"rows": 3}))
    rest = forms.ChoiceField(
        label=gettext_lazy("Where are the others?"),
        choices=[
            ("shop", gettext_lazy("At the shop: it sends them to the buyer again")),
            ("buyer", gettext_lazy("With the buyer: they never came back, and stay sold")),
        ],
        initial="shop",
        required=False,
    )
    decision = forms.ChoiceField(
        label=gettext_lazy("Your decision"),
        choices=[("buyer", gettext_lazy("For the buyer")), ("shop", gettext_lazy("For the shop"))],
        widget=Buttons(),
    )

    def __init__(self, *args: Any, return_: Return, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows = [] if return_.waits_for_goods else list(return_.lines.all())
        for row in self._rows:
            self.fields[_pieces_of(row)] = CountField(
                label=_("For the buyer, pieces of %(line)s") % {"line": row.line},
                max_value=row.quantity,
                initial=row.quantity,
                required=False,
            )
        if not return_.has_left_buyer:
            del self.fields["rest"]
        self.order_fields(["words", *map(_pieces_of, self._rows)])

    @property
    def upheld(self) -> dict[uuid.UUID, int] | None:
        """Pieces by order line, where they are fewer than were asked for."""
        typed = {row.line_id: self.cleaned_data[_pieces_of(row)] for row in self._rows}
        pieces = {row.line_id: row.quantity if typed[row.line_id] is None else typed[row.line_id] for row in self._rows}
        return pieces if pieces != {row.line_id: row.quantity for row in self._rows} else None


def _pieces_of(row: ReturnLine) -> str:
    return f"pieces_{row.line_id.hex}"


class FateForm(DeskForm):
    """What became of a parcel, and how that is known: both sides read it."""

    words = forms.CharField(
        label=gettext_lazy("What you found out"), max_length=LONGEST_STORY, widget=forms.Textarea({"rows": 3})
    )
    fate = forms.ChoiceField(label=gettext_lazy("Your decision"), choices=Fate.choices, widget=Buttons())


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Every return and every parcel that waits for the operator, what is late first."""
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Return desk"),
        "page": page_of(request, escalated_returns(), RETURNS_ON_A_PAGE),
        "not_arrived": orders_not_arrived()[:ORDERS_SHOWN],
        "now": clock.now(),
    }
    return TemplateResponse(request, "staff/return_desk.html", context)


@require_safe
def parcel(request: HttpRequest, order_id: uuid.UUID) -> HttpResponse:
    """One parcel that did not arrive in time."""
    return _parcel(request, order_id, Forms())


def _about_parcel(request: HttpRequest, order_id: uuid.UUID) -> Question | None:
    """What is held for the order, and whose it will be."""
    order, form = _order(order_id), FateForm(request.POST)
    if not form.is_valid():
        return None
    asks = {
        Fate.LOST: _("Refund %(amount)s to %(buyer)s?"),
        Fate.DELIVERED: _("Count it as delivered, so that %(amount)s of %(buyer)s is for %(shop)s?"),
    }[Fate(form.cleaned_data["fate"])]
    return Question(_of_order(asks, order, order.escrow_idr), reverse("admin:parcel_case", args=[order_id]))


def _about_return(request: HttpRequest, return_id: uuid.UUID) -> Question | None:
    """The refund that is asked for."""
    found = _found(request, return_id)
    form = DecisionForm(request.POST, return_=found)
    if not form.is_valid() or found.state != ReturnState.ESCALATED:
        return None
    asks = {
        "buyer": _("Refund %(amount)s to %(buyer)s?"),
        "shop": _("Decide for %(shop)s, so that %(buyer)s does not get %(amount)s back?"),
    }[form.cleaned_data["decision"]]
    words = _of_order(asks, found.order, refund_of_return(found, form.upheld).total_idr)
    return Question(words, reverse("admin:return_case", args=[return_id]))


def _of_order(asks: str, order: Order, amount_idr: int) -> str:
    return asks % {"amount": format_idr(amount_idr), "buyer": order.buyer, "shop": order.shop.name}


@asked_first(_about_parcel, "admin:parcel_case", "order_id")
def decide_parcel(request: HttpRequest, order_id: uuid.UUID) -> HttpResponse:
    """The courier delivered it after all, or it is lost and the buyer refunded; with a reason."""
    form = FateForm(request.POST)
    return done_or_again(
        request,
        form,
        lambda: decide_fate(signed_in(request), order_id, form.cleaned_data["fate"], form.cleaned_data["words"]),
        _("Decided. Both sides read why."),
        back="admin:return_desk",
        page=partial(_parcel, request, order_id),
    )


@require_safe
def case(request: HttpRequest, return_id: uuid.UUID) -> HttpResponse:
    """One return, with what both sides say."""
    return _case(request, return_id, Forms())


@asked_first(_about_return, "admin:return_case", "return_id")
def decide(request: HttpRequest, return_id: uuid.UUID) -> HttpResponse:
    """The return is upheld, in whole or in part, or dismissed, with a reason."""
    found = _found(request, return_id)
    form = DecisionForm(request.POST, return_=found)
    return done_or_again(
        request,
        form,
        lambda: _decide(signed_in(request), found, form),
        _("Decided. Both sides read why."),
        back="admin:return_desk",
        page=partial(_case, request, return_id),
    )


def _decide(by: User, return_: Return, form: DecisionForm) -> Return:
    words = form.cleaned_data["words"]
    if form.cleaned_data["decision"] == "shop":
        return dismiss_return(by, return_.id, words)
    return uphold_return(by, return_.id, words, form.upheld, rest_is_at_shop=form.cleaned_data.get("rest") != "buyer")


def _order(order_id: uuid.UUID) -> Order:
    found = orders_not_arrived().filter(id=order_id).first()
    if found is None:
        raise Http404
    return found


def _parcel(request: HttpRequest, order_id: uuid.UUID, forms_of_page: Forms) -> HttpResponse:
    order = _order(order_id)
    context = {
        "title": _("Parcel of order %(number)s") % {"number": order.number},
        "order": order,
        "parcel": parcel_of_order(order.id),
        "address": order.address,
        "events": events_of_order(order).select_related("actor"),
        "now": clock.now(),
        "form": forms_of_page(FateForm),
    }
    return forms_of_page.page(request, "staff/parcel_case.html", context)


def _found(request: HttpRequest, return_id: uuid.UUID) -> Return:
    return return_for_operator(signed_in(request), return_id)


def _case(request: HttpRequest, return_id: uuid.UUID, forms_of_page: Forms) -> HttpResponse:
    return_ = _found(request, return_id)
    is_undecided = return_.state == ReturnState.ESCALATED
    context = {
        "title": _("Return of order %(number)s") % {"number": return_.order.number},
        "return": return_,
        "order": return_.order,
        "refund": refund_of_return(return_),
        "events": events_of_return(return_),
        "now": clock.now(),
        "form": forms_of_page(DecisionForm, return_=return_) if is_undecided else None,
    }
    return forms_of_page.page(request, "staff/return_case.html", context)
