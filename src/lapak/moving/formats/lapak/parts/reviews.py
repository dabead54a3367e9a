"""What buyers said of the shop's goods, here and where it was before. Elsewhere they are old reviews, with their origin; of who
wrote them no more goes along than everybody is shown."""

from collections.abc import Iterator

from lapak.moving.cells import text
from lapak.moving.formats.lapak.part import PLATFORM, Part
from lapak.moving.identify import by_ids
from lapak.moving.layout import Layout, Tells
from lapak.moving.outgoing import Beside
from lapak.moving.past.models import PastReview
from lapak.moving.written import Line
from lapak.people.shops.models import Shop
from lapak.trade.reviews.models import Review

_AT_ONCE = 500
_FILE = "reviews.csv"
_COLUMNS = (
    "platform", "review_id", "product_id", "seller_sku", "product_name", "stars", "words", "author", "written_at", "answer",
)  # fmt: skip


def _lines(shop: Shop) -> Iterator[Line]:
    """Everything that is shown, the oldest first; then what was brought, by the id that its goods have here, if any."""
    shown = Review.objects.filter(shop=shop, hidden_at=None).select_related("line__variant", "author")
    for review in shown.order_by("written_at", "id").iterator(_AT_ONCE):
        yield {
            "platform": PLATFORM,
            "review_id": str(review.id),
            "product_id": str(review.product_id),
            "seller_sku": review.line.variant.seller_sku,
            "product_name": review.line.title,
            "stars": review.stars,
            "words": review.words,
            "author": review.author_name,
            "written_at": review.written_at,
            "answer": review.shown_answer,
        }
    brought = PastReview.objects.filter(shop=shop, hidden_at=None).select_related("product")
    for past in brought.order_by("written_at", "id").iterator(_AT_ONCE):
        yield {
            "platform": past.platform,
            "review_id": past.source_id,
            "product_id": str(past.product_id or past.product_key),
            "seller_sku": past.seller_sku,
            "product_name": past.product.title if past.product else past.title,
            "stars": past.stars,
            "words": past.words,
            "author": past.author,
            "written_at": past.written_at,
            "answer": "",
        }


PART = Part(
    Beside(_FILE, _COLUMNS, _lines),
    Layout(
        platform=PLATFORM,
        readers={"seller_sku": text},
        called=_FILE,
        tells=Tells.REVIEWS,
        spellings={
            "platform": ("platform",),
            "review_id": ("review_id",),
            "product_id": ("product_id",),
            "seller_sku": ("seller_sku",),
            "title": ("product_name",),
            "stars": ("stars",),
            "words": ("words",),
            "author": ("author",),
            "placed_at": ("written_at",),
            "answer": ("answer",),
        },
        needs={"platform", "review_id", "product_id", "stars", "placed_at"},
        first_row=2,
        telling=("stars",),
        identify=by_ids,
    ),
)
