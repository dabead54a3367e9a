"""Lists of reviews as the review apps of Shopify shops give them out: Shopify's own, Judge.me, Loox, Okendo and their like."""

from lapak.moving.identify import by_ids
from lapak.moving.layout import Layout, Tells

REVIEWS = Layout(
    platform="shopify",
    called="reviews (Judge.me, Loox, Okendo …)",
    tells=Tells.REVIEWS,
    spellings={
        "review_id": ("id", "review_id"),
        "product_id": ("product_handle", "handle"),
        "sku_id": ("product_id", "productId"),
        "seller_sku": ("sku", "product_sku"),
        "title": ("product_title", "product_name"),
        "stars": ("rating", "review_rating"),
        "heading": ("title", "review_title"),
        "words": ("body", "review", "review_body", "review_content"),
        "author": ("reviewer_name", "author", "nickname", "name", "full_name"),
        "placed_at": ("review_date", "created_at", "date", "dateCreated"),
        "state": ("state", "status", "curated"),
    },
    needs={"product_id", "stars", "words", "placed_at"},
    least_known=5,
    first_row=2,
    telling=("stars",),
    identify=by_ids,
)
