"""The shop's own holiday: announced, changed and ended."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lapak.people.shops.commands import announce_holiday, end_holiday
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.web.sell.access import for_sellers, show
from lapak.web.sell.forms import HolidayForm
from lapak.web.shell.acts import accepted, carried_out, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@for_sellers(Duty.PROFILE)
def holiday(request: HttpRequest, shop: Shop) -> HttpResponse:
    """From when until when the shop is away, and what buyers read meanwhile; with `end` in the form, it is back."""
    user, here = signed_in(request), redirect("sell_holiday", shop.slug)
    if "end" in request.POST:
        carried_out(
            request, lambda: end_holiday(user, shop), _("The holiday is over. Your goods can be ordered again.")
        )
        return here
    form = HolidayForm(request.POST or None, initial=_known(shop))
    if accepted(form, lambda: announce_holiday(user, shop, **form.cleaned_data)):
        messages.success(request, _("Announced. Buyers see it on your shop and your goods while it lasts."))
        return here
    return show(request, shop, "holiday.html", {"form": form, "is_ahead": _is_ahead(shop)})


def _known(shop: Shop) -> dict[str, object]:
    """What was announced and is not over; else nothing."""
    if shop.holiday is None or shop.holiday.last < shop.today:
        return {}
    return {"first": shop.holiday_first, "last": shop.holiday_last, "message": shop.holiday_message}


def _is_ahead(shop: Shop) -> bool:
    return shop.holiday is not None and shop.today < shop.holiday.first
