"""A product's page: pictures, price, options, and the way into the cart."""

import uuid

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import get_text_list
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lapak.goods.catalogue.models import Category, Product
from lapak.goods.catalogue.queries import newest_cards_beside, withdrawn_product
from lapak.goods.catalogue.ratings import rating_of_product
from lapak.goods.catalogue.whole import whole_product
from lapak.lib.regions import PROVINCES
from lapak.people.users.models import User
from lapak.people.users.queries import addresses_of_user
from lapak.trade.orders.asked import MAX_QUANTITY
from lapak.trade.shipping.queries import shipping_quotes
from lapak.web.shop.answers import public_page
from lapak.web.shop.cards import Card, cards_of
from lapak.web.shop.checkout_page import cheapest_first
from lapak.web.shop.product_choice import PICKED, VARIANT, choice_of
from lapak.web.shop.reviews import reviews_on_product_page
from lapak.web.shop.share_cards import product_card_address
from lapak.web.shop.structured_data import as_script, product_data

JAKARTA = "31"
"""Where most parcels go: what an estimate assumes until the visitor says."""

OTHERS_SHOWN = 6
"""Other goods of the shop on the page: one row of a wide screen."""


@require_safe
@public_page
def product(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The product with the variant that `v` names chosen, and shipping to the province that `to` names."""
    found = whole_product(uuid.UUID(code))
    if found is None or not found.variants.all():
        return _gone(request, uuid.UUID(code))
    if found.slug != slug:
        return redirect(request.get_full_path().replace(request.path, found.path, 1), permanent=True)
    return render(request, "shop/product.html", _context(request, found))


def _gone(request: HttpRequest, product_id: uuid.UUID) -> HttpResponse:
    """Not here. Of goods that were on sale once it says so, and shows what else their shop has."""
    withdrawn = withdrawn_product(product_id)
    if withdrawn is None:
        raise Http404
    rating = rating_of_product(product_id)
    context = {"product": withdrawn, "others": _others(withdrawn), "rating": rating}
    return render(request, "shop/product_gone.html", context, status=404)


def _context(request: HttpRequest, found: Product) -> dict[str, object]:
    variants = list(found.variants.all())
    choice = choice_of(found.option_names, variants, _uuid(request.GET.get(VARIANT, "")), request.GET.getlist(PICKED))
    prices = [variant.price_idr for variant in choice.fitting]
    available = sum(variant.available for variant in choice.fitting)
    images = [image.image for image in found.images.all()]
    to_province = _province(request)
    structured = product_data(
        found,
        variants,
        url=f"{settings.BASE_URL}{found.path}",
        images=[f"{settings.BASE_URL}{image.file.url}" for image in images],
    )
    return {
        "product": found,
        "choice": choice,
        "missing": get_text_list([_in_a_sentence(name) for name in choice.missing], _("and")),
        "images": images,
        "price_idr": min(prices),
        "up_to_idr": max(prices),
        "available": available,
        "sold": sum(variant.sold for variant in variants),
        "most": min(available, MAX_QUANTITY),
        "to_province": to_province,
        "quotes": cheapest_first(shipping_quotes(found.shop.province_code, to_province, found.charged_weight_g)),
        "crumbs": _crumbs(found.category),
        "others": _others(found),
        "structured": as_script(structured),
        "card_address": product_card_address(found),
        **reviews_on_product_page(found),
    }


def _others(of: Product) -> list[Card]:
    return cards_of(newest_cards_beside(of, OTHERS_SHOWN), with_shop=False)


def _crumbs(category: Category | None) -> list[tuple[str, str]]:
    """Home, then the categories from the top down to the product's own."""
    crumbs: list[tuple[str, str]] = []
    while category is not None:
        crumbs.insert(0, (category.name, f"/c/{category.code}"))
        category = category.parent
    return crumbs


def _province(request: HttpRequest) -> str:
    """Where a parcel would go: as asked, else to the buyer's newest address, else to Jakarta."""
    asked = request.GET.get("to", "")
    if asked in PROVINCES:
        return asked
    address = addresses_of_user(request.user).first() if isinstance(request.user, User) else None
    return address.province_code if address else JAKARTA


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _in_a_sentence(option: str) -> str:
    """What the shop calls an option (`Warna`): a word among others in Indonesian, in another language a name in quotes."""
    return option.lower() if get_language() == "id" else f"“{option}”"
