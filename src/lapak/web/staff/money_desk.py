"""Where the operator sees what partners and machines could not settle by themselves, and says how it goes on."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.affiliates.queries import commissions_under_review
from lapak.flows.process_message import process_message
from lapak.flows.resolve_receipt import give_receipt_back, take_receipt_as_payment
from lapak.flows.sweep import stuck_acts, try_again_soon
from lapak.lib import clock
from lapak.lib.money import format_idr
from lapak.money.gateways.commands import reopen_message, resolve_difference, resolve_message
from lapak.money.gateways.queries import refused_messages, statement_differences, unprocessed_messages
from lapak.money.payments.queries import (
    late_wins,
    refunds_that_wait,
    undecided_disputes,
    unexplained_disputes,
    unexplained_receipts,
)
from lapak.people.users.models import User
from lapak.web.shell.acts import carried_out, page_of, signed_in
from lapak.web.shell.posted import posted_from
from lapak.web.shell.question import Question
from lapak.web.staff.question import asked_first

SHOWN = 50
"""Of each list: the rest is behind it, and its count says how much."""

RECEIPT_ACTS: dict[str, Callable[[User, uuid.UUID], None]] = {
    "give_back": give_receipt_back,
    "take": take_receipt_as_payment,
}


class ResolveForm(forms.Form):
    """What the operator found out about a refused message."""

    words = forms.CharField(max_length=200, label=gettext_lazy("What you found"))


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Everything that waits for a person, by kind."""
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Money desk"),
        "receipts": unexplained_receipts()[:SHOWN],
        "disputes": undecided_disputes()[:SHOWN],
        "unexplained": unexplained_disputes()[:SHOWN],
        "late_wins": late_wins()[:SHOWN],
        "now": clock.now(),
        "refused": refused_messages()[:SHOWN],
        "unprocessed": unprocessed_messages()[:SHOWN],
        "reviews": commissions_under_review()[:SHOWN],
        "stuck": stuck_acts()[:SHOWN],
        "differences": statement_differences()[:SHOWN],
        "page": page_of(request, refunds_that_wait(), SHOWN),
    }
    return TemplateResponse(request, "staff/money_desk.html", context)


def _about_receipt(request: HttpRequest, intent_id: uuid.UUID) -> Question | None:
    """Whose money it is, and what Lapak bears or gives back."""
    receipt = unexplained_receipts().filter(pk=intent_id).first()
    act = request.POST.get("act")
    if receipt is None or act not in RECEIPT_ACTS:
        return None
    came_idr, asked_idr = receipt.amount_idr, receipt.intent.amount_idr
    words = {
        "came": format_idr(came_idr),
        "asked": format_idr(asked_idr),
        "buyer": User.objects.get(id=receipt.intent.buyer_id),
    }
    back = reverse("admin:money_desk")
    if act == "give_back":
        return Question(_("Give %(came)s back to %(buyer)s?") % words, back)
    missing = _("Lapak bears %(amount)s.") % {"amount": format_idr(asked_idr - came_idr)}
    too_much = _("%(amount)s goes back.") % {"amount": format_idr(came_idr - asked_idr)}
    return Question(
        _("Take %(came)s as the payment of %(asked)s by %(buyer)s?") % words,
        back,
        [missing if came_idr < asked_idr else too_much],
    )


@asked_first(_about_receipt, "admin:money_desk")
def receipt(request: HttpRequest, intent_id: uuid.UUID) -> HttpResponse:
    """What came in another amount is given back, or taken as the payment."""
    act = RECEIPT_ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    carried_out(request, lambda: act(signed_in(request), intent_id), _("Done. The buyer sees it."))
    return redirect("admin:money_desk")


@posted_from("admin:money_desk")
def message(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """A message is processed again, or someone has looked at it."""
    by = signed_in(request)
    if request.POST.get("act") == "again":
        carried_out(request, lambda: _process_again(by, message_id), _("It was processed again."))
        return redirect("admin:money_desk")
    return _note(request, lambda words: resolve_message(by, message_id, words))


@posted_from("admin:money_desk")
def difference(request: HttpRequest, difference_id: int) -> HttpResponse:
    """Someone knows why a statement and the books differ."""
    by = signed_in(request)
    return _note(request, lambda words: resolve_difference(by, difference_id, words))


def _note(request: HttpRequest, resolve: Callable[[str], object]) -> HttpResponse:
    """What somebody found out is written down, and it leaves the desk."""
    form = ResolveForm(request.POST)
    if form.is_valid():
        words = form.cleaned_data["words"]
        carried_out(request, lambda: resolve(words), _("Noted."))
    else:
        messages.error(request, _("Write what you found: the next person reads it."))
    return redirect("admin:money_desk")


@posted_from("admin:money_desk")
def stuck(request: HttpRequest) -> HttpResponse:
    """What is stuck is tried again within a minute."""
    carried_out(
        request,
        lambda: try_again_soon([int(value) for value in request.POST.getlist("stuck") if value.isdecimal()]),
        _("It is tried again within a minute."),
    )
    return redirect("admin:money_desk")


def _process_again(by: User, message_id: uuid.UUID) -> None:
    reopen_message(by, message_id)
    process_message(message_id)
