"""What a shop's programme pays in particular: for products and categories, for other goods, at most a line, and in all."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lapak.affiliates.errors import ProgrammeNotFound
from lapak.affiliates.models import Programme
from lapak.affiliates.programmes import announce_rate
from lapak.affiliates.queries import current_rate
from lapak.affiliates.rates import CUT_REACHES_AFTER
from lapak.affiliates.terms.commands import set_budget, set_special_rate, withdraw_special_rate
from lapak.affiliates.terms.queries import budget_of, special_rates_of
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.web.sell.access import for_sellers, show
from lapak.web.sell.programme_terms_forms import BudgetForm, SpecialRateForm, WholeRateForm
from lapak.web.shell.acts import accepted, carried_out, page_of, signed_in, sought, ticked_ids
from lapak.web.shell.posted import posted_from

RATES_ON_A_PAGE = 25
WHOLE_IDS, SPECIAL_IDS, BUDGET_IDS = "whole_%s", "special_%s", "budget_%s"
"""Several forms of the page have a field for a percentage."""


@require_safe
@for_sellers(Duty.PROMOTION)
def terms(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Every term of the open programme; `?q=` narrows the special rates to names."""
    return _page(request, shop)


@posted_from("sell_programme_terms", "slug")
@for_sellers(Duty.PROMOTION)
def announce(request: HttpRequest, shop: Shop) -> HttpResponse:
    """What all goods pay."""
    programme = _programme(shop)
    form = WholeRateForm(request.POST, now_bp=current_rate(programme).rate_bp, auto_id=WHOLE_IDS)
    if accepted(form, lambda: announce_rate(signed_in(request), programme, form.rate_bp, **form.bounds)):
        return _announced(request, shop)
    return _page(request, shop, whole_form=form)


@posted_from("sell_programme_terms", "slug")
@for_sellers(Duty.PROMOTION)
def add(request: HttpRequest, shop: Shop) -> HttpResponse:
    """A product or a category pays a rate of its own."""
    programme = _programme(shop)
    form = SpecialRateForm(request.POST, shop=shop, auto_id=SPECIAL_IDS)
    if accepted(form, lambda: _set_special(request, programme, form)):
        return _announced(request, shop)
    return _page(request, shop, special_form=form)


@posted_from("sell_programme_terms", "slug")
@for_sellers(Duty.PROMOTION)
def withdraw(request: HttpRequest, shop: Shop) -> HttpResponse:
    """A special rate is withdrawn; one that is gone already is."""
    programme = _programme(shop)
    for rate in special_rates_of(programme).filter(id__in=ticked_ids(request.POST, "rate")):
        if goods := rate.product or rate.category:
            act = partial(withdraw_special_rate, signed_in(request), programme, goods)
            carried_out(request, act, _("Withdrawn."))
    return redirect("sell_programme_terms", shop.slug)


@posted_from("sell_programme_terms", "slug")
@for_sellers(Duty.PROMOTION)
def budget(request: HttpRequest, shop: Shop) -> HttpResponse:
    """What the programme may come to."""
    programme = _programme(shop)
    form = BudgetForm(request.POST, auto_id=BUDGET_IDS)
    if accepted(form, lambda: set_budget(signed_in(request), programme, **form.cleaned_data)):
        return _announced(request, shop)
    return _page(request, shop, budget_form=form)


def _announced(request: HttpRequest, shop: Shop) -> HttpResponse:
    messages.success(request, _("Announced."))
    return redirect("sell_programme_terms", shop.slug)


def _set_special(request: HttpRequest, programme: Programme, form: SpecialRateForm) -> None:
    if form.goods is not None:
        set_special_rate(signed_in(request), programme, form.goods, form.rate_bp, cap_idr=form.cleaned_data["cap_idr"])


def _programme(shop: Shop) -> Programme:
    found = Programme.objects.filter(shop=shop, kind=Programme.Kind.OPEN).first()
    if found is None:
        raise ProgrammeNotFound
    return found


def _page(
    request: HttpRequest,
    shop: Shop,
    *,
    whole_form: forms.Form | None = None,
    special_form: forms.Form | None = None,
    budget_form: forms.Form | None = None,
) -> HttpResponse:
    programme = _programme(shop)
    current, figures, words = current_rate(programme), budget_of(programme), sought(request.GET)
    rates = special_rates_of(programme, words)
    whole = {
        "percent": current.rate_bp, "indirect_percent": current.indirect_bp, "cap_idr": current.cap_idr,
    }  # fmt: skip
    announced = figures.announced
    budget = {"amount_idr": announced and announced.amount_idr, "is_monthly": announced and announced.is_monthly}
    context: dict[str, Any] = {
        "programme": programme,
        "budget": figures,
        "budget_from": announced.announced_at + CUT_REACHES_AFTER if announced and figures.is_pending else None,
        "words": words,
        "page": page_of(request, rates, RATES_ON_A_PAGE),
        "whole_form": whole_form or WholeRateForm(initial=whole, auto_id=WHOLE_IDS),
        "special_form": special_form or SpecialRateForm(shop=shop, auto_id=SPECIAL_IDS),
        "budget_form": budget_form or BudgetForm(initial=budget, auto_id=BUDGET_IDS),
    }
    return show(request, shop, "programme_terms.html", context)
