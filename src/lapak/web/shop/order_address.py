"""A buyer lets an order go to another of their addresses, as long as no parcel bears the first."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lapak.lib.money import format_idr
from lapak.lib.refusal import Refusal
from lapak.lib.regions import PROVINCES
from lapak.people.users.models import Address, User
from lapak.people.users.queries import addresses_of_user
from lapak.trade.orders.models import Order
from lapak.trade.orders.queries import order_for_buyer
from lapak.trade.orders.redirecting import as_kept, change_address, more_to, refuse_to_change
from lapak.web.shell.acts import carried_out, signed_in
from lapak.web.shell.posted import posted_from
from lapak.web.shell.question import Question, asked, asked_with
from lapak.web.shop.answers import SeeOther, private_page


class AddressForm(forms.Form):
    """One of the buyer's own."""

    address = forms.ModelChoiceField(Address.objects.none())

    def __init__(self, buyer: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].queryset = addresses_of_user(buyer)  # type: ignore[attr-defined]
        self.fields["address"].error_messages["required"] = _("Choose where it is to go.")


@require_safe
@private_page
@login_required
def choose(request: HttpRequest, order_id: uuid.UUID) -> HttpResponse:
    """The buyer's other addresses, and to which of them the order may go."""
    own = order_for_buyer(signed_in(request), order_id)
    try:
        refuse_to_change(own)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return SeeOther(reverse("order", args=[own.id]))
    return _page(request, own, AddressForm(signed_in(request)))


def _about_change(request: HttpRequest, order_id: uuid.UUID) -> Question | None:
    """Both addresses, and that it is once."""
    buyer = signed_in(request)
    own, form = order_for_buyer(buyer, order_id), AddressForm(buyer, request.POST)
    if not form.is_valid():
        return None
    lines = [
        _("From: %(address)s") % {"address": _in_one_line(own.address)},
        _("To: %(address)s") % {"address": _in_one_line(as_kept(form.cleaned_data["address"]))},
        _("Service and shipping stay as you ordered them, and the shop is told. It can be changed once."),
    ]
    asks = _("Let order %(number)s go to another address?") % {"number": own.number}
    return Question(asks, reverse("order_address", args=[own.id]), lines)


def _ask(request: HttpRequest, question: Question) -> HttpResponse:
    return render(request, "shop/question.html", asked_with(request, question))


@posted_from("order_address", "order_id")
@private_page
@login_required
@asked(_about_change, _ask)
def change(request: HttpRequest, order_id: uuid.UUID) -> HttpResponse:
    """The order goes there."""
    buyer = signed_in(request)
    own, form = order_for_buyer(buyer, order_id), AddressForm(buyer, request.POST)
    done = _("The order goes to the new address. The shop is told.")
    if carried_out(request, lambda: change_address(buyer, own.id, form.cleaned_data["address"].id), done, form):
        return SeeOther(reverse("order", args=[own.id]))
    return _page(request, own, form)


def _page(request: HttpRequest, own: Order, form: AddressForm) -> HttpResponse:
    others = [each for each in addresses_of_user(signed_in(request)) if as_kept(each) != own.address]
    more = more_to(own, {address.province_code for address in others})
    choices = [(address, _why_not(more[address.province_code])) for address in others]
    context = {
        "order": own,
        "province": PROVINCES[own.address["province_code"]].name,
        "choices": choices,
        "may_choose": any(not why_not for _address, why_not in choices),
        "form": form,
    }
    return render(request, "shop/order_address.html", context)


def _why_not(more_idr: int | None) -> str:
    """Empty where the order may go there."""
    if more_idr is None:
        return _("The courier of this order does not go there.")
    return _("Shipping there costs %(more)s more.") % {"more": format_idr(more_idr)} if more_idr > 0 else ""


def _in_one_line(address: dict[str, str]) -> str:
    names = [address[name] for name in ("recipient", "phone", "street", "district", "city")]
    return ", ".join([*names, f"{PROVINCES[address['province_code']].name} {address['postal_code']}"])
