"""Written out: the seller's own mass-upload template, filled in: a row a variation, the product's fields repeated.

Columns: docs/concepts/export-formats.md "Shopee". Couriers, dangerous goods and days to ship are for the seller to choose there.
"""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from lapak.moving.formats.shopee.layouts import FORMAT
from lapak.moving.leaving import LeavingProduct, within
from lapak.moving.outgoing import FIELDS, Outgoing, Room, same
from lapak.moving.written import Line, OwnTemplate

_OPTIONS, _MORE_PICTURES = 2, 8
_NAME_OF_OPTION = Room(FIELDS["options"], most=14)
_OPTION = Room(_("value of an option"), most=20)


def lines(product: LeavingProduct) -> Iterator[Line]:
    """Rows of one code are variations of one product. The weight is in grams; a template in kilograms has it in those."""
    cover, *more = [picture.address for picture in product.pictures] or [""]
    names = within(product.option_names, _OPTIONS)
    of_product: dict[str, object] = {
        "ps_category": product.category_there.code if product.category_there else "",
        "ps_product_name": product.title,
        "ps_product_description": product.description,
        "et_title_variation_integration_no": product.id.hex[-12:] if names else "",
        **{f"et_title_variation_{n}": name for n, name in enumerate(names, 1)},
        "ps_item_cover_image": cover,
        **{f"ps_item_image_{n}": address for n, address in enumerate(more, 1)},
        "ps_weight": product.weight_g,
        "ps_length": product.length_cm,
        "ps_width": product.width_cm,
        "ps_height": product.height_cm,
    }
    for variant in product.variants:
        options = enumerate(within(variant.options, _OPTIONS), 1)
        yield of_product | {
            **{f"et_title_option_for_variation_{n}": value for n, value in options},
            "ps_price": variant.price_idr,
            "ps_stock": variant.stock,
            "ps_sku_short": variant.seller_sku,
            "ps_gtin_code": variant.barcode,
        }


OUTGOING = Outgoing(
    platform=FORMAT.platform,
    title="Shopee",
    how=_("Seller Centre → My products → Mass upload"),
    form=OwnTemplate(
        "shopee-products.xlsx", "Shopee", _("Seller Centre → My products → Mass upload → Download template → Basic template")
    ),
    holds=FIELDS.keys() - {"brand", "status", "attributes", "origin", "ai"},
    columns=same(
        "ps_category", "ps_product_name", "ps_product_description", "et_title_variation_integration_no",
        *(f"et_title_{part}_{n}" for n in range(1, _OPTIONS + 1) for part in ("variation", "option_for_variation")),
        "ps_price", "ps_stock", "ps_sku_short", "ps_gtin_code", "ps_item_cover_image",
        *(f"ps_item_image_{n}" for n in range(1, _MORE_PICTURES + 1)),
        "ps_weight", "ps_length", "ps_width", "ps_height",
    ),
    lines=lines,
    # Indonesian templates of 2026; abroad a title may have 120 characters at most.
    rooms={
        "ps_product_name": Room(FIELDS["title"], most=255),
        "ps_product_description": Room(FIELDS["description"], most=3_000, least=20),
        **{f"et_title_variation_{n}": _NAME_OF_OPTION for n in range(1, _OPTIONS + 1)},
        **{f"et_title_option_for_variation_{n}": _OPTION for n in range(1, _OPTIONS + 1)},
    },
    most={"options": _OPTIONS, "pictures": 1 + _MORE_PICTURES},
    own_categories=True,
)  # fmt: skip
