"""What the house owes couriers and the state and may take for itself; and noting that it was paid."""

import re
import uuid
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.affiliates.models import Creator
from lapak.affiliates.withholding.queries import slips_of_month
from lapak.lib import clock
from lapak.lib.money import format_idr
from lapak.lib.months import MONTHS_OF_A_YEAR, months_after, this_month
from lapak.lib.number_fields import NumberInput, RupiahField
from lapak.lib.written import LONGEST_NOTE, LONGEST_REFERENCE
from lapak.money.ledger.models import Account, AccountKind
from lapak.money.ledger.transfers import PLATFORM
from lapak.money.remittances.commands import remit, undo_remittance
from lapak.money.remittances.models import Remittance
from lapak.money.remittances.queries import dues, remittances
from lapak.trade.shipping.rules import courier_title
from lapak.web.shell.acts import page_of, signed_in
from lapak.web.shell.csv_file import csv_file
from lapak.web.shell.question import Question
from lapak.web.staff.desk_forms import DeskForm, Forms, done_or_again
from lapak.web.staff.question import asked_first

SHOWN = 30


class RemittanceForm(DeskForm):
    """What was paid to whom, as the statement and the state's receipt say."""

    account = forms.ChoiceField(label=gettext_lazy("Paid to"))
    amount_idr = RupiahField(label=gettext_lazy("Amount (Rp)"), min_value=1, widget=NumberInput(shows_unit=False))
    reference = forms.CharField(
        label=gettext_lazy("Reference on the statement"),
        max_length=LONGEST_REFERENCE,
        widget=forms.TextInput({"autocomplete": "off"}),
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


class UndoForm(DeskForm):
    """Why a payment that was noted is undone."""

    words = forms.CharField(
        label=gettext_lazy("Why"), max_length=LONGEST_NOTE, widget=forms.TextInput({"placeholder": gettext_lazy("Why")})
    )


def party(account: Account) -> str:
    """Whom the house pays, and what: a courier's name stands for its account."""
    label = capfirst(str(AccountKind(account.kind).label))
    return label if account.owner == PLATFORM else f"{label}: {courier_title(account.owner)}"


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What is owed, since when and until when; and what was paid last."""
    return _desk(request, Forms())


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
    return done_or_again(
        request,
        form,
        lambda: remit(signed_in(request), **form.said),
        _("Noted. So much less is owed."),
        back="admin:house_desk",
        page=partial(_desk, request),
    )


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
    form = UndoForm(request.POST, of=remittance_id)
    return done_or_again(
        request,
        form,
        lambda: undo_remittance(signed_in(request), remittance_id, form.cleaned_data["words"]),
        _("It is owed again."),
        back="admin:house_desk",
        page=partial(_desk, request),
    )


@require_safe
def withheld_file(request: HttpRequest, year: int, month: int) -> StreamingHttpResponse:  # noqa: ARG001 - for everyone at the desk
    """The newest slip of every creator in the month: what the tax office is told. Numbers stand in fours, so that no
    spreadsheet rounds them."""
    if not 1 <= month <= MONTHS_OF_A_YEAR:
        raise Http404
    head = [
        _("Number"), _("Correction"), _("Tax"), _("Month"), _("Name"), _("NIK or NPWP"), _("Creator"), _("Before tax"),
        _("Base"), _("Tax withheld"),
    ]  # fmt: skip
    rows = (
        (
            slip.of.number, slip.revision, "PPh 21" if slip.of.taxed_as == Creator.TaxStatus.INDIVIDUAL else "PPh 23",
            f"{year}-{month:02d}", slip.name, " ".join(re.findall("....", slip.tax_number)), str(slip.of.creator),
            slip.gross_idr, slip.base_idr, slip.tax_idr,
        )
        for slip in slips_of_month(date(year, month, 1))
    )  # fmt: skip
    return csv_file(f"lapak-withheld-{year}-{month:02d}.csv", head, rows)


def _months_over() -> list[date]:
    """The last twelve, the newest first."""
    return [months_after(this_month(), -ago) for ago in range(1, MONTHS_OF_A_YEAR + 1)]


def _desk(request: HttpRequest, forms_of_page: Forms) -> HttpResponse:
    found = dues()
    page = page_of(request, remittances(), SHOWN)
    context = {
        "title": _("What the house owes"),
        "dues": [(party(due.account), due) for due in found],
        "form": forms_of_page(RemittanceForm) if found else None,
        "page": page,
        "months": _months_over(),
        "paid": [(party(remittance.account), remittance, _undoing(remittance, forms_of_page)) for remittance in page],
    }
    return forms_of_page.page(request, "staff/house_desk.html", context)


def _undoing(remittance: Remittance, forms_of_page: Forms) -> UndoForm | None:
    return None if remittance.undone_at else forms_of_page(UndoForm, remittance.pk)
