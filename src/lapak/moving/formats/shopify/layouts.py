"""Shopify's product CSV: a product's rows share its handle, and some hold only a picture.

docs/concepts/export-formats.md "Shopify".
"""

from django.utils.translation import gettext_lazy as _

from lapak.moving.cells import grams, shelf
from lapak.moving.formats.shopify.reviews import REVIEWS
from lapak.moving.identify import by_product_and_options
from lapak.moving.layout import About, Format, Layout
from lapak.moving.row import Row

PLATFORM = "shopify"


def _about(row: Row) -> About:
    """A row without price, SKU and options brings one more picture."""
    return About.BOTH if any(map(row.text, ("price_idr", "seller_sku", "option_value_1"))) else About.PRODUCT


_PRODUCTS = Layout(
    platform=PLATFORM,
    called="products_export.csv",
    spellings={
        "product_id": ("URL handle", "Handle"),
        "title": ("Title",),
        "description": ("Description", "Body (HTML)"),
        "brand": ("Vendor",),
        "category": ("Product category", "Product Category"),
        "kind": ("Type",),
        "status": ("Status",),
        "published": ("Published on online store", "Published"),
        "option_name_1": ("Option1 name",),
        "option_value_1": ("Option1 value",),
        "option_name_2": ("Option2 name",),
        "option_value_2": ("Option2 value",),
        "option_name_3": ("Option3 name",),
        "option_value_3": ("Option3 value",),
        "seller_sku": ("SKU", "Variant SKU"),
        "barcode": ("Barcode", "Variant Barcode"),
        "was_price": ("Compare-at price", "Variant Compare At Price"),
        "price_idr": ("Price", "Variant Price"),
        "stock": ("Inventory quantity", "Variant Inventory Qty"),
        "weight_g": ("Weight value (grams)", "Variant Grams"),
        "images": ("Product image URL", "Image Src"),
    },
    needs={"product_id", "title", "price_idr"},
    least_known=7,
    first_row=2,
    identify=by_product_and_options,
    about=_about,
    readers={"stock": shelf, "weight_g": grams},
    falls_back={"category": "kind", "status": "published"},
    no_option=frozenset({"default title"}),
    gathers_pictures=True,
    assumes={"weight_g"},
)

FORMAT = Format(
    platform=PLATFORM,
    title="Shopify",
    expected="Handle, Title, Variant Price …",
    how=_("Admin → Products → Export → CSV for Excel or other programs"),
    layouts=(_PRODUCTS,),
    past=(REVIEWS,),
)
