"""A variant's row, as the product list and the product page both show it."""

from typing import Any

from django.http import QueryDict

from lapak.goods.catalogue.models import Variant
from lapak.web.sell.product_forms import FullVariantForm, VariantForm


def variant_form(variant: Variant, typed: QueryDict | None = None, *, is_full: bool = False) -> VariantForm:
    """The form of a row: price and stock as they are now, with what was typed over them; on the product's own page with the
    seller's number and whether it is offered."""
    values = {
        "price_idr": variant.price_idr,
        "on_hand": variant.stock.on_hand,
        "seller_sku": variant.seller_sku,
        "barcode": variant.barcode,
        "is_offered": variant.is_active,
    }
    # Many rows stand on one page, so their fields' ids bear the variant's.
    return (FullVariantForm if is_full else VariantForm)(typed, initial=values, auto_id=f"v{variant.id.hex}_%s")


def variant_row(variant: Variant, form: VariantForm | None = None, *, is_full: bool = False) -> dict[str, Any]:
    """What `sell/variant_row.html` shows."""
    return {"variant": variant, "form": form or variant_form(variant, is_full=is_full), "is_full": is_full}
