"""Why somebody is not paid (yet), and how it goes on: with nothing to be looked up elsewhere."""

import uuid
from functools import partial
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.flows.debts import debt_idr
from lapak.flows.models import StuckAct
from lapak.flows.pay_out import NOT_PAID_OUT, next_payout_run
from lapak.flows.payees import Payee, payee_of, payees_named
from lapak.flows.release_payout import agree_to_release, ask_for_release, release_of
from lapak.lib.money import format_idr
from lapak.lib.written import LONGEST_NOTE
from lapak.money.payouts.queries import in_transit_idr, payouts_of_account
from lapak.people.audit.models import Change
from lapak.web.shell.acts import signed_in
from lapak.web.shell.changes import shown_changes
from lapak.web.shell.posted import posted_from
from lapak.web.shell.question import Question
from lapak.web.staff.desk_forms import DeskForm, Forms, done_or_again
from lapak.web.staff.question import asked_first

PAGE = "admin:payee"
PAYOUTS_SHOWN, CHANGES_SHOWN = 5, 5


class FindForm(DeskForm):
    """Whose money it is about."""

    q = forms.CharField(
        label=gettext_lazy("Address of a shop, @handle or e-mail"),
        max_length=254,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )


class ReleaseForm(DeskForm):
    """How it was made sure who changed the bank account."""

    words = forms.CharField(
        label=gettext_lazy("How you made sure who changed it"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Such as: called the owner on the number we have known since March."),
    )


class AgreeForm(DeskForm):
    """Nothing to fill in."""


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The accounts of whoever bears the name; of one alone its page."""
    form = FindForm(request.GET if "q" in request.GET else None)
    found = _payees_named(form.cleaned_data["q"]) if form.is_valid() else []
    if len(found) == 1:
        return redirect(PAGE, found[0].account.id)
    if form.is_valid() and not found:
        form.add_error("q", _("Nobody of that name has had money here."))
    return Forms().page(request, "staff/payees.html", {"title": _("Whose money?"), "form": form, "found": found})


@require_safe
def page(request: HttpRequest, account_id: uuid.UUID) -> HttpResponse:
    """One of them."""
    return _page(request, account_id, Forms())


@posted_from(PAGE, "account_id")
def ask(request: HttpRequest, account_id: uuid.UUID) -> HttpResponse:
    """Another operator is asked to agree."""
    form = ReleaseForm(request.POST)
    return done_or_again(
        request,
        form,
        lambda: ask_for_release(signed_in(request), account_id, form.cleaned_data["words"]),
        _("Noted. Another operator can agree now."),
        back=_address(account_id),
        page=partial(_page, request, account_id),
    )


def _about_agreeing(request: HttpRequest, account_id: uuid.UUID) -> Question | None:  # noqa: ARG001 - as the view
    payee = _payee(account_id)
    asked = release_of(payee)
    if payee.held_until is None or asked is None or asked.agreed_at:
        return None
    said = {"total": format_idr(payee.sendable_idr), "whose": payee.subject.name}
    lines = [str(payee.bank_account), f"{asked.asked_by}: {asked.words}"]
    return Question(_("Pay %(total)s of %(whose)s before the waiting time ends?") % said, _address(account_id), lines)


@asked_first(_about_agreeing, PAGE, "account_id")
def agree(request: HttpRequest, account_id: uuid.UUID) -> HttpResponse:
    """It goes out with the next payout."""
    return done_or_again(
        request,
        AgreeForm(request.POST),
        lambda: agree_to_release(signed_in(request), account_id),
        _("It goes out with the next payout. Its owners are told."),
        back=_address(account_id),
        page=partial(_page, request, account_id),
    )


def _page(request: HttpRequest, account_id: uuid.UUID, forms_: Forms) -> HttpResponse:
    payee = _payee(account_id)
    asked = release_of(payee) if payee.held_until else None
    context: dict[str, Any] = {
        "title": _("Payout to %(whose)s") % {"whose": payee.subject.name},
        "payee": payee,
        "asked": asked,
        "release_form": None if asked or not payee.held_until else forms_(ReleaseForm),
        "agree_form": forms_(AgreeForm) if asked and asked.asked_by_id != signed_in(request).id else None,
        "owes_idr": debt_idr(payee.account),
        "in_transit_idr": in_transit_idr(payee.account),
        "stuck": StuckAct.all_of(NOT_PAID_OUT).filter(subject_id=account_id).first(),
        "next_run": next_payout_run(),
        "payouts": payouts_of_account(payee.account)[:PAYOUTS_SHOWN],
        "changes": shown_changes(_changes(payee)),
    }
    return forms_.page(request, "staff/payee.html", context)


def _payees_named(name: str) -> list[Payee]:
    return [each for key in payees_named(name) if (each := payee_of(key.id))]


def _payee(account_id: uuid.UUID) -> Payee:
    payee = payee_of(account_id)
    if payee is None:
        raise Http404
    return payee


def _changes(payee: Payee) -> QuerySet[Change]:
    """The last of what was changed about the payee, by whom."""
    of = Change.objects.filter(kind=payee.subject.kind, subject_id=str(payee.subject.id))
    return of.order_by("-happened_at", "-id")[:CHANGES_SHOWN]


def _address(account_id: uuid.UUID) -> str:
    return reverse(PAGE, args=[account_id])
