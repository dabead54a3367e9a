"""One dispute: what the buyer's bank wants, what speaks for the shop, and the operator's answer."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_safe

from lapak.flows.answer_dispute import amend_dispute, answer_dispute, ask_about_dispute, bear_rest, concede_dispute
from lapak.flows.decide_late_win import decide_late_win
from lapak.lib import clock
from lapak.lib.money import format_idr
from lapak.lib.number_fields import RupiahField
from lapak.lib.written import LONGEST_NOTE
from lapak.money.payments.models import Dispute, DisputeShare, LateWin, Refund
from lapak.money.payments.queries import dispute_for_operator, late_wins, parts_of_dispute
from lapak.money.payments.rules import LONGEST_EVIDENCE
from lapak.people.users.models import User
from lapak.trade.orders.models import Order
from lapak.trade.shipping.models import Parcel
from lapak.trade.shipping.queries import parcel_of_order
from lapak.web.shell.acts import carried_out, signed_in
from lapak.web.shell.posted import posted_from
from lapak.web.shell.question import Question
from lapak.web.staff.question import asked_first


@dataclass(frozen=True, slots=True)
class Part:
    """What of the dispute is about one order, and what is known of that order."""

    share: DisputeShare
    order: Order
    parcel: Parcel | None


@require_safe
def case(request: HttpRequest, dispute_id: uuid.UUID) -> HttpResponse:
    """The dispute with its orders, and what can be done now."""
    return _case(request, _found(request, dispute_id))


@posted_from("admin:dispute_case", "dispute_id")
def answer(request: HttpRequest, dispute_id: uuid.UUID) -> HttpResponse:
    """The evidence goes to the bank; what is refused stays in the form."""
    by, words = signed_in(request), request.POST.get("evidence", "")
    return _do(request, dispute_id, lambda: answer_dispute(by, dispute_id, words), _("Sent within a minute."), words)


def _about_rest(request: HttpRequest, dispute_id: uuid.UUID) -> Question | None:
    """How much the platform loses, and why."""
    found, words = _found(request, dispute_id), request.POST.get("words", "").strip()
    if not words or not found.unexplained_idr or found.resolved_at:
        return None
    asks = _("Book %(amount)s as the platform's loss?") % {"amount": format_idr(found.unexplained_idr)}
    return Question(asks, reverse("admin:dispute_case", args=[dispute_id]), [words])


@asked_first(_about_rest, "admin:dispute_case", "dispute_id")
def bear(request: HttpRequest, dispute_id: uuid.UUID) -> HttpResponse:
    """The platform bears what nobody still had, and why."""
    by, words = signed_in(request), request.POST.get("words", "")
    return _do(request, dispute_id, lambda: bear_rest(by, dispute_id, words), _("Booked as the platform's loss."))


def _about_giving_up(request: HttpRequest, dispute_id: uuid.UUID) -> Question | None:
    """How much is given up, and why."""
    found, words = _found(request, dispute_id), request.POST.get("words", "").strip()
    if not words or found.answered_at or found.ended_at:
        return None
    asks = _("Give up %(amount)s without an answer to the bank?") % {"amount": format_idr(found.amount_idr)}
    return Question(asks, reverse("admin:dispute_case", args=[dispute_id]), [words])


@asked_first(_about_giving_up, "admin:dispute_case", "dispute_id")
def concede(request: HttpRequest, dispute_id: uuid.UUID) -> HttpResponse:
    """It is given up, and why: nothing is sent to the bank."""
    by, words = signed_in(request), request.POST.get("words", "")
    return _do(request, dispute_id, lambda: concede_dispute(by, dispute_id, words), _("Given up."))


class LateWinForm(forms.Form):
    """Whose the money is, and why."""

    resolution = forms.ChoiceField(choices=LateWin.Resolution.choices)
    words = forms.CharField(label=_lazy("Why"), max_length=LONGEST_NOTE)


def _about_late_win(request: HttpRequest, dispute_id: uuid.UUID) -> Question | None:
    """How much it is, and whose."""
    found, form = _found(request, dispute_id), LateWinForm(request.POST)
    if not form.is_valid() or found not in late_wins():
        return None
    asks = {
        LateWin.Resolution.BUYER: _("Refund %(amount)s to the buyer?"),
        LateWin.Resolution.SHOP: _("Give %(amount)s to the shops, as far as their orders had lost it?"),
        LateWin.Resolution.PLATFORM: _("Keep %(amount)s for the platform?"),
    }[LateWin.Resolution(form.cleaned_data["resolution"])]
    return Question(
        asks % {"amount": format_idr(found.amount_idr)},
        reverse("admin:dispute_case", args=[dispute_id]),
        [form.cleaned_data["words"]],
    )


@asked_first(_about_late_win, "admin:dispute_case", "dispute_id")
def decide_late(request: HttpRequest, dispute_id: uuid.UUID) -> HttpResponse:
    """Whose it is what came when nothing could be undone any more, and why."""
    by, whose, words = signed_in(request), request.POST.get("resolution", ""), request.POST.get("words", "")
    return _do(request, dispute_id, lambda: decide_late_win(by, dispute_id, whose, words), _("Decided."))


class AmendForm(forms.Form):
    """Another amount, and why; what does not fit is said beside it."""

    amount_idr = RupiahField(label=_lazy("Amount"))
    words = forms.CharField(label=_lazy("Why"), max_length=LONGEST_NOTE)


def _about_amount(request: HttpRequest, dispute_id: uuid.UUID) -> Question | None:
    """From how much to how much, and why."""
    found, form = _found(request, dispute_id), AmendForm(request.POST)
    if found.ended_at or not form.is_valid() or form.cleaned_data["amount_idr"] == found.amount_idr:
        return None
    amounts = {"now": format_idr(found.amount_idr), "then": format_idr(form.cleaned_data["amount_idr"])}
    asks = _("Is this dispute about %(then)s, and not %(now)s?") % amounts
    return Question(asks, reverse("admin:dispute_case", args=[dispute_id]), [form.cleaned_data["words"]])


@asked_first(_about_amount, "admin:dispute_case", "dispute_id")
def amend(request: HttpRequest, dispute_id: uuid.UUID) -> HttpResponse:
    """It is about another amount than was told, and why."""
    by, form = signed_in(request), AmendForm(request.POST)
    if not form.is_valid():
        return _case(request, _found(request, dispute_id), amend_form=form)
    amount_idr, words = form.cleaned_data["amount_idr"], form.cleaned_data["words"]
    done = _("Noted. Ask the provider now: its answer fits or not.")
    return _do(request, dispute_id, lambda: amend_dispute(by, dispute_id, amount_idr, words), done)


@posted_from("admin:dispute_case", "dispute_id")
def ask(request: HttpRequest, dispute_id: uuid.UUID) -> HttpResponse:
    """The provider is asked now what became of it."""
    found = _found(request, dispute_id)
    return _do(request, dispute_id, lambda: ask_about_dispute(found.id), _("Asked; this is what it says."))


def _do(
    request: HttpRequest, dispute_id: uuid.UUID, act: Callable[[], object], done: str, evidence: str = ""
) -> HttpResponse:
    _found(request, dispute_id)
    if carried_out(request, act, done):
        return redirect("admin:dispute_case", dispute_id)
    return _case(request, _found(request, dispute_id), evidence)


def _found(request: HttpRequest, dispute_id: uuid.UUID) -> Dispute:
    by: User = signed_in(request)
    return dispute_for_operator(by, dispute_id)


def _case(
    request: HttpRequest, dispute: Dispute, evidence: str = "", amend_form: AmendForm | None = None
) -> HttpResponse:
    shares = list(parts_of_dispute(dispute))
    orders = Order.objects.select_related("shop", "buyer").in_bulk([share.order_id for share in shares])
    parts = [Part(share, orders[share.order_id], parcel_of_order(share.order_id)) for share in shares]
    refunds = list(Refund.objects.filter(intent=dispute.intent, dispute=None).order_by("owed_at"))
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Dispute %(reference)s") % {"reference": dispute.provider_reference},
        "dispute": dispute,
        "parts": parts,
        "refunds": refunds,
        "evidence": evidence or _what_is_known(parts, refunds),
        "longest": LONGEST_EVIDENCE,
        "amend_form": amend_form or AmendForm(),
        "amendments": dispute.amendments.select_related("by").order_by("amended_at", "id"),
        "may_concede": dispute.answered_at is None and dispute.ended_at is None,
        "is_open": dispute.answered_at is None and dispute.ended_at is None and clock.now() <= dispute.answer_by,
        "is_undecided": dispute.ended_at is None,
        "late_win": getattr(dispute, "late_win", None),
        "resolutions": LateWin.Resolution.choices,
        "to_bear": dispute.unexplained_idr and not dispute.resolved_at,
        "now": clock.now(),
    }
    return TemplateResponse(request, "staff/dispute_case.html", context)


def _what_is_known(parts: list[Part], refunds: list[Refund]) -> str:
    """A beginning of the answer, in English as the banks want it: parcels, and refunds that have left."""
    lines = []
    for part in parts:
        lines.append(f"Order {part.order.number}: {format_idr(part.order.total_idr)}, {part.order.state}.")
        if part.parcel:
            lines.append(f"  {part.parcel.service.name} {part.parcel.tracking_number}")
        lines += [
            f"  {what} {moment.astimezone(clock.WIB):%Y-%m-%d %H:%M} WIB"
            for what, moment in (
                ("with the courier", part.order.handed_over_at),
                ("shipped", part.order.shipped_at),
                ("delivered", part.order.delivered_at),
            )
            if moment
        ]
    lines += [
        f"Refunded: {format_idr(refund.amount_idr)}, sent {refund.sent_at.astimezone(clock.WIB):%Y-%m-%d %H:%M} WIB"
        for refund in refunds
        if refund.sent_at
    ]
    return "\n".join(lines)
