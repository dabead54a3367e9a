"""Whether the books are right: what the last look found, each difference with its transfers, and putting them right."""

import uuid

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from lapak.books.models import BooksCheck
from lapak.flows.correct_fact import correct_fact
from lapak.flows.tasks import look_through_books_now
from lapak.lib.jobs import defer_once
from lapak.lib.money import format_idr
from lapak.money.ledger.models import AccountKind, Transfer
from lapak.money.ledger.queries import transfers_of_reference
from lapak.money.ledger.transfers import TransferCode
from lapak.web.shell.acts import carried_out, signed_in, ticked_ids
from lapak.web.shell.posted import posted_from
from lapak.web.shell.question import Question
from lapak.web.staff.question import asked_first


class CorrectionForm(forms.Form):
    """Why the ticked transfers are undone."""

    reason = forms.CharField(max_length=200, label=gettext_lazy("Why"))


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What the last look through the books found."""
    checks = BooksCheck.objects.select_related("asked_by").order_by("-started_at")[:10]
    context = {
        **admin.site.each_context(request),
        "title": _("Check of the books"),
        "last": checks[0] if checks else None,
        "checks": checks,
    }
    return TemplateResponse(request, "staff/books_desk.html", context)


@posted_from("admin:books_desk")
def run(request: HttpRequest) -> HttpResponse:
    """The books are looked through soon, by a job: it may take minutes."""
    if defer_once(look_through_books_now.configure(), by_id=str(signed_in(request).id)):
        messages.success(request, _("The books are being looked through. What is found stands here in a moment."))
    else:
        messages.info(request, _("They are about to be looked through already."))
    return redirect("admin:books_desk")


@require_safe
def fact(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Every transfer of an order, a payment, a payout; each can be undone."""
    transfers = transfers_of_reference(reference)
    if not transfers:
        raise Http404
    context = {
        **admin.site.each_context(request),
        "title": _("Transfers"),
        "reference": reference,
        "transfers": [(transfer, TransferCode(transfer.code).label, *_sides(transfer)) for transfer in transfers],
        "form": CorrectionForm(),
    }
    return TemplateResponse(request, "staff/fact.html", context)


def _sides(transfer: Transfer) -> tuple[tuple[str, str], tuple[str, str]]:
    """What either account holds, in words, and whose it is."""
    debit, credit = transfer.debit_account, transfer.credit_account
    return (str(AccountKind(debit.kind).label), debit.owner), (str(AccountKind(credit.kind).label), credit.owner)


def _about_correction(request: HttpRequest, reference: uuid.UUID) -> Question | None:
    """Every transfer that would be undone: how much, from whom to whom."""
    ticked = set(ticked_ids(request, "transfer"))
    transfers = [transfer for transfer in transfers_of_reference(reference) if transfer.id in ticked]
    if not transfers or not request.POST.get("reason", "").strip():
        return None
    asks = ngettext("Undo %(n)d transfer?", "Undo %(n)d transfers?", len(transfers)) % {"n": len(transfers)}
    lines = []
    for transfer in transfers:
        (debit, _debited), (credit, _credited) = _sides(transfer)
        fact = TransferCode(transfer.code).label
        lines.append(f"{format_idr(transfer.amount_idr)} · {fact}: {debit} {_debited} → {credit} {_credited}")
    return Question(asks, reverse("admin:books_fact", args=[reference]), lines)


@asked_first(_about_correction, "admin:books_fact", "reference")
def correct(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """The ticked transfers are undone by new ones, with the reason."""
    ids = ticked_ids(request, "transfer")
    reason = request.POST.get("reason", "")[:200]
    carried_out(request, lambda: correct_fact(signed_in(request), ids, reason), _("Undone. The books show both."))
    return redirect("admin:books_fact", reference)
