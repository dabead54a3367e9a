"""Written out: the price and stock list that Seller Center gives out for mass update, brought up to date.

New goods go to Lazada in a template of each category, of which nobody has described the columns: only what came from there, and
is in the list, goes back. Columns: docs/concepts/export-formats.md "Lazada".
"""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from lapak.moving.formats.lazada.layouts import FORMAT
from lapak.moving.leaving import LeavingProduct
from lapak.moving.outgoing import FIELDS, Outgoing, Room
from lapak.moving.written import Line, OwnList

_COLUMNS = (
    ("title", "Product Name"), ("price_idr", "Price"), ("stock", "Quantity"), ("seller_sku", "SellerSKU"),
    ("sale_price", "SpecialPrice"), ("sale_begins", "SpecialPrice Start"), ("sale_ends", "SpecialPrice End"),
)  # fmt: skip


def lines(product: LeavingProduct) -> Iterator[Line]:
    """What goods cost now is their price there; a lower one beside it would be of before, and is taken out."""
    for variant in product.variants:
        yield {
            "sku_id": variant.id_there,
            "title": product.title,
            "price_idr": variant.price_idr,
            "stock": variant.stock,
            "seller_sku": variant.seller_sku,
        }


OUTGOING = Outgoing(
    platform=FORMAT.platform,
    title="Lazada",
    how=_("Seller Center → Products → Mass update → price and stock"),
    form=OwnList(
        "lazada-pricestock.xlsx", "Lazada", _("Seller Center → Products → Mass update → price and stock → Download")
    ),
    holds={"title", "seller_sku", "price_idr", "stock"},
    columns=lambda _attributes: _COLUMNS,
    lines=lines,
    rooms={"title": Room(FIELDS["title"], most=255, least=5)},
    only_from_there=True,
)
