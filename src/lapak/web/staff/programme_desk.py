"""Lapak's own programme: opened, changed, ended, and what it may come to. Promotions pay for it, no shop does."""

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.affiliates.attribution import DEFAULT_WINDOW_DAYS, LONGEST_WINDOW
from lapak.affiliates.errors import ProgrammeNotFound
from lapak.affiliates.explained import why_promoters
from lapak.affiliates.models import Membership, Programme
from lapak.affiliates.programmes import announce_rate, open_platform_programme
from lapak.affiliates.queries import current_rate
from lapak.affiliates.rates import MAX_RATE_BP, question_about_rate
from lapak.affiliates.terms.commands import set_budget
from lapak.affiliates.terms.queries import budget_of
from lapak.lib.number_fields import CountField, NumberInput, PercentField, RupiahField, ask_first
from lapak.web.shell.acts import signed_in
from lapak.web.shell.posted import posted_from
from lapak.web.staff.desk_forms import DeskForm, Forms, done_or_again

DESK = "admin:programme_desk"


class OpenForm(DeskForm):
    """A programme for every creator, in every shop."""

    rate_bp = PercentField(label=gettext_lazy("Commission in percent"), max_value=MAX_RATE_BP)
    window_days = CountField(
        label=gettext_lazy("Days a click counts"),
        min_value=1,
        max_value=LONGEST_WINDOW.days,
        initial=DEFAULT_WINDOW_DAYS,
    )

    def clean(self) -> dict[str, object]:
        if "rate_bp" in self.cleaned_data:
            ask_first(self, "rate_bp", question_about_rate(self.cleaned_data["rate_bp"]))
        return self.cleaned_data


class RateForm(DeskForm):
    """Another rate; zero ends the programme decently."""

    rate_bp = PercentField(label=gettext_lazy("Commission in percent"), max_value=MAX_RATE_BP)
    cap_idr = RupiahField(
        label=gettext_lazy("At most for a line"), required=False, min_value=1, widget=NumberInput(shows_unit=False)
    )

    def clean(self) -> dict[str, object]:
        programme = platform_programme()
        if "rate_bp" in self.cleaned_data and programme:
            now_bp = current_rate(programme).rate_bp
            ask_first(self, "rate_bp", question_about_rate(self.cleaned_data["rate_bp"], now_bp))
        return self.cleaned_data


class BudgetForm(DeskForm):
    """The most that the programme comes to; empty for whatever it comes to."""

    amount_idr = RupiahField(
        label=gettext_lazy("Budget"), required=False, min_value=1, widget=NumberInput(shows_unit=False)
    )
    is_monthly = forms.BooleanField(label=gettext_lazy("For each month"), required=False)


def platform_programme() -> Programme | None:
    """Lapak's own, if it was ever opened."""
    return Programme.objects.filter(shop=None, is_active=True).first()


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What the programme pays, what its budget is, and what it has paid."""
    return _desk(request, Forms())


@posted_from(DESK)
def open_it(request: HttpRequest) -> HttpResponse:
    """Every creator may promote every shop, at Lapak's expense."""
    form = OpenForm(request.POST)
    return done_or_again(
        request,
        form,
        lambda: open_platform_programme(signed_in(request), **form.cleaned_data),
        _("Open. Set a budget, so that it costs no more than you mean."),
        back=DESK,
        page=partial(_desk, request),
    )


@posted_from(DESK)
def announce(request: HttpRequest) -> HttpResponse:
    """Another rate."""
    form, programme = RateForm(request.POST), _programme()
    return done_or_again(
        request,
        form,
        lambda: announce_rate(signed_in(request), programme, **form.cleaned_data),
        _("Announced."),
        back=DESK,
        page=partial(_desk, request),
    )


@posted_from(DESK)
def budget(request: HttpRequest) -> HttpResponse:
    """What it may come to."""
    form, programme = BudgetForm(request.POST), _programme()
    return done_or_again(
        request,
        form,
        lambda: set_budget(signed_in(request), programme, **form.cleaned_data),
        _("Announced."),
        back=DESK,
        page=partial(_desk, request),
    )


def _programme() -> Programme:
    found = platform_programme()
    if found is None:
        raise ProgrammeNotFound
    return found


def _why(programme: Programme) -> str:
    """What a creator who has promoted for it longest is paid now."""
    first = Membership.objects.filter(programme=programme).order_by("joined_at").select_related("programme").first()
    return why_promoters([first])[first.pk].why if first else ""


def _desk(request: HttpRequest, forms_of_page: Forms) -> HttpResponse:
    programme = platform_programme()
    rate = current_rate(programme) if programme else None
    figures = budget_of(programme) if programme else None
    announced = figures.announced if figures else None
    context = {
        "title": capfirst(_("Lapak's own programme")),
        "programme": programme,
        "rate": rate,
        "why": _why(programme) if programme else "",
        "budget": figures,
        "open_form": None if programme else forms_of_page(OpenForm),
        "rate_form": forms_of_page(RateForm, initial={"rate_bp": rate.rate_bp, "cap_idr": rate.cap_idr})
        if rate
        else None,
        "budget_form": forms_of_page(
            BudgetForm,
            initial={
                "amount_idr": announced and announced.amount_idr,
                "is_monthly": announced and announced.is_monthly,
            },
        )
        if programme
        else None,
    }
    return forms_of_page.page(request, "staff/programme_desk.html", context)
