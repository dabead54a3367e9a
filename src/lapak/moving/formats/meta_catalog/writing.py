"""Written out: the CSV feed of Commerce Manager, one row a variant.

Columns: developers.facebook.com, "Product catalog fields" (docs/concepts/export-formats.md).
"""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from lapak.moving.formats.google_merchant.writing import MOST, ROOMS, of_feed
from lapak.moving.leaving import LeavingProduct
from lapak.moving.outgoing import Outgoing, same
from lapak.moving.written import Line, Text


def lines(product: LeavingProduct) -> Iterator[Line]:
    """Google's, but for how many there are and how it says whether there are any."""
    for line, variant in zip(of_feed(product), product.variants, strict=True):
        yield line | {
            "availability": "in stock" if variant.stock else "out of stock",
            "quantity_to_sell_on_facebook": variant.stock,
        }


OUTGOING = Outgoing(
    platform="meta_catalog",
    title="Meta (Facebook, Instagram)",
    how=_("Commerce Manager → Catalogue → Data sources → Data feed"),
    form=Text("meta-products.csv"),
    holds={
        "title",
        "description",
        "category",
        "brand",
        "status",
        "options",
        "barcode",
        "price_idr",
        "stock",
        "pictures",
    },
    columns=same(
        "id",
        "item_group_id",
        "title",
        "description",
        "availability",
        "condition",
        "price",
        "link",
        "image_link",
        "additional_image_link",
        "brand",
        "gtin",
        "product_type",
        "color",
        "size",
        "quantity_to_sell_on_facebook",
    ),
    lines=lines,
    rooms=ROOMS,
    most=MOST,
    only_on_sale=True,
)
