"""Lists of reviews, written down from docs/concepts/export-formats.md: their columns, and rows by these."""

JUDGE_ME = (
    "title", "body", "rating", "review_date", "source", "curated", "reviewer_name", "reviewer_email", "product_id",
    "product_handle", "reply", "reply_date", "picture_urls", "ip_address", "location",
)  # fmt: skip
WOOCOMMERCE = (
    "comment_ID", "comment_post_ID", "comment_author", "comment_author_email", "comment_date", "comment_content",
    "comment_approved", "rating", "product_title", "product_SKU",
)  # fmt: skip
SHOPEE = ("comment_id", "item_id", "model_id", "rating_star", "comment", "buyer_username", "create_time", "item_name")


def judged(**changes: str) -> dict[str, str]:
    """A row of Judge.me's list."""
    return dict.fromkeys(JUDGE_ME, "") | {
        "title": "Lovely",
        "body": "Soft cloth.",
        "rating": "5",
        "review_date": "2024-03-01 10:00:00 UTC",
        "reviewer_name": "Siti Rahma",
        "reviewer_email": "siti@example.com",
        "product_handle": "kemeja",
        "ip_address": "203.0.113.7",
        **changes,
    }


def commented(title: str = "Kemeja", **changes: str) -> dict[str, str]:
    """A row by the names of Shopee's `get_comment`."""
    return dict.fromkeys(SHOPEE, "") | {
        "comment_id": "880017",
        "item_id": "12",
        "rating_star": "5",
        "comment": "Bagus sekali.",
        "buyer_username": "ani_88",
        "create_time": "2024-03-01 10:00:00",
        "item_name": title,
        **changes,
    }
