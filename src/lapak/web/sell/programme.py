"""What a shop offers to creators: an open programme for all, and rates of their own for those it invites."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lapak.affiliates.errors import ProgrammeNotFound
from lapak.affiliates.explained import why_promoters
from lapak.affiliates.models import Programme
from lapak.affiliates.offers import promoters_of_shop, rates_of_programme, who_earns_from
from lapak.affiliates.programmes import announce_rate, choose_who_earns, open_programme
from lapak.affiliates.queries import ProgrammeFigures, current_rate, programmes_of_shop
from lapak.lib import clock
from lapak.moving.past.queries import creators_of_past
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.web.sell.access import for_sellers, show
from lapak.web.sell.programme_forms import OpenProgrammeForm, RateForm, WhoEarnsForm
from lapak.web.shell.acts import accepted, page_of, signed_in
from lapak.web.shell.posted import posted_from

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

PROMOTERS_ON_A_PAGE = 25


@require_safe
@for_sellers(Duty.PROMOTION)
def programme(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The shop's offer, and who took it up."""
    return _page(request, shop)


@posted_from("sell_programme", "slug")
@for_sellers(Duty.PROMOTION)
def open_to_all(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The shop has an open programme."""
    form = OpenProgrammeForm(request.POST)
    if accepted(
        form,
        lambda: open_programme(signed_in(request), shop, form.rate_bp, window_days=form.cleaned_data["window_days"]),
    ):
        messages.success(request, _("Open. Creators find your shop and can promote it now."))
        return redirect("sell_programme", shop.slug)
    return _page(request, shop, open_form=form)


@posted_from("sell_programme", "slug")
@for_sellers(Duty.PROMOTION)
def announce(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The open programme has a new rate."""
    found = _open_programme(shop)
    form = RateForm(request.POST, now_bp=found.rate_bp if found else 0)
    if accepted(form, lambda: _announce(request, found, form)):
        messages.success(request, _("Announced."))
        return redirect("sell_programme", shop.slug)
    return _page(request, shop, rate_form=form)


@posted_from("sell_programme", "slug")
@for_sellers(Duty.PROMOTION)
def who_earns(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Which clicks win, where several creators were clicked."""
    found, form = _open_programme(shop), WhoEarnsForm(request.POST)
    if accepted(form, lambda: _choose_who_earns(request, found, form)):
        messages.success(request, _("Announced."))
        return redirect("sell_programme", shop.slug)
    return _page(request, shop, who_earns_form=form)


def _announce(request: HttpRequest, programme: Programme | None, form: RateForm) -> None:
    if programme is None:
        raise ProgrammeNotFound
    current = current_rate(programme)
    announce_rate(signed_in(request), programme, form.rate_bp, indirect_bp=current.indirect_bp, cap_idr=current.cap_idr)


def _choose_who_earns(request: HttpRequest, programme: Programme | None, form: WhoEarnsForm) -> None:
    if programme is None:
        raise ProgrammeNotFound
    choose_who_earns(signed_in(request), programme, form.cleaned_data["won_by"])


def _open_programme(shop: Shop) -> "WithAnnotations[Programme, ProgrammeFigures] | None":
    return programmes_of_shop(shop).filter(kind=Programme.Kind.OPEN).first()


def _page(
    request: HttpRequest,
    shop: Shop,
    *,
    open_form: forms.Form | None = None,
    rate_form: forms.Form | None = None,
    who_earns_form: forms.Form | None = None,
) -> HttpResponse:
    found, promoters = _open_programme(shop), promoters_of_shop(shop)
    page = page_of(request, promoters, PROMOTERS_ON_A_PAGE, total=promoters.count())
    decisions = why_promoters(list(page))
    context: dict[str, Any] = {
        "programme": found,
        "has_before": creators_of_past(shop).exists(),
        "rates": rates_of_programme(found)[:10] if found else [],
        "page": page,
        "rows": [(each, decisions[each.pk]) for each in page],
        "open_form": open_form or OpenProgrammeForm(),
        "who_earns_form": who_earns_form or WhoEarnsForm(initial={"won_by": found.won_by if found else ""}),
        "won_by_from": who_earns_from(found, clock.now()) if found else None,
        "rate_form": rate_form or RateForm(),
    }
    return show(request, shop, "programme.html", context)
