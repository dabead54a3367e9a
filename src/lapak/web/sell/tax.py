"""PPh 22 of a shop: whether it is withheld and why, as whom the shop is taxed, and the letters that exempt it."""

import uuid
from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.flows.withhold import tell_crossing
from lapak.lib import clock
from lapak.lib.money import format_idr
from lapak.lib.numbers import filled, format_rate
from lapak.money.taxes.errors import LARGEST_FILE_MB
from lapak.money.taxes.letters import hand_in_letter, name_taxpayer, withdraw_letter
from lapak.money.taxes.models import Taxpayer
from lapak.money.taxes.months import ShopMonth, month_named, month_of_shop, months_of_shop
from lapak.money.taxes.numbers import LONGEST_NAME
from lapak.money.taxes.pph22_rules import PPH22_BP, SMALL_UP_TO_IDR, LetterKind, Standing, days_of_statement
from lapak.money.taxes.queries import (
    letter_for_seller,
    letters_of_shop,
    letters_to_cross,
    may_cross,
    standings,
    taxpayer_of,
)
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.web.sell.access import for_sellers, show
from lapak.web.sell.balance import figures
from lapak.web.sell.questions import asked_first
from lapak.web.shell.acts import carried_out, page_of, signed_in
from lapak.web.shell.paper import Paper
from lapak.web.shell.posted import posted_from
from lapak.web.shell.question import Question

LETTERS_ON_A_PAGE = 20

WORDS: dict[Standing, Promise] = {
    Standing.OFF: gettext_lazy("PPh 22 is not in force today: nothing is withheld from any shop."),
    Standing.EXEMPT_SKB: gettext_lazy("Nothing is withheld: your exemption letter (SKB) holds today."),
    Standing.EXEMPT_SMALL: gettext_lazy("Nothing is withheld: you stated that you sell little this year."),
    Standing.WITHHELD_CROSSED: gettext_lazy(
        "It is withheld: your turnover of this year has become too large for the statement."
    ),
    Standing.WITHHELD_COMPANY: gettext_lazy(
        "It is withheld: from a company always, unless it has an exemption letter (SKB)."
    ),
    Standing.WITHHELD_NO_LETTER: gettext_lazy("It is withheld: no letter of yours that was accepted holds today."),
}
"""What is withheld from the shop, and why."""


class TaxpayerForm(forms.Form):
    """As whom the shop is taxed."""

    kind = forms.ChoiceField(label=gettext_lazy("Who sells here"), choices=Taxpayer.Kind.choices)
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("As on the identity card or the deed."),
    )
    number = forms.CharField(
        label=gettext_lazy("NIK or NPWP"),
        max_length=25,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )


class StatementForm(forms.Form):
    """A person's statement of small turnover, for a calendar year."""

    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int)
    file = forms.FileField(
        label=gettext_lazy("Signed statement"),
        help_text=filled(
            gettext_lazy("A PDF of at most {most} MB, with stamp duty (meterai) and signature."), most=LARGEST_FILE_MB
        ),
        widget=forms.FileInput({"accept": "application/pdf"}),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        year, field = clock.today().year, self.fields["year"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - it is declared above
        field.choices = [(year, str(year)), (year + 1, str(year + 1))]

    @property
    def said(self) -> dict[str, Any]:
        """As `hand_in_letter` takes it."""
        first_day, last_day = days_of_statement(self.cleaned_data["year"])
        return {
            "kind": LetterKind.STATEMENT,
            "first_day": first_day,
            "last_day": last_day,
            "file": self.cleaned_data["file"].read(),
        }


class SkbForm(forms.Form):
    """An exemption letter of the tax office, for its days."""

    first_day = forms.DateField(
        label=gettext_lazy("Holds from"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=gettext_lazy("Holds until"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    file = forms.FileField(
        label=gettext_lazy("Exemption letter"),
        help_text=filled(gettext_lazy("As the tax office gave it, a PDF of at most {most} MB."), most=LARGEST_FILE_MB),
        widget=forms.FileInput({"accept": "application/pdf"}),
    )

    @property
    def said(self) -> dict[str, Any]:
        """As `hand_in_letter` takes it."""
        return {"kind": LetterKind.SKB, **self.cleaned_data, "file": self.cleaned_data["file"].read()}


@require_safe
@for_sellers(Duty.MONEY)
def tax(request: HttpRequest, shop: Shop) -> HttpResponse:
    """How it stands today, and what was handed in."""
    return _page(request, shop)


@posted_from("sell_tax", "slug")
@for_sellers(Duty.OWNERSHIP)
def name(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The shop is taxed as somebody."""
    by, form = signed_in(request), TaxpayerForm(request.POST)
    done = carried_out(request, lambda: name_taxpayer(by, shop.id, **form.cleaned_data), _("Saved."), form)
    return redirect("sell_tax", shop.slug) if done else _page(request, shop, taxpayer_form=form)


@posted_from("sell_tax", "slug")
@for_sellers(Duty.OWNERSHIP)
def state(request: HttpRequest, shop: Shop) -> HttpResponse:
    """A statement is handed in."""
    form = StatementForm(request.POST, request.FILES, auto_id="statement-%s")
    return _hand_in(request, shop, form) or _page(request, shop, statement=form)


@posted_from("sell_tax", "slug")
@for_sellers(Duty.OWNERSHIP)
def exempt(request: HttpRequest, shop: Shop) -> HttpResponse:
    """An exemption letter is handed in."""
    form = SkbForm(request.POST, request.FILES, auto_id="skb-%s")
    return _hand_in(request, shop, form) or _page(request, shop, skb=form)


@posted_from("sell_tax", "slug")
@for_sellers(Duty.OWNERSHIP)
def withdraw(request: HttpRequest, shop: Shop, letter_id: uuid.UUID) -> HttpResponse:
    """A letter is taken back before anybody looked at it."""
    by, letter = signed_in(request), letter_for_seller(shop, letter_id)
    carried_out(request, lambda: withdraw_letter(by, letter.id), _("Taken back."))
    return redirect("sell_tax", shop.slug)


def _about_crossing(request: HttpRequest, shop: Shop, letter_id: uuid.UUID) -> Question | None:  # noqa: ARG001 - as the view
    letter = letter_for_seller(shop, letter_id)
    if not may_cross(letter, clock.today()):
        return None
    line = _("From the first of next month on PPh 22 is withheld. It cannot be taken back in this year.")
    return Question(
        _("Has your turnover of this year become too large?"), reverse("sell_tax", args=[shop.slug]), [line]
    )


@posted_from("sell_tax", "slug")
@for_sellers(Duty.OWNERSHIP)
@asked_first(_about_crossing)
def cross(request: HttpRequest, shop: Shop, letter_id: uuid.UUID) -> HttpResponse:
    """The owner says that they sell too much for the statement."""
    by, letter = signed_in(request), letter_for_seller(shop, letter_id)
    carried_out(request, lambda: tell_crossing(by, letter.id), _("Noted. It is withheld from next month on."))
    return redirect("sell_tax", shop.slug)


@require_safe
@for_sellers(Duty.MONEY)
def file(request: HttpRequest, shop: Shop, letter_id: uuid.UUID) -> FileResponse:  # noqa: ARG001 - the gate is the door's
    """A letter as it was handed in."""
    letter = letter_for_seller(shop, letter_id)
    if not letter.file:  # put away, its time was over
        raise Http404
    return FileResponse(letter.file.open(), as_attachment=True, filename=f"{letter.kind}-{letter.first_day}.pdf")


@require_safe
@for_sellers(Duty.MONEY)
def slip(request: HttpRequest, shop: Shop, year: int, month: int) -> HttpResponse:  # noqa: ARG001 - the door's
    """The withholding slip of a month that is over."""
    named = month_named(year, month)
    found = [each for each in month_of_shop(shop, named) if each.is_over] if named else []
    if not found:
        raise Http404
    paper = Paper(_("Withholding slip %(tax)s") % {"tax": "PPh 22"})
    for each in found:
        _write(paper, each, shop)
    return paper.as_response(f"lapak-{found[0].month:%Y-%m}-{found[0].number}.pdf")


def _write(paper: Paper, found: ShopMonth, shop: Shop) -> None:
    paper.facts(
        [
            (_("Number"), found.number),
            (_("Month"), date_format(found.month, "F Y")),
            (_("Withheld by"), _("Lapak, which runs the marketplace")),
            (_("Name"), found.tax_name or shop.name),
            (_("NIK or NPWP"), found.tax_number or _("not told")),
        ]
    )
    rate = f"{format_rate(PPH22_BP.on(found.month))}%"
    amounts = [
        (_("Goods that were sold, without shipping"), format_idr(found.base_idr)),
        (_("Rate"), rate),
        (_("Tax withheld"), format_idr(found.tax_idr)),
    ]
    paper.rows([_("What"), _("Amount")], amounts, (100, 60), total=True)
    paper.words(
        _(
            "PPh 22 by PMK 37/2025. What was given back in the month is taken off; below zero, more was given back than withheld."
        )
    )
    if not found.tax_number:
        paper.words(_("Without a NIK or NPWP the tax office cannot put it to anybody's account."))


def _hand_in(request: HttpRequest, shop: Shop, form: StatementForm | SkbForm) -> HttpResponse | None:
    """Back to the page; None where the letter was refused, and the form says why."""
    by, done = signed_in(request), _("Handed in. A person of ours looks at it, and you are told.")
    if not carried_out(request, lambda: hand_in_letter(by, shop.id, **form.said), done, form):
        return None
    return redirect("sell_tax", shop.slug)


def _page(
    request: HttpRequest,
    shop: Shop,
    *,
    taxpayer_form: forms.Form | None = None,
    statement: forms.Form | None = None,
    skb: forms.Form | None = None,
) -> HttpResponse:
    known, today = taxpayer_of(shop), clock.today()
    found = standings([shop.id], clock.now())[shop.id]
    context: dict[str, Any] = {
        **figures(shop),
        "tab": "tax",
        "says": WORDS[found],
        "is_withheld": found.is_withheld,
        "rate_bp": PPH22_BP.on(today),
        "small_up_to_idr": SMALL_UP_TO_IDR.on(today),
        "taxpayer": known,
        "taxpayer_form": taxpayer_form
        or TaxpayerForm(initial={"kind": known.kind, "name": known.name} if known else None),
        "statement": statement or StatementForm(auto_id="statement-%s"),
        "skb": skb or SkbForm(auto_id="skb-%s"),
        "page": page_of(request, letters_of_shop(shop), LETTERS_ON_A_PAGE),
        "to_cross": [letter.id for letter in letters_to_cross(shop, today)],
        "months": months_of_shop(shop),
    }
    return show(request, shop, "tax.html", context)
