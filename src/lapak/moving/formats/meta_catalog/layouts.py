"""The columns of a catalogue: docs/concepts/export-formats.md "Meta catalogue"."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from lapak.moving.formats.google_merchant.layouts import PRODUCTS
from lapak.moving.layout import Format

PLATFORM = "meta_catalog"

# Read as Google's feed, which it was made to be like; what tells it apart are Facebook's own columns.
_PRODUCTS = replace(
    PRODUCTS,
    platform=PLATFORM,
    called=_("catalogue"),
    spellings={
        "sku_id": ("id",),
        "product_id": ("item_group_id",),
        "title": ("title",),
        "description": ("rich_text_description", "description"),
        "category": ("product_type", "google_product_category"),
        "brand": ("brand",),
        "price_idr": ("price",),
        "sale_price": ("sale_price",),
        "sale_dates": ("sale_price_effective_date",),
        "seller_sku": ("mpn",),
        "barcode": ("gtin",),
        "link": ("link",),
        "availability": ("availability",),
        "condition": ("condition",),
        "images": ("image_link", "additional_image_link", "image[{n}].url", "image[0].url"),
        "stock": ("quantity_to_sell_on_facebook", "inventory"),
        "weight_g": ("shipping_weight",),
        "facebook": ("fb_product_category", "visibility", "status", "gender", "age_group", "video[0].url", "style[0]"),
        "colour": ("color",),
        "size": ("size",),
        "pattern": ("pattern",),
    },
    needs={"sku_id", "title", "price_idr", "availability"},
    needs_one_of={"stock", "facebook"},
    least_known=7,
)

FORMAT = Format(
    platform=PLATFORM,
    title="Meta",
    expected="id, title, availability, price, image_link …",
    how=_("Commerce Manager → Catalogue → the file or feed of your products"),
    layouts=(_PRODUCTS,),
)
