"""Moving out: an owner chooses a format, sees what it has no place for, and fetches the file when it is made."""

import uuid
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lapak.moving.formats.outgoing_registry import OUTGOING
from lapak.moving.move_out import look_ahead
from lapak.moving.queries import takeout_for_owner, takeouts_of_shop
from lapak.moving.takeouts import ask_for_takeout, fetch_takeout
from lapak.moving.written import Form, OwnList, OwnTemplate, Workbooks
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.web.sell.access import for_sellers, own_of_shop, show
from lapak.web.shell.acts import carried_out, signed_in
from lapak.web.shell.forms import RadioCards
from lapak.web.shell.posted import posted_from
from lapak.web.shell.takeouts import takeouts_shown

TAKEOUTS_SHOWN = 10
LOSSES_SHOWN = 20
LOOKED_AT = 500
"""So many products are looked at while the page is waited for; what is lost of all stands in the file."""


class MoveOutForm(forms.Form):
    """Whose format."""

    format = forms.ChoiceField(
        label=gettext_lazy("For which platform"),
        choices=[(platform, out.title) for platform, out in OUTGOING.items()],
        initial=next(iter(OUTGOING)),
        widget=RadioCards({platform: out.how for platform, out in OUTGOING.items()}),
    )


class TemplateForm(forms.Form):
    """The platform's own template, where one can be filled in."""

    template = forms.FileField(label=gettext_lazy("The platform's own empty template"))

    def __init__(self, form: Form, *args: Any) -> None:
        super().__init__(*args)
        field = self.fields["template"]
        if isinstance(form, OwnList):
            field.label = gettext_lazy("The platform's own list of your goods")
        if isinstance(form, OwnTemplate):
            field.help_text = str(form.where)
        elif isinstance(form, Workbooks):
            field.required = False
            field.help_text = gettext_lazy("It is filled in and stays as it is. Without one a new workbook is made.")
        else:
            del self.fields["template"]


@require_http_methods(["GET", "HEAD", "POST"])
@for_sellers(Duty.OWNERSHIP)
def move_out(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Choose a format (`?format=`), see what would be lost, ask for the file; and the files before."""
    user = signed_in(request)
    form = MoveOutForm(request.POST or request.GET or None)
    chosen = OUTGOING[form.cleaned_data["format"]] if form.is_bound and form.is_valid() else None
    template = chosen and TemplateForm(chosen.form, request.POST or None, request.FILES or None)
    if (
        request.method == "POST"
        and chosen
        and template
        and carried_out(
            request,
            lambda: ask_for_takeout(
                user, shop, chosen.platform, get_language() or "id", template.cleaned_data.get("template")
            ),
            _("The file is being made. You are told when it is ready."),
            template,
        )
    ):
        return redirect("sell_move_out", shop.slug)
    ahead = look_ahead(user, shop, chosen.platform, most_products=LOOKED_AT) if chosen else None
    context = {
        "form": form,
        "template": template,
        "ahead": ahead,
        "losses": ahead.lost_of_how_many[:LOSSES_SHOWN] if ahead else [],
        "looked_at_all": ahead is None or ahead.products < LOOKED_AT,
        "chosen": chosen,
    } | takeouts_shown(
        takeouts_of_shop(shop), TAKEOUTS_SHOWN, lambda takeout: reverse("sell_takeout", args=[shop.slug, takeout.id])
    )
    return show(request, shop, "move_out.html", context)


@posted_from("sell_move_out", "slug")
@for_sellers(Duty.OWNERSHIP)
def fetch(request: HttpRequest, shop: Shop, takeout_id: uuid.UUID) -> HttpResponseBase:
    """The file itself."""
    takeout = own_of_shop(request, shop, takeout_for_owner, takeout_id)
    fetch_takeout(signed_in(request), takeout.id)
    return FileResponse(takeout.file.open("rb"), as_attachment=True)
