"""What Lapak takes of the shop's sales: the fees it is under, those that wait for its word, and what it states of its size."""

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.lib import clock
from lapak.lib.number_fields import RupiahField
from lapak.lib.numbers import format_rate
from lapak.money.fees.commands import agree_to_fees, object_to_fees
from lapak.money.fees.models import Schedule
from lapak.money.fees.queries import consent_of, schedule_of, schedule_to_answer
from lapak.money.fees.rules import LONGEST_WORDS, SHORTEST_WORDS
from lapak.people.shops.commands import state_turnover
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.people.shops.size_rules import MAX_TURNOVER_IDR
from lapak.web.sell.access import for_sellers, show
from lapak.web.sell.balance import figures
from lapak.web.sell.questions import asked_first
from lapak.web.shell.acts import carried_out, signed_in
from lapak.web.shell.fees import rows_of, rules_of_fees
from lapak.web.shell.posted import posted_from
from lapak.web.shell.question import Question


class ObjectionForm(forms.Form):
    """Why not."""

    words = forms.CharField(
        label=gettext_lazy("Why you object"),
        min_length=SHORTEST_WORDS,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class TurnoverForm(forms.Form):
    """What all sales of a year came to."""

    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int)
    turnover_idr = RupiahField(
        label=gettext_lazy("Turnover of the whole year"),
        max_value=MAX_TURNOVER_IDR,
        help_text=gettext_lazy("Everything the business sold, here and elsewhere, without tax."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year, field = clock.today().year, self.fields["year"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - it is declared above
        field.choices = [(year - 1, str(year - 1)), (year, str(year))]


@require_safe
@for_sellers(Duty.MONEY)
def fees(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The fees of the shop today, and what is asked of it."""
    return _page(request, shop)


def _about_agreeing(request: HttpRequest, shop: Shop, schedule_id: uuid.UUID) -> Question | None:  # noqa: ARG001 - as the view
    schedule = get_object_or_404(Schedule, id=schedule_id)
    if schedule_to_answer(shop) != schedule:
        return None
    said = {
        "day": date_format(max(schedule.begins_on, clock.today()), "j F Y"),
        "now": f"{format_rate(schedule_of(shop).usual.rate_bp)}%",
        "then": f"{format_rate(schedule.usual.rate_bp)}%",
        "shop": shop.name,
    }
    lines = [
        _("%(shop)s pays %(then)s of most goods from %(day)s on; now it is %(now)s.") % said,
        _("It cannot be taken back: the fees change again only by others that are announced."),
    ]
    return Question(
        _("Agree to %(fees)s?") % {"fees": f"{schedule}".lower()}, reverse("sell_fees", args=[shop.slug]), lines
    )


@posted_from("sell_fees", "slug")
@for_sellers(Duty.OWNERSHIP)
@asked_first(_about_agreeing)
def agree(request: HttpRequest, shop: Shop, schedule_id: uuid.UUID) -> HttpResponse:
    """The shop agrees."""
    by = signed_in(request)
    carried_out(
        request, lambda: agree_to_fees(by, shop.id, schedule_id), _("Agreed. The contract can be downloaded here.")
    )
    return redirect("sell_fees", shop.slug)


@posted_from("sell_fees", "slug")
@for_sellers(Duty.OWNERSHIP)
def object_(request: HttpRequest, shop: Shop, schedule_id: uuid.UUID) -> HttpResponse:
    """The shop says why not."""
    by, form = signed_in(request), ObjectionForm(request.POST)
    get_object_or_404(Schedule, id=schedule_id)
    done = carried_out(
        request,
        lambda: object_to_fees(by, shop.id, schedule_id, form.cleaned_data["words"]),
        _("Sent. Lapak answers here, and silence counts as acceptance."),
        form,
    )
    return redirect("sell_fees", shop.slug) if done else _page(request, shop, objection=form)


@posted_from("sell_fees", "slug")
@for_sellers(Duty.OWNERSHIP)
def turnover(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The shop states what it sold in a year."""
    by, form = signed_in(request), TurnoverForm(request.POST)
    done = carried_out(request, lambda: state_turnover(by, shop.id, **form.cleaned_data), _("Stated."), form)
    return redirect("sell_fees", shop.slug) if done else _page(request, shop, turnover=form)


def _page(
    request: HttpRequest, shop: Shop, *, objection: forms.Form | None = None, turnover: forms.Form | None = None
) -> HttpResponse:
    under, asked = schedule_of(shop), schedule_to_answer(shop)
    known = {"year": shop.turnover_year, "turnover_idr": shop.turnover_idr} if shop.turnover_year else None
    context: dict[str, Any] = {
        **figures(shop),
        "tab": "fees",
        "under": under,
        "rows": rows_of(under),
        "asked": asked,
        "asked_rows": rows_of(asked) if asked else [],
        "consent": consent_of(shop, asked) if asked else None,
        "objection": objection or ObjectionForm(),
        "turnover": turnover or TurnoverForm(initial=known),
        **rules_of_fees(),
    }
    return show(request, shop, "fees.html", context)
