"""Signing in and joining on the way to the checkout: with the goods in sight that it goes on with."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from allauth.account.views import LoginView
from django.http import HttpRequest
from django.urls import reverse

from lapak.trade.orders.carts import groups_of_wishes
from lapak.trade.orders.models import CartLine
from lapak.web.shell.malformed import is_address
from lapak.web.shop.current_cart import wishes_to_buy


class SignIn(LoginView):  # type: ignore[misc]  # allauth carries no types
    """allauth's."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """allauth's hook."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"goods": goods_in_sight(self.request, context["redirect_field_value"] or "")}


def goods_in_sight(request: HttpRequest, way_on: str) -> list[CartLine]:
    """What the checkout would show, when that is where the visitor is going."""
    address = urlsplit(way_on if is_address(way_on) else "")
    if address.path != reverse("checkout"):
        return []
    only = parse_qs(address.query).get("only", [""])[0]
    return [line for group in groups_of_wishes(wishes_to_buy(request, only)) for line in group.lines]
