"""One field for whatever somebody says on the phone: a number, a name, an e-mail, a phone, a tracking number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.affiliates.models import Creator
from lapak.lib.ids import number_of
from lapak.lib.money import format_idr
from lapak.money.payments.models import PaymentIntent, Refund
from lapak.money.payouts.models import Payout
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.trade.orders.models import Order, Purchase
from lapak.trade.returns.models import Return
from lapak.trade.shipping.models import Parcel
from lapak.web.shell.acts import signed_in
from lapak.web.staff.desk_forms import DeskForm, Forms
from lapak.web.staff.desks import may_open

SHOWN = 5
"""Of each table; the rest stands in its list."""

TABLES: Mapping[type[Model], Callable[[Any], str]] = {
    Order: lambda order: f"{order.shop} · {order.buyer} · {order.get_state_display()}",
    Purchase: lambda purchase: f"{purchase.buyer} · {format_idr(purchase.total_idr)}",
    Return: lambda return_: f"{return_.shop} · {return_.get_state_display()}",
    Parcel: lambda parcel: number_of(parcel.order_id),
    PaymentIntent: lambda intent: f"{number_of(intent.id)} · {intent.get_status_display()}",
    Refund: lambda refund: f"{number_of(refund.order_id)} · {refund.get_route_display()}",
    Payout: lambda payout: f"{format_idr(payout.amount_idr)} · {payout.get_status_display()}",
    User: lambda user: user.email,
    Shop: lambda shop: f"/{shop.slug} · {shop.city}",
    Creator: lambda creator: creator.user.email,
}
"""In what is looked, and what is told of a row besides its name."""


@dataclass(frozen=True, slots=True)
class Found:
    """The first rows of a table that fit: address, name, what else is told of each; and the list of all."""

    title: str
    rows: list[tuple[str, str, str]]
    more: str


class FindForm(DeskForm):
    """Whatever is known of it."""

    q = forms.CharField(
        label=gettext_lazy("Number, name, e-mail, phone or tracking number"),
        min_length=2,
        max_length=100,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """What fits, as far as its reader may look it up."""
    form = FindForm(request.GET if "q" in request.GET else None)
    found: list[Found] = []
    if form.is_valid():
        words = form.cleaned_data["q"]
        found = [each for model in TABLES if (each := _found(request, model, words))]
        if not found:
            form.add_error("q", _("Nothing fits. An order's number has twelve digits; of a name any part will do."))
    return Forms().page(request, "staff/find.html", {"title": _("Find"), "form": form, "found": found})


def _found(request: HttpRequest, model: type[Model], words: str) -> Found | None:
    table, name = admin.site.get_model_admin(model), f"{model._meta.app_label}_{model._meta.model_name}"  # noqa: SLF001 - Django documents the name
    if not may_open(signed_in(request), f"{name}_changelist"):
        return None
    rows = _rows(request, table, words)
    if not rows:
        return None
    more = f"{reverse(f'admin:{name}_changelist')}?{urlencode({'q': words})}" if len(rows) > SHOWN else ""
    shown = [(reverse(f"admin:{name}_change", args=[row.pk]), str(row), TABLES[model](row)) for row in rows[:SHOWN]]
    return Found(capfirst(str(model._meta.verbose_name_plural)), shown, more)  # noqa: SLF001 - likewise


def _rows(request: HttpRequest, table: "ModelAdmin[Any]", words: str) -> list[Any]:
    """The first that fit by the table's own search, in its own order."""
    fit, _may_repeat = table.get_search_results(request, table.get_queryset(request), words)
    related = table.list_select_related
    with_names = fit if isinstance(related, bool) else fit.select_related(*related)
    return list(with_names.order_by(*table.get_ordering(request))[: SHOWN + 1])
