"""Reviews by the field names of Shopee's `get_comment`: its seller centre has no file of them, tools that fetch them have."""

from lapak.moving.identify import by_ids
from lapak.moving.layout import Layout, Tells

REVIEWS = Layout(
    platform="shopee",
    called="get_comment",
    tells=Tells.REVIEWS,
    spellings={
        "review_id": ("comment_id", "cmtid"),
        "product_id": ("item_id", "itemid"),
        "sku_id": ("model_id", "modelid"),
        "title": ("item_name", "product_name"),
        "stars": ("rating_star",),
        "words": ("comment",),
        "author": ("buyer_username", "author_username"),
        "placed_at": ("create_time", "ctime"),
        "is_hidden": ("hidden", "is_hidden"),
    },
    needs={"review_id", "product_id", "stars", "placed_at"},
    first_row=2,
    telling=("stars",),
    identify=by_ids,
)
