"""Many goods changed at once: chosen in the list, told what to do, looked at, and done."""

import uuid
from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lapak.goods.catalogue.models import Category, Product
from lapak.goods.catalogue.queries import category_tree, product_ids_of_shop
from lapak.goods.mass.commands import (
    begin_mass_change,
    choose_goods,
    has_stopped,
    is_undoable,
    plan_mass_change,
    take_back_mass_change,
)
from lapak.goods.mass.models import MassChange
from lapak.goods.mass.queries import change_for_seller, counts_of, first_waiting, left_out_of
from lapak.goods.mass.rules import MOST_GOODS, Good, price_after
from lapak.lib.money import format_idr
from lapak.lib.numbers import format_rate, format_whole
from lapak.lib.refusal import Refusal
from lapak.moving.queries import upload_for_seller
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.web.sell.access import for_sellers, own_of_shop, show
from lapak.web.sell.many_forms import ManyForm, as_typed
from lapak.web.shell.acts import carried_out, signed_in, sought, ticked_ids
from lapak.web.shell.posted import posted_from

GOODS_SHOWN = 10

Act, State = MassChange.Act, MassChange.State


@posted_from("sell_products", "slug")
@for_sellers(Duty.GOODS)
def choose(request: HttpRequest, shop: Shop) -> HttpResponse:
    """What was ticked, or all that the list finds, is chosen. The page of a move-in asks with `act=publish` for putting on sale
    what is whole, and with its `upload` for taking off what its files list no more: that is planned at once."""
    by, made = signed_in(request), list[MassChange]()
    ids = _chosen(request, shop)

    def chosen() -> None:
        made.append(choose_goods(by, shop, ids, get_language() or "id"))
        if request.POST.get("act") == Act.PUBLISH:
            plan_mass_change(by, made[0].id, Act.PUBLISH, {"only_whole": True})
        elif ticked_ids(request.POST, "upload"):
            plan_mass_change(by, made[0].id, Act.ARCHIVE, {})

    if not carried_out(request, chosen, _("Chosen. Nothing has changed yet.")):
        return redirect("sell_products", shop.slug)
    return redirect("sell_many", shop.slug, made[0].id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_sellers(Duty.GOODS)
def many(request: HttpRequest, shop: Shop, change_id: uuid.UUID) -> HttpResponse:
    """The goods that were chosen, and where the change stands; sending the form says what to do with them."""
    own = _own(request, shop, change_id)
    form = ManyForm(request.POST or None, categories=category_tree(), initial=as_typed(own))
    said = _("Nothing is changed yet: first you see what would happen.")
    if request.method == "POST" and carried_out(
        request, lambda: plan_mass_change(signed_in(request), own.id, form.act, form.value), said, form
    ):
        return redirect("sell_many", shop.slug, own.id)
    counts = counts_of(own)
    context: dict[str, Any] = {
        "change": own,
        "asks": _asked(own, counts["waiting"]),
        "form": form,
        "counts": counts,
        "chosen": sum(counts.values()),
        "most": MOST_GOODS,
        "left_out": left_out_of(own, GOODS_SHOWN),
        "looks": [(row, *_looks(own, good)) for row, good in first_waiting(own, GOODS_SHOWN)]
        if own.state == State.PLANNED
        else [],
        "has_stopped": has_stopped(own),
        "is_undoable": is_undoable(own),
    }
    return show(request, shop, "many.html", context)


@posted_from("sell_many", "slug", "change_id")
@for_sellers(Duty.GOODS)
def begin(request: HttpRequest, shop: Shop, change_id: uuid.UUID) -> HttpResponse:
    """What was planned is done, or what stopped goes on."""
    own, asks = _own(request, shop, change_id), request.POST.get("asks", "")
    carried_out(request, lambda: begin_mass_change(signed_in(request), own.id, asks), _("Lapak is at it."))
    return redirect("sell_many", shop.slug, own.id)


@posted_from("sell_many", "slug", "change_id")
@for_sellers(Duty.GOODS)
def take_back(request: HttpRequest, shop: Shop, change_id: uuid.UUID) -> HttpResponse:
    """The page of another change, which puts back what this one did."""
    own, made = _own(request, shop, change_id), list[MassChange]()
    said = _("Nothing has changed yet: look at what would be put back.")
    carried_out(request, lambda: made.append(take_back_mass_change(signed_in(request), own.id)), said)
    return redirect("sell_many", shop.slug, (made or [own])[0].id)


def _chosen(request: HttpRequest, shop: Shop) -> list[uuid.UUID]:
    if given := ticked_ids(request.POST, "upload"):
        upload = own_of_shop(request, shop, upload_for_seller, given[0])
        return [uuid.UUID(id_) for id_ in upload.proposals.get("unlisted", {}).get("products", ())]
    return _found(request, shop) if "all" in request.POST else ticked_ids(request.POST, "product")


def _found(request: HttpRequest, shop: Shop) -> list[uuid.UUID]:
    """The goods that the list finds, as its page was asked for."""
    status, words = request.POST.get("status", ""), sought(request.POST)
    known = status if status in Product.Status.values else None
    return list(product_ids_of_shop(shop, status=known, text=words)[:MOST_GOODS])


def _own(request: HttpRequest, shop: Shop, change_id: uuid.UUID) -> MassChange:
    return own_of_shop(request, shop, change_for_seller, change_id)


def _asked(change: MassChange, count: int) -> str:
    """What is asked, with what it is about: `Make 312 products 10% cheaper?`"""
    by_bp = change.value.get("by_bp", 0)
    said = {"count": count, "percent": format_rate(abs(by_bp)), "stock": format_whole(change.value.get("on_hand", 0))}
    if change.act == Act.CATEGORY:
        category = Category.objects.filter(id=change.value["category_id"]).first()
        said["category"] = category.name if category else ""
    asks = {
        Act.PUBLISH: ngettext("Put %(count)d product on sale?", "Put %(count)d products on sale?", count),
        Act.ARCHIVE: ngettext("Take %(count)d product off sale?", "Take %(count)d products off sale?", count),
        Act.STOCK: ngettext(
            "Set the stock of %(count)d product to %(stock)s?",
            "Set the stock of %(count)d products to %(stock)s?",
            count,
        ),
        Act.CATEGORY: ngettext(
            "Put %(count)d product in “%(category)s”?", "Put %(count)d products in “%(category)s”?", count
        ),
        Act.DELETE: ngettext("Delete %(count)d draft for good?", "Delete %(count)d drafts for good?", count),
        Act.RESTORE: ngettext(
            "Put %(count)d product back as it was?", "Put %(count)d products back as they were?", count
        ),
        Act.PRICE: ngettext(
            "Make %(count)d product %(percent)s%% cheaper?", "Make %(count)d products %(percent)s%% cheaper?", count
        )
        if by_bp < 0
        else ngettext(
            "Make %(count)d product %(percent)s%% dearer?", "Make %(count)d products %(percent)s%% dearer?", count
        ),
    }
    return asks[Act(change.act)] % said if change.act else ""


def _looks(change: MassChange, good: Good) -> tuple[str, str]:
    """What a good has now and then, where that can be told in a number: its lowest price, or its stock."""
    if change.act == Act.PRICE and good.choices:
        now_idr = min(choice.price_idr for choice in good.choices)
        with suppress(Refusal):  # its price was changed since: it is left out when the others are done
            return format_idr(now_idr), format_idr(price_after(now_idr, change.value["by_bp"]))
    if change.act == Act.STOCK:
        on_hand = sum(choice.on_hand for choice in good.offered)
        return format_whole(on_hand), format_whole(change.value["on_hand"] * len(good.offered))
    return "", ""
