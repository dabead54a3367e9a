"""The way into the seller centre: to one's shop, to a choice of them, or to opening one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lapak.moving.models import Upload
from lapak.moving.uploads import keep_upload, refuse_too_much
from lapak.people.shops.commands import open_shop
from lapak.people.shops.queries import invitations_of_user, shops_of_seller
from lapak.people.users.models import User
from lapak.people.users.queries import require_confirmed_email
from lapak.web.sell.forms import ShopForm
from lapak.web.shell.acts import accepted, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def shops(request: HttpRequest) -> HttpResponse:
    """The user's one shop at once; the choice when there are several, or one asks them to work there; else, or with `?new`,
    the form to open one."""
    user = signed_in(request)
    own = list(shops_of_seller(user))
    form = ShopForm(request.POST or None, request.FILES or None)
    brought: list[Upload] = []
    if accepted(form, lambda: brought.extend(_opened(user, **form.cleaned_data))):
        slug = form.cleaned_data["slug"]
        if brought:
            messages.success(request, _("Your shop is open. Lapak is looking at your files."))
            return redirect("sell_upload", slug, brought[0].id)
        messages.success(request, _("Your shop is open. Now bring in your products."))
        return redirect("sell_shop", slug)
    asked = list(invitations_of_user(user))
    if (own or asked) and "new" not in request.GET and request.method != "POST":
        if len(own) == 1 and not asked:
            return redirect("sell_shop", own[0].slug)
        return render(request, "sell/shops.html", {"shops": own, "invitations": asked})
    require_confirmed_email(user)
    return render(request, "sell/open.html", {"form": form, "shops": own})


def _opened(user: User, *, given: Any, **about: Any) -> list[Upload]:
    """The shop is open, and what was given of the old one is being looked at."""
    if given:
        refuse_too_much(given)
    shop = open_shop(user, **about)
    return [keep_upload(user, shop, given, get_language() or "id")] if given else []
