"""What Lapak allows here no more, and what it allows again: in the transaction of whoever decides it (moderation/)."""

import uuid

from lapak.goods.catalogue.change_log import log_changes
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.numbering import look_at_numbers
from lapak.goods.catalogue.numbers import missing_in
from lapak.lib import clock

_CHANGED = ["status", "taken_down_at", "updated_at"]


def take_down(product_id: uuid.UUID) -> bool:
    """The product is on sale nowhere, and its shop cannot put it there; answers whether it was on sale."""
    product = _locked(product_id)
    was_on_sale = product.status == Product.Status.PUBLISHED
    product.status, product.taken_down_at = Product.Status.ARCHIVED, clock.now()
    product.save(update_fields=_CHANGED)
    log_changes([product.id])
    return was_on_sale


def put_up_again(product_id: uuid.UUID, *, on_sale: bool) -> None:
    """The product is its shop's to sell again, and on sale at once where it was, if it shows the numbers that it must."""
    product = _locked(product_id)
    product.taken_down_at = None
    category = product.category.code if product.category else ""
    if on_sale and not missing_in(category, product.attributes, clock.today()):
        product.status = Product.Status.PUBLISHED
    product.save(update_fields=_CHANGED)
    log_changes([product.id])
    look_at_numbers([product.id])


def _locked(product_id: uuid.UUID) -> Product:
    return Product.objects.select_for_update(of=("self",), no_key=True).get(id=product_id)
