"""The way into the seller centre: to one's shop, to a choice of them, or to opening one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lapak.people.shops.commands import open_shop
from lapak.people.shops.queries import invitations_of_user, shops_of_seller
from lapak.web.sell.forms import ShopForm
from lapak.web.shell.acts import accepted, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def shops(request: HttpRequest) -> HttpResponse:
    """The user's one shop at once; the choice when there are several, or one asks them to work there; else, or with `?new`,
    the form to open one."""
    user = signed_in(request)
    own = list(shops_of_seller(user))
    form = ShopForm(request.POST or None)
    if accepted(form, lambda: open_shop(user, **form.cleaned_data)):
        messages.success(request, _("Your shop is open. Now bring in your products."))
        return redirect("sell_shop", form.cleaned_data["slug"])
    asked = list(invitations_of_user(user))
    if (own or asked) and "new" not in request.GET and request.method != "POST":
        if len(own) == 1 and not asked:
            return redirect("sell_shop", own[0].slug)
        return render(request, "sell/shops.html", {"shops": own, "invitations": asked})
    return render(request, "sell/open.html", {"form": form, "shops": own})
