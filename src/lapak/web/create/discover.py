"""Goods to promote: found by what they pay, how new their programme is and how well they sell; and a link to them in one step."""

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.affiliates.discovery.commands import join_and_link
from lapak.affiliates.discovery.queries import AskedGoods, Sort, conversions, goods_to_promote
from lapak.affiliates.links import promoted_shop_ids
from lapak.affiliates.models import Creator, Link
from lapak.affiliates.offers import decisions_about
from lapak.goods.catalogue.models import Category, Product
from lapak.goods.catalogue.queries import GoodsCard, product_cards
from lapak.lib.number_fields import RupiahField
from lapak.web.create.access import for_creators
from lapak.web.shell.acts import carried_out, page_of, signed_in, sought, way_back
from lapak.web.shell.posted import posted_from

GOODS_ON_A_PAGE = 24

TABS = {
    Sort.NEW: gettext_lazy("New programmes"),
    Sort.PAID: gettext_lazy("Best paid"),
    Sort.CONVERTING: gettext_lazy("Sell best by links"),
}


class DiscoverForm(forms.Form):
    """What the goods have to be like."""

    category = forms.ModelChoiceField(
        Category.objects.filter(parent=None), required=False, label=gettext_lazy("Category"),
        empty_label=gettext_lazy("All categories"),
    )  # fmt: skip
    least = RupiahField(required=False, label=gettext_lazy("Commission a piece from"), min_value=1)


@dataclass(frozen=True, slots=True)
class Found:
    """Goods with what a piece at the lowest price brings (IDR) and the rate; `conversion_bp` None while too few clicks tell.
    `code`: of the creator's link to them, if there is one."""

    product: GoodsCard
    earns_idr: int
    rate_bp: int
    why: str
    conversion_bp: int | None
    left: int
    is_joined: bool
    code: str


@require_safe
@for_creators
def discover(request: HttpRequest, creator: Creator) -> HttpResponse:
    """Goods that any creator may promote, those of the newest programmes first; `?sort=` another order, `?q=` words, and what
    `DiscoverForm` asks."""
    form = DiscoverForm(request.GET if {"category", "least"} & set(request.GET) else None)
    asked = _asked(request, form)
    page = page_of(request, goods_to_promote(asked), GOODS_ON_A_PAGE)
    context: dict[str, Any] = {
        "creator": creator,
        "form": form,
        "asked": asked,
        "tabs": TABS.items(),
        "page": page,
        "found": _found(creator, list(page)),
        "narrowed": bool(asked.words or asked.root_id or asked.least_idr),
        "filters": _filters(request),
    }
    return render(request, "create/discover.html", context)


@posted_from("create_discover")
@for_creators
def take(request: HttpRequest, creator: Creator, product_id: uuid.UUID) -> HttpResponse:  # noqa: ARG001 - the gate asks
    """The creator promotes the goods' shop, and has a link to the goods."""
    product = get_object_or_404(Product.objects.select_related("shop"), id=product_id)
    made: list[Link] = []
    done = carried_out(
        request, lambda: made.append(join_and_link(signed_in(request), product)), _("Your link is ready.")
    )
    return redirect("create_link", made[0].code) if done else redirect(way_back(request, "/create/discover"))


def _asked(request: HttpRequest, form: DiscoverForm) -> AskedGoods:
    sort = request.GET.get("sort", "")
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    category = chosen.get("category")
    return AskedGoods(
        Sort(sort) if sort in set(Sort) else Sort.NEW,
        sought(request.GET),
        category.pk if category else None,
        chosen.get("least"),
    )


def _filters(request: HttpRequest) -> str:
    """What the tabs carry along: everything but order and page."""
    kept = request.GET.copy()
    for name in ("sort", "page"):
        kept.pop(name, None)
    return kept.urlencode()


def _found(creator: Creator, ids: list[uuid.UUID]) -> list[Found]:
    """What is still on sale and still pays, in the order of the ids."""
    cards = {card.id: card for card in product_cards(ids)}
    shown = [cards[id_] for id_ in ids if id_ in cards and cards[id_].price_from_idr]
    decisions, selling = decisions_about(creator, shown, if_joined=True), conversions(ids)
    joined = promoted_shop_ids(creator, {card.shop_id for card in shown})
    own = Link.objects.filter(creator=creator, product__in=ids, archived_at=None).order_by("created_at")
    codes = dict(own.values_list("product__id", "code"))
    return [
        Found(
            card, paying.amount_idr, paying.rate_bp, decisions[card.id].why, selling.get(card.id),
            max(0, card.on_hand - card.reserved), card.shop_id in joined, codes.get(card.id, ""),
        )
        for card in shown
        if (paying := decisions[card.id].paying)
    ]  # fmt: skip
