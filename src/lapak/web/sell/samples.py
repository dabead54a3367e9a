"""Samples that creators ask the shop for: whether it gives any, each wish with its answer, and what was shown of it."""

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.affiliates.samples import commands
from lapak.affiliates.samples.models import Sample
from lapak.affiliates.samples.queries import (
    events_of_sample,
    sample_for_seller,
    samples_a_month,
    samples_of_shop,
    samples_shown,
)
from lapak.affiliates.samples.rules import MOST_A_MONTH, SampleState, may_move
from lapak.goods.catalogue.queries import product_cards
from lapak.lib.number_fields import CountField
from lapak.lib.written import LONGEST_STORY
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.web.sell.access import for_sellers, own_of_shop, show
from lapak.web.sell.return_forms import SendAgainForm
from lapak.web.shell.acts import accepted, carried_out, page_of, signed_in
from lapak.web.shell.posted import posted_from
from lapak.web.shell.sample_story import story_of_sample

SAMPLES_ON_A_PAGE = 25

TABS = {
    "": gettext_lazy("All"),
    SampleState.ASKED: gettext_lazy("To answer"),
    SampleState.APPROVED: gettext_lazy("To send"),
    SampleState.SENT: gettext_lazy("On their way"),
    SampleState.ARRIVED: gettext_lazy("To be shown"),
    SampleState.POSTED: gettext_lazy("Shown"),
    SampleState.UNPOSTED: gettext_lazy("Not shown"),
}
"""What a shop looks for; what came to nothing stands among all."""


class TermsForm(forms.Form):
    """How many."""

    a_month = CountField(
        label=gettext_lazy("Samples a month for each creator"),
        min_value=0,
        max_value=MOST_A_MONTH,
        help_text=gettext_lazy("0: you give none. You still answer every wish by itself."),
    )


class SendForm(SendAgainForm):
    """Who carries it, and under which number."""


class WhyForm(forms.Form):
    """Why not."""

    words = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST_STORY,
        help_text=gettext_lazy("The creator reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_safe
@for_sellers(Duty.PROMOTION)
def samples(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The wishes of creators, newest first, all or of one state."""
    return _list(request, shop, TermsForm(initial={"a_month": samples_a_month(shop)}))


@posted_from("sell_samples", "slug")
@for_sellers(Duty.PROMOTION)
def terms(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Whether the shop gives samples, and how many."""
    by, form = signed_in(request), TermsForm(request.POST)
    if accepted(form, lambda: commands.set_samples_a_month(by, shop, form.cleaned_data["a_month"])):
        carried_out(request, lambda: None, _("Saved."))
        return redirect("sell_samples", shop.slug)
    return _list(request, shop, form)


@require_safe
@for_sellers(Duty.PROMOTION)
def sample(request: HttpRequest, shop: Shop, sample_id: uuid.UUID) -> HttpResponse:
    """One wish: who asks, why, and what can be done."""
    return _page(request, shop, sample_id)


@posted_from("sell_sample", "slug", "sample_id")
@for_sellers(Duty.PROMOTION)
def approve(request: HttpRequest, shop: Shop, sample_id: uuid.UUID) -> HttpResponse:
    """The shop gives it."""
    own, by = _own(request, shop, sample_id), signed_in(request)
    done = _("Agreed. The piece has left your stock; send it to the address below.")
    carried_out(request, lambda: commands.approve_sample(by, own.id), done)
    return redirect("sell_sample", shop.slug, sample_id)


@posted_from("sell_sample", "slug", "sample_id")
@for_sellers(Duty.PROMOTION)
def decline(request: HttpRequest, shop: Shop, sample_id: uuid.UUID) -> HttpResponse:
    """The shop gives it not, and says why."""
    own, by, form = _own(request, shop, sample_id), signed_in(request), WhyForm(request.POST)
    done = _("Declined. The creator reads why.")
    if carried_out(request, lambda: commands.decline_sample(by, own.id, form.cleaned_data["words"]), done, form):
        return redirect("sell_sample", shop.slug, sample_id)
    return _page(request, shop, sample_id, why_form=form)


@posted_from("sell_sample", "slug", "sample_id")
@for_sellers(Duty.PROMOTION)
def call_off(request: HttpRequest, shop: Shop, sample_id: uuid.UUID) -> HttpResponse:
    """What was promised cannot be sent."""
    own, by, form = _own(request, shop, sample_id), signed_in(request), WhyForm(request.POST)
    done = _("Called off. The piece is in your stock again, and the creator reads why.")
    if carried_out(request, lambda: commands.call_off_sample(by, own.id, form.cleaned_data["words"]), done, form):
        return redirect("sell_sample", shop.slug, sample_id)
    return _page(request, shop, sample_id, why_form=form)


@posted_from("sell_sample", "slug", "sample_id")
@for_sellers(Duty.PROMOTION)
def send(request: HttpRequest, shop: Shop, sample_id: uuid.UUID) -> HttpResponse:
    """A courier has it."""
    own, by, form = _own(request, shop, sample_id), signed_in(request), SendForm(request.POST)
    if carried_out(
        request,
        lambda: commands.send_sample(by, own.id, **form.cleaned_data),
        _("On its way. The creator is told."),
        form,
    ):
        return redirect("sell_sample", shop.slug, sample_id)
    return _page(request, shop, sample_id, send_form=form)


def _own(request: HttpRequest, shop: Shop, sample_id: uuid.UUID) -> Sample:
    return own_of_shop(request, shop, sample_for_seller, sample_id)


def _list(request: HttpRequest, shop: Shop, form: TermsForm) -> HttpResponse:
    asked = request.GET.get("state", "")
    state = asked if asked in TABS else ""
    page = page_of(request, samples_of_shop(shop, state).values_list("id", flat=True), SAMPLES_ON_A_PAGE)
    context: dict[str, Any] = {
        "tabs": list(TABS.items()),
        "tab": state,
        "page": page,
        "rows": samples_shown(list(page)),
        "form": form,
    }
    return show(request, shop, "samples.html", context)


def _page(
    request: HttpRequest,
    shop: Shop,
    sample_id: uuid.UUID,
    *,
    why_form: WhyForm | None = None,
    send_form: SendForm | None = None,
) -> HttpResponse:
    own = _own(request, shop, sample_id)
    context: dict[str, Any] = {
        "sample": own,
        "card": next(iter(product_cards([own.variant.product_id])), None),
        "steps": story_of_sample(own, events_of_sample(own)),
        "address": own.address_for_shop,
        "may_decline": may_move(own.state, SampleState.DECLINED),
        "may_call_off": may_move(own.state, SampleState.CALLED_OFF),
        "why_form": why_form or WhyForm(),
        "send_form": send_form or SendForm(),
    }
    return show(request, shop, "sample.html", context)
