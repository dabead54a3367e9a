"""Signing in and joining on the way to the checkout: with the goods in sight that it goes on with."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from allauth.account.views import LoginView, SignupView
from django.http import HttpRequest
from django.urls import reverse

from lapak.trade.orders.carts import groups_of_wishes
from lapak.trade.orders.models import CartLine
from lapak.web.shell.malformed import is_address
from lapak.web.shop.current_cart import wishes_to_buy


class GoodsInSight:
    """Adds `goods`: what the checkout would show, when that is where the visitor is going."""

    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """allauth's hook."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # of allauth's view beside it
        asked = context["redirect_field_value"] or ""
        way_on = urlsplit(asked if is_address(asked) else "")
        is_buying = way_on.path == reverse("checkout")
        return context | {"goods": self._goods(way_on.query) if is_buying else []}

    def _goods(self, query: str) -> list[CartLine]:
        only = parse_qs(query).get("only", [""])[0]
        return [line for group in groups_of_wishes(wishes_to_buy(self.request, only)) for line in group.lines]


class SignIn(GoodsInSight, LoginView):  # type: ignore[misc]  # allauth carries no types
    """allauth's."""


class Join(GoodsInSight, SignupView):  # type: ignore[misc]  # allauth carries no types
    """allauth's."""
