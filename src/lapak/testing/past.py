"""What a shop brought along of its past, as a move-in would have written it."""

from datetime import timedelta

from lapak.goods.catalogue.models import Product
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.moving.past.models import PastReview
from lapak.moving.past.reviewed import count_reviews_before


def past_review(product: Product, words: str = "Ask Tono of the warehouse.", source_id: str = "") -> PastReview:
    """Of the product, from Shopee, ten days ago."""
    review = PastReview.objects.create(
        shop=product.shop, platform="shopee", source_id=source_id or new_id().hex, product_key="1",
        title=product.title, product=product,
        stars=1, words=words, author="B***i", written_at=clock.now() - timedelta(days=10),
    )  # fmt: skip
    count_reviews_before(product.id)
    return review
