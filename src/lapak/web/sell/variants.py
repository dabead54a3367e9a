"""A variant's price, stock and number, and whether it is offered, changed where they stand: in place with htmx, on a page of
its own without."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lapak.goods.catalogue.commands import correct_stock, offer_variant, set_barcode, set_seller_sku, set_variant_price
from lapak.goods.catalogue.models import Variant
from lapak.goods.catalogue.queries import variant_of_shop
from lapak.lib.acts import act
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User
from lapak.web.sell.access import for_sellers, show
from lapak.web.sell.product import own_product
from lapak.web.sell.product_forms import VariantForm
from lapak.web.sell.rows import variant_form, variant_row
from lapak.web.shell.acts import accepted, signed_in, way_back
from lapak.web.shell.posted import posted_from


@require_safe
@for_sellers(Duty.GOODS)
def variants(request: HttpRequest, shop: Shop, product_id: uuid.UUID) -> HttpResponse:
    """The rows of a product's variants, for the list to open; without htmx the product's own page shows them."""
    product = own_product(request, shop, product_id)
    if not _asks_for_part(request):
        return redirect(f"{reverse('sell_product', args=[shop.slug, product.id])}#variants")
    rows = [variant_row(variant) for variant in product.variants.all()]
    return render(request, "sell/variant_rows.html", {"shop": shop, "rows": rows})


@posted_from("sell_products", "slug")
@for_sellers(Duty.GOODS)
def variant(request: HttpRequest, shop: Shop, variant_id: uuid.UUID) -> HttpResponse:
    """Save what the seller changed. A refusal keeps what was typed: in the row, or without htmx on a page of its own."""
    found = _of_shop(shop, variant_id)
    is_full = "full" in request.POST
    form = variant_form(found, request.POST, is_full=is_full)
    is_saved = accepted(form, lambda: _save(signed_in(request), found.id, form))
    if is_saved:
        found = _of_shop(shop, variant_id)
    row = variant_row(found, None if is_saved else form, is_full=is_full)
    if _asks_for_part(request):
        return render(request, "sell/variant_row.html", {"shop": shop, "row": row, "is_saved": is_saved})
    if is_saved:
        messages.success(request, _("Saved."))
        return redirect(way_back(request, reverse("sell_product", args=[shop.slug, found.product_id])))
    return show(request, shop, "variant.html", {"row": row, "product": found.product})


@act
def _save(by: User, variant_id: uuid.UUID, form: VariantForm) -> None:
    """All that was changed, or nothing."""
    changes: dict[str, Callable[[User, uuid.UUID, Any], object]] = {
        "price_idr": set_variant_price,
        "on_hand": lambda by, id_, typed: correct_stock(by, id_, shown=form.shown_on_hand, typed=typed),
        "seller_sku": set_seller_sku,
        "barcode": set_barcode,
        "is_offered": lambda by, id_, typed: offer_variant(by, id_, is_offered=typed),
    }
    for name in form.changed_data:
        changes[name](by, variant_id, form.cleaned_data[name])


def _of_shop(shop: Shop, variant_id: uuid.UUID) -> Variant:
    return variant_of_shop(shop, variant_id)


def _asks_for_part(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
