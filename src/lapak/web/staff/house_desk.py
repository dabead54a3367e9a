"""What the house owes couriers and the state and may take for itself; and noting that it was paid."""

import uuid
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.lib import clock
from lapak.lib.money import format_idr
from lapak.lib.number_fields import NumberInput, RupiahField
from lapak.money.ledger.models import Account, AccountKind
from lapak.money.ledger.transfers import PLATFORM
from lapak.money.remittances.commands import remit, undo_remittance
from lapak.money.remittances.models import Remittance
from lapak.money.remittances.queries import dues, remittances
from lapak.web.shell.acts import accepted, carried_out, page_of, signed_in
from lapak.web.shell.question import Question
from lapak.web.staff.question import asked_first

SHOWN = 30


class RemittanceForm(forms.Form):
    """What was paid to whom, as the statement and the state's receipt say."""

    account = forms.ChoiceField(label=gettext_lazy("Paid to"))
    amount_idr = RupiahField(label=gettext_lazy("Amount (Rp)"), min_value=1, widget=NumberInput(shows_unit=False))
    reference = forms.CharField(
        label=gettext_lazy("Reference on the statement"), max_length=64, widget=forms.TextInput({"autocomplete": "off"})
    )
    ntpn = forms.CharField(
        label=gettext_lazy("NTPN, of a tax"),
        max_length=16,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    paid_on = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = [(str(due.account.id), party(due.account)) for due in dues()]  # type: ignore[attr-defined]
        self.fields["paid_on"].initial = clock.now().astimezone(clock.WIB).date()

    @property
    def said(self) -> dict[str, Any]:
        """As `remit` takes it."""
        cleaned = dict(self.cleaned_data)
        return {"account_id": uuid.UUID(cleaned.pop("account")), **cleaned}


class UndoForm(forms.Form):
    """Why a payment that was noted is undone."""

    words = forms.CharField(max_length=200, label=gettext_lazy("Why"))


def party(account: Account) -> str:
    """Whom the house pays, and what: a courier's name stands for its account."""
    label = capfirst(str(AccountKind(account.kind).label))
    return label if account.owner == PLATFORM else f"{label}: {account.owner.upper()}"


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What is owed, since when and until when; and what was paid last."""
    return _desk(request, RemittanceForm())


def _about_note(request: HttpRequest) -> Question | None:
    form = RemittanceForm(request.POST)
    if not form.is_valid():
        return None
    said = form.cleaned_data
    words = {
        "amount": format_idr(said["amount_idr"]),
        "party": dict(form.fields["account"].choices)[said["account"]],  # type: ignore[attr-defined]
        "day": date_format(said["paid_on"], "j F Y"),
    }
    lines = [_("Reference %(reference)s") % said, *([f"NTPN {said['ntpn']}"] if said["ntpn"] else [])]
    return Question(
        _("Was %(amount)s paid on %(day)s? %(party)s.") % words,
        reverse("admin:house_desk"),
        [*lines, _("The books will show so much less at the gateway.")],
    )


@asked_first(_about_note, "admin:house_desk")
def note(request: HttpRequest) -> HttpResponse:
    """A payment that was made is in the books."""
    form = RemittanceForm(request.POST)
    if accepted(form, lambda: remit(signed_in(request), **form.said)):
        messages.success(request, _("Noted. So much less is owed."))
        return redirect("admin:house_desk")
    return _desk(request, form)


def _about_undoing(request: HttpRequest, remittance_id: uuid.UUID) -> Question | None:
    found = Remittance.objects.select_related("account").filter(id=remittance_id, undone_at=None).first()
    if found is None or not UndoForm(request.POST).is_valid():
        return None
    words = {"amount": format_idr(found.amount_idr), "party": party(found.account), "reference": found.reference}
    return Question(
        _("Undo the payment of %(amount)s with the reference %(reference)s? %(party)s.") % words,
        reverse("admin:house_desk"),
        [_("It is owed again, and the books show both.")],
    )


@asked_first(_about_undoing, "admin:house_desk")
def undo(request: HttpRequest, remittance_id: uuid.UUID) -> HttpResponse:
    """What was noted by a slip, or came back, is owed again."""
    words = request.POST.get("words", "")
    carried_out(request, lambda: undo_remittance(signed_in(request), remittance_id, words), _("It is owed again."))
    return redirect("admin:house_desk")


def _desk(request: HttpRequest, form: RemittanceForm) -> HttpResponse:
    found = dues()
    page = page_of(request, remittances(), SHOWN)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("What the house owes"),
        "dues": [(party(due.account), due) for due in found],
        "form": form,
        "page": page,
        "paid": [(party(remittance.account), remittance) for remittance in page],
    }
    return TemplateResponse(request, "staff/house_desk.html", context)
