"""The tax on what a creator earns: this year's with its bracket, and the slips of the months that are over."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lapak.affiliates.models import Creator
from lapak.affiliates.withholding.commands import name_for_tax
from lapak.affiliates.withholding.models import Slip, TaxMonth
from lapak.affiliates.withholding.queries import slip_for_creator, tax_identity_of, tax_months_of, tax_years_of
from lapak.lib import clock
from lapak.lib.ids import number_of
from lapak.lib.money import format_idr
from lapak.lib.numbers import format_rate
from lapak.money.taxes.rules import PPH23_BP, bracket_of_next, brackets
from lapak.web.create.access import for_creators
from lapak.web.create.balance import figures
from lapak.web.create.forms import TaxIdentityForm
from lapak.web.shell.acts import carried_out, signed_in
from lapak.web.shell.paper import Paper


@require_safe
@for_creators
def tax(request: HttpRequest, creator: Creator) -> HttpResponse:
    """What was withheld this year, month by month; another with `?year=`."""
    years = tax_years_of(creator)
    this_year = clock.today().year
    asked = request.GET.get("year", "")
    year = int(asked) if asked in map(str, years) else this_year
    months = tax_months_of(creator, year)
    individual = [month for month in months if month.taxed_as == Creator.TaxStatus.INDIVIDUAL]
    gross_idr = sum(month.gross_idr for month in individual)
    context: dict[str, Any] = {
        "creator": creator,
        **figures(creator),
        "tab": "tax",
        "year": year,
        "years": sorted({this_year, *years}, reverse=True),
        "months": months,
        "gross_idr": sum(month.gross_idr for month in months),
        "base_idr": sum(month.base_idr for month in months),
        "tax_idr": sum(month.tax_idr for month in months),
        "identity": tax_identity_of(creator),
        "is_company": creator.tax_status == Creator.TaxStatus.COMPANY,
        "next": bracket_of_next(gross_idr),
        "brackets": brackets(),
    }
    return render(request, "create/tax.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_creators
def identity(request: HttpRequest, creator: Creator) -> HttpResponse:
    """As whom the tax office knows the creator. The number that is there is not shown again."""
    known = tax_identity_of(creator)
    form = TaxIdentityForm(request.POST or None, initial={"name": known.name if known else ""})
    done = _("Your slips bear this name and number from now on.")
    if carried_out(request, lambda: name_for_tax(signed_in(request), **form.cleaned_data), done, form):
        return redirect("create_tax")
    return render(request, "create/tax_identity.html", {"creator": creator, "form": form, "identity": known})


@require_safe
@for_creators
def slip(request: HttpRequest, creator: Creator, month_id: uuid.UUID) -> HttpResponse:  # noqa: ARG001 - the slip says whose
    """The newest slip of a month."""
    found = slip_for_creator(signed_in(request), month_id)
    return _paper(found).as_response(f"lapak-{found.of.month:%Y-%m}-{found.of.number}.pdf")


@require_safe
@for_creators
def year_paper(request: HttpRequest, creator: Creator, year: int) -> HttpResponse:  # noqa: ARG001 - the door's
    """The months of a year on one sheet, for the yearly return."""
    months = tax_months_of(creator, year)
    if not months:
        raise Http404
    known = tax_identity_of(creator)
    paper = Paper(_("Tax withheld in %(year)s") % {"year": year})
    paper.facts(_whose(known.name if known else "", known.number if known else "", creator))
    head = [_("Month"), _("Slip"), _("Before tax"), _("Base"), _("Tax")]
    rows = [_row(month) for month in months]
    sums = [sum(month.gross_idr for month in months), sum(m.base_idr for m in months), sum(m.tax_idr for m in months)]
    paper.rows(head, [*rows, [_("Together"), "", *map(format_idr, sums)]], (24, 34, 30, 30, 24), total=True)
    paper.words(_("A month without a slip is not over yet, or its slip is being issued."))
    return paper.as_response(f"lapak-{creator.handle}-tax-{year}.pdf")


def _row(month: TaxMonth) -> list[str]:
    slips = list(month.slips.all())
    number = _called(month.id, slips[-1].revision) if slips else ""
    return [date_format(month.month, "F Y"), number, *map(format_idr, (month.gross_idr, month.base_idr, month.tax_idr))]


def _paper(slip: Slip) -> Paper:
    of = slip.of
    title = _("Withholding slip %(tax)s") % {"tax": _tax(of.taxed_as)}
    corrects = _("Corrects the slip of the same number.") if slip.revision else ""
    paper = Paper(title, corrects)
    paper.facts(
        [
            (_("Number"), _called(of.id, slip.revision)),
            (_("Month"), date_format(of.month, "F Y")),
            (_("Issued"), date_format(slip.issued_at.astimezone(clock.WIB), "j F Y")),
            (_("Withheld by"), _("Lapak, which runs the marketplace")),
            *_whose(slip.name, slip.tax_number, of.creator),
        ]
    )
    amounts = [
        (_("Earnings before tax"), slip.gross_idr),
        (_("What the tax is reckoned on"), slip.base_idr),
        (_("Tax withheld"), slip.tax_idr),
    ]
    paper.rows([_("What"), _("Amount")], [[label, format_idr(idr)] for label, idr in amounts], (100, 60), total=True)
    paper.words(
        _("PPh 21: Art. 17 rates on half of what was earned, cumulative in the calendar year.")
        if of.taxed_as == Creator.TaxStatus.INDIVIDUAL
        else _("PPh 23: %(rate)s%% of what was earned.") % {"rate": format_rate(PPH23_BP)}
    )
    if not slip.tax_number:
        paper.words(_("Without a NIK or NPWP the tax office cannot put it to anybody's account."))
    return paper


def _called(month_id: uuid.UUID, revision: int) -> str:
    return f"{number_of(month_id)}/{revision}" if revision else number_of(month_id)


def _tax(taxed_as: str) -> str:
    return "PPh 21" if taxed_as == Creator.TaxStatus.INDIVIDUAL else "PPh 23"


def _whose(name: str, tax_number: str, creator: Creator) -> list[tuple[str, str]]:
    return [(_("Name"), name or str(creator)), (_("NIK or NPWP"), tax_number or _("not told"))]
