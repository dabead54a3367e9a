"""What is on sale: one meaning, here for questions to the database, in `rules.is_on_sale` for what has been read.

On sale is what visitors are shown and may wish for. Whether pieces are left is another question, and so is whether the shop
sends anything just now (people/shops/holiday.py). `flows/tests/test_on_sale.py` holds the two together, and keeps the
meaning from being written anywhere else.
"""

from typing import LiteralString

from django.db.models import Q, QuerySet

from lapak.goods.catalogue.models import Product, Variant

ON_SALE_SQL: LiteralString = "product.status = 'published' AND shop.is_open"
"""The same of a product and its shop, for statements written by hand."""


def is_on_sale(path: str = "") -> Q:
    """The condition on a product, by the `path` that leads to it (`product__`)."""
    return Q(**{f"{path}status": Product.Status.PUBLISHED, f"{path}shop__is_open": True})


def on_sale() -> QuerySet[Product]:
    """Every product on sale."""
    return Product.objects.filter(is_on_sale())


def variants_on_sale() -> QuerySet[Variant]:
    """Every variant that may be wished for: an active one of a product on sale."""
    return Variant.objects.filter(is_on_sale("product__"), is_active=True)
