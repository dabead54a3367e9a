"""What a creator sees first; and how one becomes a creator."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lapak.affiliates.clicks.queries import clicks_by_day
from lapak.affiliates.creators import become_creator
from lapak.affiliates.errors import CreatorNotFound
from lapak.affiliates.models import Creator
from lapak.affiliates.offers import promotes_anything
from lapak.affiliates.queries import (
    commission_totals_idr,
    commissions_of_creator,
    commissions_of_creator_per_day,
    creator_of_user,
)
from lapak.lib.money import format_idr
from lapak.web.create.access import for_creators
from lapak.web.create.balance import figures
from lapak.web.create.forms import CreatorForm
from lapak.web.shell.acts import accepted, signed_in
from lapak.web.shell.chart import bar_chart, over_days

DAYS_SHOWN = 28
"""Four weeks, so that every weekday counts as often as the others."""


@require_safe
@for_creators
def overview(request: HttpRequest, creator: Creator) -> HttpResponse:
    """What was earned, what is coming, who clicked, and what to do next."""
    clicked = clicks_by_day(creator.id, DAYS_SHOWN)
    brought = commissions_of_creator_per_day(creator, DAYS_SHOWN)
    days = over_days(
        bar_chart(_("Clicks"), [(day, clicks) for day, clicks, _people in clicked]),
        bar_chart(_("People"), [(day, people) for day, _clicks, people in clicked]),
        bar_chart(_("Orders"), [(day, orders) for day, orders, _idr in brought]),
        bar_chart(_("Commission before tax"), [(day, idr) for day, _orders, idr in brought], format_idr),
    )
    context: dict[str, Any] = {
        "creator": creator,
        **figures(creator),
        "totals": commission_totals_idr(creator),
        "clicks_this_week": sum(clicks for _day, clicks, _people in clicked[-7:]),
        "days": days,
        "per_hundred": _per_hundred(orders=days.charts[2].total, clicks=days.charts[0].total),
        "newest": commissions_of_creator(creator)[:5],
        "steps": _steps(creator),
    }
    return render(request, "create/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def join(request: HttpRequest) -> HttpResponse:
    """The user promotes from now on; whoever does already is led on."""
    user = signed_in(request)
    try:
        creator_of_user(user)
    except CreatorNotFound:
        form = CreatorForm(request.POST or None)
    else:
        return redirect("create")
    if accepted(form, lambda: become_creator(user, **form.cleaned_data)):
        messages.success(request, _("Welcome! Join a programme, then make your first link."))
        return redirect("create")
    return render(request, "create/join.html", {"form": form})


def _per_hundred(*, orders: int, clicks: int) -> int | None:
    """How often a click became an order, in basis points; None before the first click."""
    return orders * 10_000 // clicks if clicks else None


def _steps(creator: Creator) -> dict[str, bool]:
    """What a new creator has done and has yet to do; empty when all of it is done."""
    steps = {
        "programme": promotes_anything(creator),
        "link": creator.links.exists(),
        "bank_account": creator.bank_account_id is not None,
    }
    return {} if all(steps.values()) else steps
