"""The door of the seller centre: only who works in a shop sees its pages; for anyone else they do not exist."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from lapak.people.shops.models import Member, Shop
from lapak.people.shops.queries import member_for_seller
from lapak.people.shops.rules import DUTIES_OF, Duty, Role
from lapak.people.users.models import User
from lapak.trade.orders.queries import count_of_orders_to_pack
from lapak.trade.returns.queries import count_of_returns_to_answer
from lapak.web.shell.acts import password_again, signed_in

P = ParamSpec("P")


class OfShop(Protocol):
    """What belongs to one shop."""

    @property
    def shop_id(self) -> Any: ...


Found = TypeVar("Found", bound=OfShop)


class SellersRequest(HttpRequest):
    """A request that the gate has let in."""

    member: Member


View = Callable[Concatenate[HttpRequest, Shop, P], HttpResponseBase]


def for_sellers(duty: Duty | None = None) -> Callable[[View[P]], Callable[..., HttpResponseBase]]:
    """The view is about one shop, named by its slug in the address; a stranger gets 404, a visitor signs in first, and
    whose role there does not include the duty reads who can change that. What only owners do is done with their password."""

    def guarded(view: View[P]) -> Callable[..., HttpResponseBase]:
        done = password_again(view) if duty is Duty.OWNERSHIP else view

        @login_required
        @wraps(view)
        def of_shop(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            member = cast("SellersRequest", request).member = member_for_seller(signed_in(request), slug, duty)
            response = done(request, member.shop, *args, **kwargs)
            response["Cache-Control"] = "private, no-store"
            return response

        return of_shop

    return guarded


def role_of(request: HttpRequest) -> Role:
    """As what the one who asks works for the shop; of a request that `for_sellers` let in."""
    return Role(cast("SellersRequest", request).member.role)


def own_of_shop(request: HttpRequest, shop: Shop, gate: Callable[[User, UUID], Found], id_: UUID) -> Found:
    """What the gate lets this seller see, if it is this very shop's; 404 for anything else, another of their shops' too."""
    found = gate(signed_in(request), id_)
    if found.shop_id != shop.id:
        raise Http404
    return found


def show(
    request: HttpRequest, shop: Shop, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of the shop: its navigation has what the seller's role includes (`duties`), and says how many orders wait to be
    packed, and returns to be answered."""
    waiting = {"to_pack": count_of_orders_to_pack(shop), "to_answer": count_of_returns_to_answer(shop)}
    framed = {"shop": shop, "duties": DUTIES_OF[role_of(request)], **waiting, **context}
    return render(request, f"sell/{template}", framed, status=status)
