"""The marketplace, or a shop, closes: announced and called off by the operator."""

import uuid
from datetime import datetime
from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.lib.clock import say
from lapak.people.shops.closings import announce_closing, call_off_closing, closings_announced
from lapak.people.shops.models import Shop
from lapak.web.shell.acts import page_of, signed_in
from lapak.web.shell.closing import ClosingForm, question_of_closing
from lapak.web.shell.question import Question
from lapak.web.staff.desk_forms import DeskForm, Forms, done_or_again
from lapak.web.staff.question import asked_first

SHOWN = 30


class AnnounceForm(ClosingForm, DeskForm):
    """Of one shop, or of everything."""

    shop = forms.ModelChoiceField(
        Shop.objects.filter(is_open=True),
        to_field_name="slug",
        required=False,
        label=gettext_lazy("Address of the shop"),
        help_text=gettext_lazy("Empty: the whole marketplace closes."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid_choice": gettext_lazy("No shop has this address.")},
    )

    @property
    def shop_id(self) -> uuid.UUID | None:
        shop: Shop | None = self.cleaned_data["shop"]
        return shop.id if shop else None

    @property
    def instants(self) -> dict[str, datetime]:
        return {name: self.cleaned_data[name] for name in ("orders_stop_at", "ship_by")}


class CallOffForm(DeskForm):
    """All goes on."""


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What is announced, and what was."""
    return _desk(request, Forms())


def _about_announcing(request: HttpRequest) -> Question | None:
    form = AnnounceForm(request.POST)
    if not form.is_valid():
        return None
    who = form.cleaned_data["shop"].name if form.cleaned_data["shop"] else "Lapak"
    return question_of_closing(who, form.instants, reverse("admin:closing_desk"))


@asked_first(_about_announcing, "admin:closing_desk")
def announce(request: HttpRequest) -> HttpResponse:
    """It stands on every page that it concerns."""
    form = AnnounceForm(request.POST)
    return done_or_again(
        request,
        form,
        lambda: announce_closing(signed_in(request), form.shop_id, **form.instants),
        _("Announced. Everyone whom it concerns is told."),
        back="admin:closing_desk",
        page=partial(_desk, request),
    )


def _about_calling_off(request: HttpRequest, closing_id: uuid.UUID) -> Question | None:  # noqa: ARG001 - as the view
    found = closings_announced().filter(id=closing_id, called_off_at=None).first()
    if found is None or found.has_begun:
        return None
    said = {"who": found.shop.name if found.shop else "Lapak", "stop": say(found.orders_stop_at)}
    asks = _("Call it off that %(who)s stops to take orders on %(stop)s?") % said
    return Question(
        asks, reverse("admin:closing_desk"), [_("All goes on as before, and everyone who was told is told so.")]
    )


@asked_first(_about_calling_off, "admin:closing_desk")
def call_off(request: HttpRequest, closing_id: uuid.UUID) -> HttpResponse:
    """All goes on."""
    found = get_object_or_404(closings_announced(), id=closing_id)
    return done_or_again(
        request,
        CallOffForm(request.POST, of=closing_id),
        lambda: call_off_closing(signed_in(request), found.shop_id),
        _("Called off. All goes on as before."),
        back="admin:closing_desk",
        page=partial(_desk, request),
    )


def _desk(request: HttpRequest, forms: Forms) -> HttpResponse:
    page = page_of(request, closings_announced(), SHOWN)
    context = {
        "title": _("Closings"),
        "announced": [(closing, forms(CallOffForm, closing.id)) for closing in page],
        "page": page,
        "announce": forms(AnnounceForm),
    }
    return forms.page(request, "staff/closing_desk.html", context)
