"""Written out: Shopify's product CSV. A product's rows go by its handle; only the first says what the product is.

Columns: help.shopify.com, "Using CSV files to import and export products" (docs/concepts/export-formats.md).
"""

from collections.abc import Iterator
from itertools import zip_longest

from django.utils.translation import gettext_lazy as _

from lapak.moving.leaving import LeavingProduct, LeavingVariant
from lapak.moving.outgoing import Outgoing, same
from lapak.moving.plain_text import as_html
from lapak.moving.written import Line, Text

_OPTIONS = 3


def lines(product: LeavingProduct) -> Iterator[Line]:
    """A row for each variant, and one more for each picture beyond those."""
    handle = product.path.removeprefix("/p/")
    places = enumerate(product.pictures, 1)
    for n, (variant, picture) in enumerate(zip_longest(product.variants, places)):
        line: dict[str, object] = {"URL handle": handle}
        if n == 0:
            line |= _of_product(product)
        if variant is not None:
            line |= _of_variant(variant)
        if picture is not None:
            line |= {"Image position": picture[0], "Product image URL": picture[1].address}
        yield line


def _of_product(product: LeavingProduct) -> Line:
    names = product.option_names or ("Title",)
    return {
        "Title": product.title,
        "Description": as_html(product.description),
        "Vendor": product.brand,
        "Type": "/".join(product.category),
        "Published on online store": str(product.is_published).upper(),
        "Status": {"published": "Active", "archived": "Archived"}.get(product.status, "Draft"),
        **{f"Option{n} name": name for n, name in enumerate(names, 1)},
        "Weight value (grams)": product.weight_g,
    }


def _of_variant(variant: LeavingVariant) -> Line:
    values = variant.options or ("Default Title",)
    return {
        "SKU": variant.seller_sku,
        "Barcode": variant.barcode,
        **{f"Option{n} value": value for n, value in enumerate(values, 1)},
        "Price": variant.price_idr,
        "Inventory tracker": "shopify",
        "Inventory quantity": variant.stock,
        "Continue selling when out of stock": "DENY",
        "Requires shipping": "TRUE",
        "Fulfillment service": "manual",
    }


OUTGOING = Outgoing(
    platform="shopify",
    title="Shopify",
    how=_("Admin → Products → Import"),
    form=Text("products.csv"),
    holds={
        "title", "description", "category", "brand", "status", "weight_g", "options", "seller_sku", "barcode",
        "price_idr", "stock",
        "pictures",
    },
    columns=same(
        "Title", "URL handle", "Description", "Vendor", "Type", "Published on online store", "Status", "SKU", "Barcode",
        *(f"Option{n} {part}" for n in range(1, _OPTIONS + 1) for part in ("name", "value")),
        "Price", "Inventory tracker", "Inventory quantity", "Continue selling when out of stock", "Weight value (grams)",
        "Requires shipping", "Fulfillment service", "Product image URL", "Image position",
    ),
    lines=lines,
    most={"options": _OPTIONS, "pictures": 250},
)  # fmt: skip
