"""Whether the books are right: what the last look found, each difference with its transfers, and putting them right."""

import uuid
from collections.abc import Iterable, Mapping
from functools import partial

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
from lapak.lib.ids import number_of
from lapak.lib.jobs import defer_once
from lapak.lib.money import format_idr
from lapak.lib.written import LONGEST_NOTE
from lapak.money.ledger.models import AccountKind, Transfer
from lapak.money.ledger.queries import transfers_of_reference
from lapak.money.ledger.transfers import TransferCode
from lapak.people.audit.chain import newest_head
from lapak.web.shell.acts import signed_in
from lapak.web.shell.posted import posted_from
from lapak.web.shell.question import Question
from lapak.web.staff.desk_forms import Forms, TickedForm, done_or_again
from lapak.web.staff.owners import names_of_owners
from lapak.web.staff.question import asked_first


class CorrectionForm(TickedForm):
    """Why the ticked transfers are undone."""

    boxes = "transfer"
    reason = forms.CharField(max_length=LONGEST_NOTE, label=gettext_lazy("Undo the ticked ones, because"))


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What the last look through the books found."""
    checks = BooksCheck.objects.select_related("asked_by").order_by("-started_at")[:10]
    context = {
        **admin.site.each_context(request),
        "title": _("Check of the books"),
        "last": checks[0] if checks else None,
        "checks": checks,
        "head": newest_head(),
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
    return _fact(request, reference, Forms())


def _fact(request: HttpRequest, reference: uuid.UUID, forms_of_page: Forms) -> HttpResponse:
    transfers = transfers_of_reference(reference)
    if not transfers:
        raise Http404
    names = _owners(transfers)
    context = {
        "title": _("Transfers of %(number)s") % {"number": number_of(reference)},
        "reference": reference,
        "transfers": [
            (transfer, TransferCode(transfer.code).label, *_sides(transfer, names)) for transfer in transfers
        ],
        "form": forms_of_page(CorrectionForm),
    }
    return forms_of_page.page(request, "staff/fact.html", context)


def _sides(transfer: Transfer, names: Mapping[str, str]) -> tuple[tuple[str, str], tuple[str, str]]:
    """What either account holds, in words, and whose it is."""
    debit, credit = transfer.debit_account, transfer.credit_account
    return (
        (str(AccountKind(debit.kind).label), names[debit.owner]),
        (str(AccountKind(credit.kind).label), names[credit.owner]),
    )


def _owners(transfers: Iterable[Transfer]) -> dict[str, str]:
    return names_of_owners(account for each in transfers for account in (each.debit_account, each.credit_account))


def _about_correction(request: HttpRequest, reference: uuid.UUID) -> Question | None:
    """Every transfer that would be undone: how much, from whom to whom."""
    form = CorrectionForm(request.POST)
    transfers = [transfer for transfer in transfers_of_reference(reference) if transfer.id in form.ticked]
    if not transfers or not form.is_valid():
        return None
    asks = ngettext("Undo %(n)d transfer?", "Undo %(n)d transfers?", len(transfers)) % {"n": len(transfers)}
    lines, names = [], _owners(transfers)
    for transfer in transfers:
        (debit, _debited), (credit, _credited) = _sides(transfer, names)
        fact = TransferCode(transfer.code).label
        lines.append(f"{format_idr(transfer.amount_idr)} · {fact}: {debit} {_debited} → {credit} {_credited}")
    return Question(asks, reverse("admin:books_fact", args=[reference]), lines)


@asked_first(_about_correction, "admin:books_fact", "reference")
def correct(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """The ticked transfers are undone by new ones, with the reason."""
    form = CorrectionForm(request.POST)
    return done_or_again(
        request,
        form,
        lambda: correct_fact(signed_in(request), form.ticked, form.cleaned_data["reason"]),
        _("Undone. The books show both."),
        back=reverse("admin:books_fact", args=[reference]),
        page=partial(_fact, request, reference),
    )
