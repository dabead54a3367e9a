"""Written out: a feed, one row or item a variant, parted by tabs or as RSS 2.0.

Columns and bounds: support.google.com/merchants/answer/7052112.
"""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from lapak.moving.leaving import LeavingProduct
from lapak.moving.outgoing import FIELDS, Outgoing, Room, same
from lapak.moving.written import Line, Rss, Text

ROOMS = {
    "title": Room(FIELDS["title"], most=150, cuts=True),
    "description": Room(FIELDS["description"], most=5_000, cuts=True),
}
_MORE_PICTURES = 10
MOST = {"pictures": 1 + _MORE_PICTURES}
_COLOURS, _SIZES = {"warna", "colour", "color"}, {"ukuran", "size"}


def option(product: LeavingProduct, values: tuple[str, ...], called: set[str]) -> str:
    """What a variant says on the axis of one of these names; feeds have a column for colour and one for size."""
    said = zip(product.option_names, values, strict=False)
    return next((value for name, value in said if name.casefold() in called), "")


def of_feed(product: LeavingProduct) -> Iterator[dict[str, object]]:
    """What Google's and Meta's feeds call alike."""
    first, *more = [picture.address for picture in product.pictures] or [""]
    for variant in product.variants:
        label = ", ".join(variant.options)
        yield {
            "id": variant.id.hex,
            "item_group_id": product.id.hex if len(product.variants) > 1 else "",
            "title": f"{product.title} – {label}" if label else product.title,
            "description": product.description or product.title,
            "link": product.address,
            "image_link": first,
            "additional_image_link": tuple(more[:_MORE_PICTURES]),
            "availability": "in_stock" if variant.stock else "out_of_stock",
            "price": f"{variant.price_idr} IDR",
            "brand": product.brand,
            "gtin": variant.barcode,
            "condition": "new",
            "product_type": " > ".join(product.category),
            "color": option(product, variant.options, _COLOURS),
            "size": option(product, variant.options, _SIZES),
        }


def lines(product: LeavingProduct) -> Iterator[Line]:
    """Goods without a number of their maker's say so."""
    for line in of_feed(product):
        yield line | {"identifier_exists": "yes" if line["gtin"] else "no", "shipping_weight": f"{product.weight_g} g"}


OUTGOING = Outgoing(
    platform="google_merchant",
    title="Google Merchant Center",
    how=_("Merchant Center → Products → Add products from a file"),
    form=Text("google-products.tsv", separator="\t"),
    holds={"title", "description", "category", "brand", "status", "weight_g", "options", "barcode", "price_idr", "pictures"},
    columns=same(
        "id", "item_group_id", "title", "description", "link", "image_link", "additional_image_link", "availability",
        "price", "brand", "gtin", "condition", "identifier_exists", "product_type", "color", "size", "shipping_weight",
    ),
    lines=lines,
    rooms=ROOMS,
    most=MOST,
    only_on_sale=True,
)  # fmt: skip
RSS = replace(
    OUTGOING,
    platform="google_rss",
    title="Google Merchant Center (RSS 2.0)",
    how=_("Merchant Center → Products → Add products from a file, or from an address"),
    form=Rss("google-products.xml"),
)
