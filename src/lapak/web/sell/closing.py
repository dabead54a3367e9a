"""The shop closes for good: announced, changed and called off, by its owners."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lapak.people.shops.closings import announce_closing, call_off_closing, standing_closing
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.web.sell.access import for_sellers, show
from lapak.web.sell.questions import asked_first
from lapak.web.shell.acts import carried_out, signed_in
from lapak.web.shell.closing import ClosingForm, question_of_closing
from lapak.web.shell.posted import posted_from
from lapak.web.shell.question import Question


def _about_closing(request: HttpRequest, shop: Shop) -> Question | None:
    form = ClosingForm(request.POST or None)
    if not form.is_valid():
        return None
    return question_of_closing(shop.name, form.cleaned_data, reverse("sell_closing", args=[shop.slug]))


@require_http_methods(["GET", "HEAD", "POST"])
@for_sellers(Duty.OWNERSHIP)
@asked_first(_about_closing)
def closing(request: HttpRequest, shop: Shop) -> HttpResponse:
    """When the shop stops to take orders, and until when it sends what was ordered."""
    standing, user = standing_closing(shop.id), signed_in(request)
    known = {"orders_stop_at": standing.orders_stop_at, "ship_by": standing.ship_by} if standing else None
    form = ClosingForm(request.POST or None, initial=known)
    if request.method == "POST" and carried_out(
        request,
        lambda: announce_closing(user, shop.id, **form.cleaned_data),
        _("Announced. Buyers see it on your shop and your goods."),
        form,
    ):
        return redirect("sell_closing", shop.slug)
    return show(request, shop, "closing.html", {"form": form, "standing": standing})


@posted_from("sell_closing", "slug")
@for_sellers(Duty.OWNERSHIP)
def call_off(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The shop goes on."""
    user = signed_in(request)
    carried_out(request, lambda: call_off_closing(user, shop.id), _("Called off. The shop goes on as before."))
    return redirect("sell_closing", shop.slug)
