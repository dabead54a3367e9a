"""Where the operator sends what is owed, takes the file to the bank, and notes how each payout ended."""

import uuid
from collections.abc import Sequence
from functools import partial

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from lapak.flows.ask_provider import ask_about_payout
from lapak.flows.owed import due_idr, held_payouts, owed_now, without_account
from lapak.flows.pay_out import (
    confirm_payout,
    fail_payout,
    next_payout_run,
    return_payout,
    send_due_payouts,
)
from lapak.lib.money import format_idr
from lapak.lib.refusal import Refusal
from lapak.lib.written import LONGEST_NOTE
from lapak.money.gateways.registry import gateway_named, payout_gateways
from lapak.money.payouts.models import Payout, PayoutBatch
from lapak.money.payouts.queries import (
    arrived_payout_numbered,
    payout_batches,
    unconfirmed_payouts,
)
from lapak.people.users.models import User
from lapak.web.shell.acts import accepted, page_of, signed_in
from lapak.web.shell.posted import posted_from
from lapak.web.shell.question import Question
from lapak.web.staff.desk_forms import DeskForm, Forms, TickedForm, done_or_again
from lapak.web.staff.outcomes import outcome_in_words
from lapak.web.staff.payee_page import FindForm
from lapak.web.staff.question import asked_first

PAYOUTS_ON_A_PAGE = 50
BATCHES_SHOWN = 20
MOST_WITHOUT_ACCOUNT = 20


class SendForm(DeskForm):
    """Through which provider everything due is sent."""

    provider = forms.ChoiceField(
        label=gettext_lazy("Through"), choices=[(gateway.name, gateway.title) for gateway in payout_gateways()]
    )


class CloseForm(TickedForm):
    """How the ticked payouts ended, and why if they came back: their owners read it."""

    boxes = "payout"
    ended = forms.ChoiceField(
        label=gettext_lazy("The ticked ones"),
        choices=[("arrived", gettext_lazy("arrived")), ("returned", gettext_lazy("came back"))],
    )
    reason = forms.CharField(
        label=gettext_lazy("What the bank says, if they came back"), max_length=LONGEST_NOTE, required=False
    )

    def clean_reason(self) -> str:
        """What came back needs one."""
        reason: str = self.cleaned_data["reason"]
        if self.cleaned_data.get("ended") == "returned" and not reason:
            raise ValidationError(_("Write what the bank says: the owner reads it."))
        return reason


class AskForm(CloseForm):
    """Of which payouts the providers are asked: how they ended is not said."""

    def clean_reason(self) -> str:
        """It says nothing, and stays as it was typed."""
        reason: str = self.cleaned_data["reason"]
        return reason


class ReturnedForm(DeskForm):
    """Which payout came back after it had arrived, and what the bank says."""

    number = forms.CharField(
        label=gettext_lazy("Number of the payout"), max_length=30, widget=forms.TextInput({"inputmode": "numeric"})
    )
    reason = forms.CharField(label=gettext_lazy("What the bank says"), max_length=LONGEST_NOTE)

    def clean_number(self) -> Payout:
        """The payout of that number."""
        payout = arrived_payout_numbered(self.cleaned_data["number"])
        if payout is None:
            raise ValidationError(_("No payout of this number has arrived."))
        return payout


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What is due, what is on its way, and what was sent."""
    return _desk(request, Forms())


def _about_sending(request: HttpRequest) -> Question | None:
    """How much to how many, by whose money it is."""
    form, due = SendForm(request.POST), due_idr(owed_now())
    if not form.is_valid() or not due:
        return None
    amounts_idr = [amount_idr for of_kind in due.values() for amount_idr in of_kind]
    return _about(
        amounts_idr,
        ngettext(
            "Send %(total)s in %(n)d payout through %(through)s?",
            "Send %(total)s in %(n)d payouts through %(through)s?",
            len(amounts_idr),
        ),
        [f"{format_idr(sum(of_kind))} · {capfirst(kind.label)} ({len(of_kind)})" for kind, of_kind in due.items()],
        through=gateway_named(form.cleaned_data["provider"]).title,
    )


def _about_closing(request: HttpRequest) -> Question | None:
    """Which payouts, and that those that came back are sent anew."""
    form = CloseForm(request.POST)
    payouts = unconfirmed_payouts().filter(id__in=form.ticked)
    if not form.is_valid() or not payouts:
        return None
    if form.cleaned_data["ended"] == "arrived":
        asks = ngettext(
            "Has the %(total)s of %(n)d payout arrived?", "Has the %(total)s of %(n)d payouts arrived?", len(payouts)
        )
    else:
        asks = ngettext(
            "Has the %(total)s of %(n)d payout come back, to be sent again with the next payout?",
            "Has the %(total)s of %(n)d payouts come back, to be sent again with the next payout?",
            len(payouts),
        )
    return _about([payout.amount_idr for payout in payouts], asks, [_in_words(payout) for payout in payouts])


def _about_returned(request: HttpRequest) -> Question | None:
    """Which payout bears the number."""
    form = ReturnedForm(request.POST)
    if not form.is_valid():
        return None
    payout = form.cleaned_data["number"]
    asks = _("Have %(total)s that had arrived come back, to be sent again with the next payout?")
    return _about([payout.amount_idr], asks, [_in_words(payout)])


def _about(amounts_idr: Sequence[int], asks: str, lines: Sequence[str], **words: object) -> Question:
    words |= {"total": format_idr(sum(amounts_idr)), "n": len(amounts_idr)}
    return Question(asks % words, reverse("admin:payout_desk"), lines)


def _in_words(payout: Payout) -> str:
    to = payout.bank_account
    return f"{format_idr(payout.amount_idr)} · {to.get_bank_code_display()} {to.number} · {to.holder}"


@asked_first(_about_sending, "admin:payout_desk")
def send(request: HttpRequest) -> HttpResponse:
    """Everything due is on its way, through the chosen provider."""
    form = SendForm(request.POST)
    if not accepted(form, lambda: _send(request, form.cleaned_data["provider"])):
        return _desk(request, Forms(form))
    return redirect("admin:payout_desk")


def _send(request: HttpRequest, provider: str) -> None:
    batch = send_due_payouts(signed_in(request), provider)
    if batch is None:
        messages.info(request, _("Nothing is due."))
        return
    count = batch.payouts.count()
    said = ngettext("%(n)d payout is on its way.", "%(n)d payouts are on their way.", count) % {"n": count}
    messages.success(request, said)


@asked_first(_about_closing, "admin:payout_desk")
def close(request: HttpRequest) -> HttpResponse:
    """The ticked payouts arrived, or came back with a reason; each by itself, so that one cannot hold up the rest."""
    form = CloseForm(request.POST)
    closed = _close_each(signed_in(request), form) if form.is_valid() else 0
    if closed:
        messages.success(request, ngettext("%(n)d payout closed.", "%(n)d payouts closed.", closed) % {"n": closed})
    return redirect("admin:payout_desk") if form.is_valid() else _desk(request, Forms(form))


@posted_from("admin:payout_desk")
def ask(request: HttpRequest) -> HttpResponse:
    """The providers of the ticked payouts say what became of them; whoever does not answer once is not waited for fifty
    times."""
    form, outcomes = AskForm(request.POST), list[str]()
    is_done = accepted(
        form, lambda: outcomes.extend(outcome_in_words(ask_about_payout(payout_id)) for payout_id in form.ticked)
    )
    if outcomes:
        messages.info(request, ", ".join(outcomes))
    return redirect("admin:payout_desk") if is_done else _desk(request, Forms(form))


@asked_first(_about_returned, "admin:payout_desk")
def returned(request: HttpRequest) -> HttpResponse:
    """A bank sent back what had arrived; named by the number on its statement."""
    form = ReturnedForm(request.POST)
    return done_or_again(
        request,
        form,
        lambda: return_payout(signed_in(request), form.cleaned_data["number"].id, form.cleaned_data["reason"]),
        _("It is owed again, and goes out with the next payout."),
        back="admin:payout_desk",
        page=partial(_desk, request),
    )


@require_safe
def file(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponseBase:  # noqa: ARG001 - the site asks who it is
    """The batch's file, for the bank's business portal."""
    batch = PayoutBatch.objects.filter(id=batch_id).exclude(file="").first()
    if batch is None:
        raise Http404
    return FileResponse(batch.file.open("rb"), as_attachment=True, filename=f"lapak-{batch.created_at:%Y%m%d-%H%M}.csv")


def _close_each(by: User, form: CloseForm) -> int:
    """How many were closed; what is refused of the others is said in the form."""
    closed = 0
    for payout_id in form.ticked:
        try:
            closed += _close(by, payout_id, form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return closed


def _close(by: User, payout_id: uuid.UUID, form: CloseForm) -> bool:
    if form.cleaned_data["ended"] == "arrived":
        return confirm_payout(by, payout_id)
    return fail_payout(by, payout_id, form.cleaned_data["reason"])


def _desk(request: HttpRequest, forms_of_page: Forms) -> HttpResponse:
    owed = owed_now()
    due, waiting = due_idr(owed), without_account(owed)
    page = page_of(request, unconfirmed_payouts(), PAYOUTS_ON_A_PAGE)
    context = {
        "title": _("Payout desk"),
        "due": [(kind.label, len(amounts_idr), sum(amounts_idr)) for kind, amounts_idr in due.items()],
        "due_idr": sum(map(sum, due.values())),
        "without_account": waiting[:MOST_WITHOUT_ACCOUNT],
        "without_account_count": len(waiting),
        "without_account_idr": sum(each.amount_idr for each in waiting),
        "held": held_payouts(owed),
        "find_form": FindForm(),
        "next_run": next_payout_run(),
        "send_form": forms_of_page(SendForm, initial={"provider": settings.PAYOUT_PROVIDER}) if due else None,
        "close_form": forms_of_page(CloseForm) if page.object_list else None,
        "returned_form": forms_of_page(ReturnedForm),
        "page": page,
        "batches": payout_batches()[:BATCHES_SHOWN],
    }
    return forms_of_page.page(request, "staff/payout_desk.html", context)
