"""Lists of reviews of a WooCommerce shop: WordPress keeps them as comments, and its export plug-ins name the columns so."""

from lapak.moving.identify import by_ids
from lapak.moving.layout import Layout, Tells

REVIEWS = Layout(
    platform="woocommerce",
    called="product_reviews",
    tells=Tells.REVIEWS,
    spellings={
        "review_id": ("comment_ID", "comment_id"),
        "product_id": ("comment_post_ID", "product_id", "post_id"),
        "seller_sku": ("product_SKU", "product_sku", "sku"),
        "title": ("product_title", "product_name", "post_title"),
        "stars": ("rating",),
        "words": ("comment_content",),
        "author": ("comment_author",),
        "placed_at": ("comment_date", "comment_date_gmt"),
        "state": ("comment_approved",),
    },
    needs={"stars", "words", "placed_at"},
    needs_one_of={"product_id", "seller_sku", "title"},
    first_row=2,
    telling=("stars",),
    identify=by_ids,
)
