"""Written out: WooCommerce's product CSV. Goods with options are a `variable` row, and a `variation` row for each variant.

Columns: woocommerce.com, "Product CSV Import Schema" (docs/concepts/export-formats.md).
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lapak.moving.leaving import LeavingProduct, LeavingVariant
from lapak.moving.outgoing import Outgoing
from lapak.moving.plain_text import as_html
from lapak.moving.written import Line, Text

_MOST_ATTRIBUTES = 20
_PUBLISHED = {"published": 1, "archived": 0, "draft": -1}
_COLUMNS = (
    "ID", "Type", "SKU", "GTIN, UPC, EAN, or ISBN", "Name", "Published", "Description", "In stock?", "Stock", "Weight (kg)",
    "Length (cm)", "Width (cm)", "Height (cm)", "Regular price", "Categories", "Images", "Parent", "Brands",
)  # fmt: skip


def columns(attributes: Sequence[str]) -> list[tuple[str, str]]:
    """The fixed ones, and four for each option or attribute that a product of the shop can have."""
    most = min(3 + len(attributes), _MOST_ATTRIBUTES)
    parts = ("name", "value(s)", "visible", "global")
    names = [*_COLUMNS, *(f"Attribute {n} {part}" for n in range(1, most + 1) for part in parts)]
    return [(name, name) for name in names]


def lines(product: LeavingProduct) -> Iterator[Line]:
    """A product without options is one row."""
    if not product.option_names:
        (variant,) = product.variants[:1]
        yield {**_of_product(product), "ID": _number(product.id), "Type": "simple", **_of_variant(variant)}
        return
    number = _number(product.id)
    yield _of_product(product) | {"ID": number, "Type": "variable"}
    for variant in product.variants:
        said = enumerate(zip(product.option_names, variant.options, strict=False), 1)
        yield {
            "ID": _number(variant.id),
            "Type": "variation",
            "Parent": f"id:{number}",
            "Name": product.title,
            "Published": 1,
            **_of_variant(variant),
            **_numbered((n, name, value, None) for n, (name, value) in said),
        }


def _number(id_: UUID) -> int:
    """Rows of one file name each other by numbers; a shop that takes them in gives its own."""
    return id_.int % 2**47


def _of_product(product: LeavingProduct) -> dict[str, object]:
    options = [
        (name, ", ".join(_listed(dict.fromkeys(variant.options[n] for variant in product.variants))))
        for n, name in enumerate(product.option_names)
    ]
    said = [*options, *((name, value.replace(",", "\\,")) for name, value in product.attributes.items())]
    return {
        "Name": product.title,
        "Published": _PUBLISHED[product.status],
        "Description": as_html(product.description).replace("\n", "\\n"),
        "Weight (kg)": f"{product.weight_g / 1000:g}",
        "Length (cm)": product.length_cm,
        "Width (cm)": product.width_cm,
        "Height (cm)": product.height_cm,
        "Categories": " > ".join(step.replace(",", "\\,") for step in product.category),
        "Images": ", ".join(picture.address for picture in product.pictures),
        "Brands": product.brand,
        **_numbered((n, name, value, 1) for n, (name, value) in enumerate(said[:_MOST_ATTRIBUTES], 1)),
    }


def _of_variant(variant: LeavingVariant) -> Line:
    return {
        "SKU": variant.seller_sku,
        "GTIN, UPC, EAN, or ISBN": variant.barcode,
        "In stock?": int(variant.stock > 0),
        "Stock": variant.stock,
        "Regular price": variant.price_idr,
    }


def _numbered(said: Iterator[tuple[int, str, str, int | None]]) -> Line:
    return {
        f"Attribute {n} {part}": told
        for n, name, value, visible in said
        for part, told in (("name", name), ("value(s)", value), ("visible", visible), ("global", 0))
    }


def _listed(values: Sequence[str] | dict[str, None]) -> Iterator[str]:
    return (value.replace(",", "\\,") for value in values)


OUTGOING = Outgoing(
    platform="woocommerce",
    title="WooCommerce",
    how=_("WooCommerce → Products → Import"),
    form=Text("products.csv"),
    holds={
        "title", "description", "category", "brand", "status", "attributes", "weight_g", "sides", "options", "seller_sku",
        "barcode",
        "price_idr", "stock", "pictures",
    },
    columns=columns,
    lines=lines,
    most={"attributes": _MOST_ATTRIBUTES - 3},
)  # fmt: skip
