"""The shop as buyers see it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lapak.people.shops.commands import change_profile
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.web.sell.access import for_sellers, show
from lapak.web.sell.forms import ProfileForm
from lapak.web.shell.acts import accepted, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@for_sellers(Duty.PROFILE)
def profile(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Change name, description, street, city and business number; the address of the shop stays."""
    shown = {name: getattr(shop, name) for name in ProfileForm.Meta.fields}
    form = ProfileForm(request.POST or None, initial=shown, stays_in=shop.province_code)
    if accepted(form, lambda: change_profile(signed_in(request), shop.id, **form.cleaned_data)):
        messages.success(request, _("Saved. Buyers see it at once."))
        return redirect("sell_profile", shop.slug)
    return show(request, shop, "profile.html", {"form": form})
