"""A variant's row, as the product list and the product page both show it."""

from typing import Any

from lapak.goods.catalogue.models import Variant
from lapak.web.sell.forms import FullVariantForm, VariantForm


def form_kind(*, is_full: bool) -> type[VariantForm]:
    """The form of a row: on the product's own page with the seller's number."""
    return FullVariantForm if is_full else VariantForm


def variant_row(variant: Variant, form: VariantForm | None = None, *, is_full: bool = False) -> dict[str, Any]:
    """What `sell/variant_row.html` shows: the variant, and a form with its price and stock as they are now."""
    values = {"price_idr": variant.price_idr, "on_hand": variant.stock.on_hand, "seller_sku": variant.seller_sku}
    return {
        "variant": variant,
        "form": form or form_kind(is_full=is_full)(initial=values, auto_id=form_ids(variant)),
        "is_full": is_full,
    }


def form_ids(variant: Variant) -> str:
    """Ids of a row's fields: many rows stand on one page."""
    return f"v{variant.id.hex}_%s"
