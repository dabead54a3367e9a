"""The stars of goods and of their shop: kept beside them by the acts of reviews, so that no page counts reviews."""

import uuid

from django.db.models import F

from lapak.goods.catalogue.models import Product, ProductRating, ShopRating
from lapak.people.shops.models import Shop


def count_stars(product: Product, stars: int) -> None:
    """One review more gave the product, and with it its shop, so many stars."""
    ProductRating.objects.bulk_create([ProductRating(product=product, shop_id=product.shop_id)], ignore_conflicts=True)
    ShopRating.objects.bulk_create([ShopRating(shop_id=product.shop_id)], ignore_conflicts=True)
    _change(product.id, product.shop_id, stars, 1)


def discount_stars(product: Product, stars: int) -> None:
    """One review less. Call it of a review that was counted."""
    _change(product.id, product.shop_id, stars, -1)


def rating_of_product(product_id: uuid.UUID) -> ProductRating | None:
    """Of a product that was reviewed once, on sale or not; with the product and its shop."""
    return ProductRating.objects.filter(product=product_id).select_related("product__shop").first()


def rating_of_shop(shop: Shop) -> ShopRating | None:
    """Of all its goods; None where nothing was reviewed yet."""
    return ShopRating.objects.filter(shop=shop).first()


def _change(product_id: uuid.UUID, shop_id: uuid.UUID, stars: int, more: int) -> None:
    """A product's row always before its shop's: two acts on goods of one shop do not wait in a ring."""
    column = f"stars_{stars}"
    ProductRating.objects.filter(product=product_id).update(**{column: F(column) + more})
    ShopRating.objects.filter(shop=shop_id).update(**{column: F(column) + more})
