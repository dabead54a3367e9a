"""One dispute: what the buyer's bank wants, what speaks for the shop, and the operator's answer."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.flows.answer_dispute import amend_dispute, answer_dispute, ask_about_dispute, bear_rest, concede_dispute
from lapak.flows.decide_late_win import decide_late_win
from lapak.lib import clock
from lapak.lib.money import format_idr
from lapak.lib.number_fields import NumberInput, RupiahField
from lapak.lib.written import LONGEST_NOTE
from lapak.money.payments.models import Dispute, DisputeShare, LateWin, Refund
from lapak.money.payments.queries import dispute_for_operator, late_wins, parts_of_dispute
from lapak.money.payments.rules import LONGEST_EVIDENCE
from lapak.people.users.models import User
from lapak.trade.orders.models import Order
from lapak.trade.shipping.models import Parcel
from lapak.trade.shipping.queries import parcel_of_order
from lapak.web.shell.acts import signed_in
from lapak.web.shell.posted import posted_from
from lapak.web.shell.question import Question
from lapak.web.staff.columns import reason_of_bank
from lapak.web.staff.desk_forms import Buttons, DeskForm, Forms, done_or_again
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
    return _case(request, dispute_id, Forms())


class AnswerForm(DeskForm):
    """The evidence for the bank."""

    evidence = forms.CharField(
        label=gettext_lazy("What shows that the goods came, or the money went back"),
        max_length=LONGEST_EVIDENCE,
        widget=forms.Textarea({"rows": 8}),
    )


class WordsForm(DeskForm):
    """Why the operator decides so."""

    words = forms.CharField(label=gettext_lazy("Why"), max_length=LONGEST_NOTE)


class BearForm(WordsForm):
    """Why the platform bears the rest."""


class ConcedeForm(WordsForm):
    """Why a dispute is given up."""


@posted_from("admin:dispute_case", "dispute_id")
def answer(request: HttpRequest, dispute_id: uuid.UUID) -> HttpResponse:
    """The evidence goes to the bank; what is refused stays in the form."""
    by, form = signed_in(request), AnswerForm(request.POST)
    return _do(
        request,
        dispute_id,
        form,
        lambda: answer_dispute(by, dispute_id, form.cleaned_data["evidence"]),
        _("Sent within a minute."),
    )


def _about_rest(request: HttpRequest, dispute_id: uuid.UUID) -> Question | None:
    """How much the platform loses, and why."""
    found, form = _found(request, dispute_id), BearForm(request.POST)
    if not form.is_valid() or not found.unexplained_idr or found.resolved_at:
        return None
    asks = _("Book %(amount)s as the platform's loss?") % {"amount": format_idr(found.unexplained_idr)}
    return Question(asks, reverse("admin:dispute_case", args=[dispute_id]), [form.cleaned_data["words"]])


@asked_first(_about_rest, "admin:dispute_case", "dispute_id")
def bear(request: HttpRequest, dispute_id: uuid.UUID) -> HttpResponse:
    """The platform bears what nobody still had, and why."""
    by, form = signed_in(request), BearForm(request.POST)
    return _do(
        request,
        dispute_id,
        form,
        lambda: bear_rest(by, dispute_id, form.cleaned_data["words"]),
        _("Booked as the platform's loss."),
    )


def _about_giving_up(request: HttpRequest, dispute_id: uuid.UUID) -> Question | None:
    """How much is given up, and why."""
    found, form = _found(request, dispute_id), ConcedeForm(request.POST)
    if not form.is_valid() or found.answered_at or found.ended_at:
        return None
    asks = _("Give up %(amount)s without an answer to the bank?") % {"amount": format_idr(found.amount_idr)}
    return Question(asks, reverse("admin:dispute_case", args=[dispute_id]), [form.cleaned_data["words"]])


@asked_first(_about_giving_up, "admin:dispute_case", "dispute_id")
def concede(request: HttpRequest, dispute_id: uuid.UUID) -> HttpResponse:
    """It is given up, and why: nothing is sent to the bank."""
    by, form = signed_in(request), ConcedeForm(request.POST)
    return _do(
        request,
        dispute_id,
        form,
        lambda: concede_dispute(by, dispute_id, form.cleaned_data["words"]),
        _("Given up."),
    )


class LateWinForm(WordsForm):
    """Whose the money is, and why."""

    resolution = forms.ChoiceField(
        label=gettext_lazy("Whose is it?"), choices=LateWin.Resolution.choices, widget=Buttons()
    )


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
    by, form = signed_in(request), LateWinForm(request.POST)
    return _do(
        request,
        dispute_id,
        form,
        lambda: decide_late_win(by, dispute_id, form.cleaned_data["resolution"], form.cleaned_data["words"]),
        _("Decided."),
    )


class AmendForm(WordsForm):
    """Another amount, and why."""

    amount_idr = RupiahField(label=gettext_lazy("Amount (Rp)"), widget=NumberInput(shows_unit=False))
    field_order = ("amount_idr", "words")


class AskForm(DeskForm):
    """The provider is asked: nothing is typed."""


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
    return _do(
        request,
        dispute_id,
        form,
        lambda: amend_dispute(by, dispute_id, form.cleaned_data["amount_idr"], form.cleaned_data["words"]),
        _("Noted. Ask the provider now: its answer fits or not."),
    )


@posted_from("admin:dispute_case", "dispute_id")
def ask(request: HttpRequest, dispute_id: uuid.UUID) -> HttpResponse:
    """The provider is asked now what became of it."""
    _found(request, dispute_id)
    done = _("Asked; this is what it says.")
    return _do(request, dispute_id, AskForm(request.POST), lambda: ask_about_dispute(dispute_id), done)


def _do(
    request: HttpRequest, dispute_id: uuid.UUID, form: DeskForm, act: Callable[[], object], done: str
) -> HttpResponse:
    back = reverse("admin:dispute_case", args=[dispute_id])
    return done_or_again(request, form, act, done, back=back, page=partial(_case, request, dispute_id))


def _found(request: HttpRequest, dispute_id: uuid.UUID) -> Dispute:
    by: User = signed_in(request)
    return dispute_for_operator(by, dispute_id)


def _case(request: HttpRequest, dispute_id: uuid.UUID, forms_of_page: Forms) -> HttpResponse:
    dispute = _found(request, dispute_id)
    parts = _parts(dispute)
    refunds = list(Refund.objects.filter(intent=dispute.intent, dispute=None).order_by("owed_at"))
    late_win: LateWin | None = getattr(dispute, "late_win", None)
    context = {
        "title": _("Dispute %(reference)s") % {"reference": dispute.provider_reference},
        "dispute": dispute,
        "bank_reason": reason_of_bank(dispute),
        "parts": parts,
        "refunds": refunds,
        "amendments": dispute.amendments.select_related("by").order_by("amended_at", "id"),
        "late_win": late_win,
        **_forms(dispute, late_win, forms_of_page, lambda: _what_is_known(parts, refunds)),
    }
    return forms_of_page.page(request, "staff/dispute_case.html", context)


def _forms(
    dispute: Dispute, late_win: LateWin | None, forms_of_page: Forms, known: Callable[[], str]
) -> dict[str, DeskForm]:
    """The forms of what can be done now."""
    is_undecided = dispute.ended_at is None
    may_answer = is_undecided and dispute.answered_at is None
    shown: dict[str, DeskForm] = {}
    if may_answer and clock.now() <= dispute.answer_by:
        shown["answer_form"] = forms_of_page(AnswerForm, initial={"evidence": known()})
    if is_undecided:
        shown["ask_form"], shown["amend_form"] = forms_of_page(AskForm), forms_of_page(AmendForm)
    if may_answer:
        shown["concede_form"] = forms_of_page(ConcedeForm)
    if late_win and not late_win.resolution:
        shown["late_form"] = forms_of_page(LateWinForm)
    if dispute.unexplained_idr and not dispute.resolved_at:
        shown["bear_form"] = forms_of_page(BearForm)
    return shown


def _parts(dispute: Dispute) -> list[Part]:
    shares = list(parts_of_dispute(dispute))
    orders = Order.objects.select_related("shop", "buyer").in_bulk([share.order_id for share in shares])
    return [Part(share, orders[share.order_id], parcel_of_order(share.order_id)) for share in shares]


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
