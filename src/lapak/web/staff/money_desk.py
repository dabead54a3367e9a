"""Where the operator sees what partners and machines could not settle by themselves, and says how it goes on."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.affiliates.integrity.queries import frozen_by_hand
from lapak.flows.process_message import process_message
from lapak.flows.resolve_receipt import give_receipt_back, take_receipt_as_payment
from lapak.flows.sweep import stuck_acts, try_again_soon
from lapak.lib import clock
from lapak.lib.money import format_idr
from lapak.lib.written import LONGEST_NOTE
from lapak.money.gateways.commands import reopen_message, resolve_difference, resolve_message
from lapak.money.gateways.contract import MovementKind
from lapak.money.gateways.queries import refused_messages, statement_differences, unprocessed_messages
from lapak.money.payments.queries import (
    late_wins,
    refunds_that_wait,
    undecided_disputes,
    unexplained_disputes,
    unexplained_receipts,
)
from lapak.people.users.models import User
from lapak.web.shell.acts import page_of, signed_in
from lapak.web.shell.posted import posted_from
from lapak.web.shell.question import Question
from lapak.web.staff.desk_forms import Buttons, DeskForm, Forms, TickedForm, done_or_again
from lapak.web.staff.question import asked_first
from lapak.web.staff.stuck import Stuck

SHOWN = 50
"""Of each list: the rest is behind it, and its count says how much."""

RECEIPT_ACTS: dict[str, Callable[[User, uuid.UUID], None]] = {
    "give_back": give_receipt_back,
    "take": take_receipt_as_payment,
}


MOVEMENTS: dict[str, Promise] = {
    MovementKind.PAYMENT: gettext_lazy("payment"),
    MovementKind.FEE: gettext_lazy("gateway's charge"),
    MovementKind.REFUND: gettext_lazy("refund"),
    MovementKind.DISPUTE: gettext_lazy("dispute"),
    MovementKind.DISPUTE_FEE: gettext_lazy("charge for a dispute"),
    MovementKind.DISBURSEMENT: gettext_lazy("payout"),
    MovementKind.DISBURSEMENT_RETURN: gettext_lazy("payout that came back"),
}
"""What a line of a statement is about."""


class ReceiptForm(DeskForm):
    """What becomes of money that came in another amount."""

    act = forms.ChoiceField(
        label=gettext_lazy("What becomes of it"),
        choices=[
            ("give_back", gettext_lazy("Give it back")),
            ("take", gettext_lazy("Take it as the payment")),
        ],
        widget=Buttons(),
    )


class NoteForm(DeskForm):
    """What the operator found out: the next person reads it."""

    words = forms.CharField(max_length=LONGEST_NOTE, label=gettext_lazy("What you found"))


class MessageForm(DeskForm):
    """What the operator found out about a refused message, or that it is to be processed again."""

    words = forms.CharField(max_length=LONGEST_NOTE, label=gettext_lazy("What you found"), required=False)
    act = forms.ChoiceField(
        label=gettext_lazy("Message"),
        choices=[("noted", gettext_lazy("Note it")), ("again", gettext_lazy("Process again"))],
        widget=Buttons(),
    )

    def clean(self) -> dict[str, Any]:
        """Only what is found out needs words."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("act") == "noted" and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", _("Write what you found: the next person reads it."))
        return cleaned


class StuckForm(TickedForm):
    """What is to be tried again now."""

    boxes = "stuck"
    id_kind = int


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Everything that waits for a person, by kind."""
    return _desk(request, Forms())


def _desk(request: HttpRequest, forms_of_page: Forms) -> HttpResponse:
    stuck = [Stuck(row) for row in stuck_acts()[:SHOWN]]
    context = {
        "title": _("Money desk"),
        "receipts": [(row, forms_of_page(ReceiptForm, row.pk)) for row in unexplained_receipts()[:SHOWN]],
        "disputes": undecided_disputes()[:SHOWN],
        "unexplained": unexplained_disputes()[:SHOWN],
        "late_wins": late_wins()[:SHOWN],
        "now": clock.now(),
        "refused": [(row, forms_of_page(MessageForm, row.pk)) for row in refused_messages()[:SHOWN]],
        "unprocessed": unprocessed_messages()[:SHOWN],
        "reviews": frozen_by_hand()[:SHOWN],
        "stuck": stuck,
        "stuck_form": forms_of_page(StuckForm) if stuck else None,
        "differences": [
            (row, MOVEMENTS.get(row.kind, row.kind), forms_of_page(NoteForm, row.pk))
            for row in statement_differences()[:SHOWN]
        ],
        "page": page_of(request, refunds_that_wait(), SHOWN),
    }
    return forms_of_page.page(request, "staff/money_desk.html", context)


def _about_receipt(request: HttpRequest, intent_id: uuid.UUID) -> Question | None:
    """Whose money it is, and what Lapak bears or gives back."""
    receipt, form = unexplained_receipts().filter(pk=intent_id).first(), ReceiptForm(request.POST)
    if receipt is None or not form.is_valid():
        return None
    came_idr, asked_idr = receipt.amount_idr, receipt.intent.amount_idr
    words = {
        "came": format_idr(came_idr),
        "asked": format_idr(asked_idr),
        "buyer": User.objects.get(id=receipt.intent.buyer_id),
    }
    back = reverse("admin:money_desk")
    if form.cleaned_data["act"] == "give_back":
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
    form = ReceiptForm(request.POST, of=intent_id)
    return _done_or_again(
        request,
        form,
        lambda: RECEIPT_ACTS[form.cleaned_data["act"]](signed_in(request), intent_id),
        _("Done. The buyer sees it."),
    )


@posted_from("admin:money_desk")
def message(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """A message is processed again, or someone has looked at it."""
    by, form = signed_in(request), MessageForm(request.POST, of=message_id)
    if request.POST.get("act") == "again":
        return _done_or_again(request, form, lambda: _process_again(by, message_id), _("It was processed again."))
    return _done_or_again(
        request, form, lambda: resolve_message(by, message_id, form.cleaned_data["words"]), _("Noted.")
    )


@posted_from("admin:money_desk")
def difference(request: HttpRequest, difference_id: int) -> HttpResponse:
    """Someone knows why a statement and the books differ."""
    by, form = signed_in(request), NoteForm(request.POST, of=difference_id)
    return _done_or_again(
        request, form, lambda: resolve_difference(by, difference_id, form.cleaned_data["words"]), _("Noted.")
    )


@posted_from("admin:money_desk")
def stuck(request: HttpRequest) -> HttpResponse:
    """What is stuck is tried again within a minute."""
    form = StuckForm(request.POST)
    return _done_or_again(request, form, lambda: try_again_soon(form.ticked), _("It is tried again within a minute."))


def _done_or_again(request: HttpRequest, form: DeskForm, act: Callable[[], object], done: str) -> HttpResponse:
    return done_or_again(request, form, act, done, back="admin:money_desk", page=partial(_desk, request))


def _process_again(by: User, message_id: uuid.UUID) -> None:
    reopen_message(by, message_id)
    process_message(message_id)
