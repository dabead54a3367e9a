"""The columns of a product feed: docs/concepts/export-formats.md "Google Merchant Center"."""

import re

from django.utils.translation import gettext_lazy as _

from lapak.moving.cells import weight_with_unit
from lapak.moving.identify import by_group
from lapak.moving.layout import Format, Layout
from lapak.moving.values import SourceStatus

PLATFORM = "google_merchant"

PRODUCTS = Layout(
    platform=PLATFORM,
    called=_("product feed"),
    spellings={
        "sku_id": ("id",),
        "product_id": ("item_group_id",),
        "title": ("title", "judul"),
        "description": ("description", "deskripsi"),
        "category": ("product_type", "google_product_category"),
        "brand": ("brand", "merek"),
        "price_idr": ("price", "harga"),
        "sale_price": ("sale_price", "harga_obral"),
        "sale_dates": ("sale_price_effective_date",),
        "seller_sku": ("mpn",),
        "barcode": ("gtin",),
        "link": ("link",),
        "availability": ("availability", "ketersediaan"),
        "condition": ("condition", "kondisi"),
        "images": ("image_link", "additional_image_link"),
        "stock": ("quantity", "sell_on_google_quantity"),
        "weight_g": ("shipping_weight",),
        "length_cm": ("shipping_length",),
        "width_cm": ("shipping_width",),
        "height_cm": ("shipping_height",),
        "colour": ("color", "colour", "warna"),
        "size": ("size", "ukuran"),
        "pattern": ("pattern", "motif"),
    },
    needs={"sku_id", "title", "price_idr"},
    needs_one_of={"link", "availability"},
    least_known=6,
    first_row=2,
    identify=by_group,
    readers={"weight_g": weight_with_unit},
    axes={"colour": "Warna", "size": "Ukuran", "pattern": "Motif"},
    pictures_parted_by=re.compile(r",\s*(?=https?://)"),
    assumes={"weight_g"},
    without_status=SourceStatus.ACTIVE,
)

FORMAT = Format(
    platform=PLATFORM,
    title="Google Merchant Center",
    expected="id, title, link, image_link, price …",
    how=_("the file or address that Merchant Center fetches your products from"),
    layouts=(PRODUCTS,),
)
