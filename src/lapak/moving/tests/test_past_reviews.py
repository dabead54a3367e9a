"""Reviews of an old platform come in marked with their origin: masked, in no average, the same file twice nothing new."""

import csv
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client

from lapak.goods.catalogue.models import Product, ProductRating, Variant
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.moving.formats.lapak.parts.reviews import PART
from lapak.moving.models import Upload
from lapak.moving.move_in import MoveInResult, move_in
from lapak.moving.past.models import PastReview
from lapak.moving.plan import Tally
from lapak.moving.tests.left import moved_over
from lapak.moving.tests.reviews import JUDGE_ME, SHOPEE, WOOCOMMERCE, commented, judged
from lapak.moving.undo import undo_upload
from lapak.testing.cast import Cast
from lapak.testing.histories import delivered_order
from lapak.trade.reviews.writing import write_review

pytestmark = pytest.mark.django_db


class Reviewed:
    """The shop's list of reviews, given again and again."""

    def __init__(self, cast: Cast, folder: Path) -> None:
        self.seller, self.shop, self.folder = cast.seller, cast.shop, folder

    def give(self, header: Sequence[str], *rows: dict[str, str], upload: Upload | None = None) -> MoveInResult:
        path = self.folder / "reviews.csv"
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, header)
            writer.writeheader()
            writer.writerows(rows)
        return move_in(self.seller, [path], self.shop, upload_id=upload.id if upload else None)


@pytest.fixture
def reviewed(cast: Cast, tmp_path: Path) -> Reviewed:
    return Reviewed(cast, tmp_path)


@pytest.fixture
def shirt(variant: Variant) -> Product:
    Product.objects.filter(id=variant.product_id).update(title="Kemeja")
    Variant.objects.filter(id=variant.id).update(seller_sku="KMJ-1")
    return Product.objects.get(id=variant.product_id)


def test_masked_and_of_the_goods_with_their_sku(reviewed: Reviewed, shirt: Product) -> None:
    row = dict.fromkeys(WOOCOMMERCE, "") | {
        "comment_ID": "71", "comment_author": "Budi", "comment_author_email": "budi@example.com",
        "comment_date": "2024-03-01 10:00:00", "comment_content": "<p>Soft.</p>", "comment_approved": "1", "rating": "4",
        "product_title": "Kemeja batik", "product_SKU": "KMJ-1",
    }  # fmt: skip
    reviewed.give(WOOCOMMERCE, row)
    review = PastReview.objects.get()
    assert (review.platform, review.stars, review.words, review.author, review.product) == (
        "woocommerce", 4, "Soft.", "B***i", shirt,
    )  # fmt: skip
    assert "example.com" not in str(PastReview.objects.values_list())
    shirt.refresh_from_db()
    assert shirt.reviewed_before == {"WooCommerce": 1}


def test_shopee_writes_moments_in_seconds_since_1970(reviewed: Reviewed, shirt: Product) -> None:
    result = reviewed.give(SHOPEE, commented(create_time="1709262000"))
    assert result.errors == []
    assert PastReview.objects.get().written_at == datetime(2024, 3, 1, 10, tzinfo=clock.WIB)


@pytest.mark.parametrize(("label", "hour"), [("comment_date", 10), ("comment_date_gmt", 17)])
def test_a_column_of_greenwich_s_time_is_read_as_such(
    reviewed: Reviewed, shirt: Product, label: str, hour: int
) -> None:
    row = {"comment_ID": "71", "comment_content": "Soft.", "rating": "4", "product_SKU": "KMJ-1"}
    reviewed.give([*row, label], row | {label: "2024-03-01 10:00:00"})
    assert PastReview.objects.get().written_at == datetime(2024, 3, 1, hour, tzinfo=clock.WIB)


@pytest.mark.parametrize("curated", ["not-yet", "spam"])
def test_what_was_not_shown_there_is_not_shown_here(reviewed: Reviewed, shirt: Product, curated: str) -> None:
    assert reviewed.give(JUDGE_ME, judged(curated=curated)).notes
    assert not PastReview.objects.exists()


def test_what_shopee_hid_is_not_shown_here(reviewed: Reviewed, shirt: Product) -> None:
    rows = [commented(hidden="false"), commented(comment_id="880018", hidden="True")]
    assert [note.address for note in reviewed.give((*SHOPEE, "hidden"), *rows).notes] == ["I3"]
    assert PastReview.objects.get().source_id == "880017"


def test_shown_apart_and_in_no_average(reviewed: Reviewed, shirt: Product) -> None:
    reviewed.give(SHOPEE, commented())
    assert not ProductRating.objects.exists()
    for page in (shirt.path, f"{shirt.path}/reviews?before=1"):
        shown = Client().get(page).text
        assert "Bagus sekali." in shown
        assert "Shopee (1)" in re.sub(r"\s+", " ", shown)
        assert "ani_88" not in shown
        assert "aggregateRating" not in shown
    assert "Bagus sekali." not in Client().get(f"{shirt.path}/reviews").text


def test_the_same_again_is_nothing_new(reviewed: Reviewed) -> None:
    first = reviewed.give(JUDGE_ME, judged(), judged(body="Warm."))
    again = reviewed.give(JUDGE_ME, judged(), judged(body="Warm."))
    assert first.done
    assert again.done
    assert (first.done.past_reviews, again.done.past_reviews) == (Tally(created=2), Tally(unchanged=2))
    assert PastReview.objects.count() == 2


def test_goods_that_are_known_later_have_it_then(reviewed: Reviewed, shirt: Product) -> None:
    reviewed.give(SHOPEE, commented("Sarung"))
    assert PastReview.objects.get().product is None
    Product.objects.filter(id=shirt.id).update(title="Sarung")
    reviewed.give(SHOPEE, commented("Sarung"))
    assert PastReview.objects.get().product == shirt


def test_a_later_list_says_what_became_of_it(reviewed: Reviewed) -> None:
    reviewed.give(SHOPEE, commented())
    result = reviewed.give(SHOPEE, commented(rating_star="2"))
    assert result.done
    assert result.done.past_reviews == Tally(changed=1)
    assert PastReview.objects.get().stars == 2


def test_what_is_not_fit_is_told_by_its_cell(reviewed: Reviewed) -> None:
    rows = (judged(), judged(rating="6"), judged(rating=""), judged(review_date="soon"), judged(product_handle=""))
    result = reviewed.give(JUDGE_ME, *rows)
    assert result.done
    assert result.done.past_reviews == Tally(created=1, left_out=4)
    assert [problem.address for problem in result.errors] == ["C3", "C4", "D5", "J6"]


def test_what_was_not_shown_there_stays_there(reviewed: Reviewed) -> None:
    result = reviewed.give(JUDGE_ME, judged(curated="spam"), judged())
    assert result.done
    assert result.done.past_reviews == Tally(created=1, left_out=1)


def test_once_its_goods_are_known_it_stays_theirs_whatever_they_are_called_later(
    reviewed: Reviewed, shirt: Product
) -> None:
    reviewed.give(SHOPEE, commented())
    result = reviewed.give(SHOPEE, commented("Another name"))
    assert result.done
    assert result.done.past_reviews == Tally(unchanged=1)
    assert PastReview.objects.get().product == shirt


def test_lapak_s_own_file_takes_them_along_as_they_came(
    reviewed: Reviewed, cast: Cast, shirt: Product, tmp_path: Path
) -> None:
    reviewed.give(SHOPEE, commented())
    other = moved_over(cast, "lapak", tmp_path)
    review = PastReview.objects.get(shop=other)
    assert (review.platform, review.source_id, review.author) == ("shopee", "880017", "a***8")
    assert review.product
    assert (review.product.shop, review.product.title) == (other, shirt.title)
    assert review.product.reviewed_before == {"Shopee": 1}


def test_undone_with_its_upload(reviewed: Reviewed, cast: Cast, shirt: Product) -> None:
    now = clock.now()
    upload = Upload.objects.create(
        shop=cast.shop, by=cast.seller, language="id", file_names=[], given_at=now, touched_at=now, state="done"
    )
    reviewed.give(SHOPEE, commented(), upload=upload)
    undo_upload(cast.seller, upload.id)
    assert not PastReview.objects.exists()
    shirt.refresh_from_db()
    assert shirt.reviewed_before == {}


def test_in_the_file_of_another_lapak_they_are_old_ones_and_in_its_own_none(
    reviewed: Reviewed, cast: Cast, shirt: Product, variant: Variant
) -> None:
    own = write_review(cast.buyer, delivered_order(cast, (variant, 1)).lines.get().id, stars=5, words="Soft.")
    (line,) = PART.leaves.lines(cast.shop)
    assert (line["author"], line["stars"]) == ("B***r", 5)
    row = {name: str(value) for name, value in line.items()} | {"written_at": "2024-03-01T10:00:00+07:00"}
    reviewed.give(PART.leaves.columns, row)
    assert not PastReview.objects.exists()
    reviewed.give(PART.leaves.columns, row | {"review_id": str(new_id())})
    assert PastReview.objects.get().words == own.words
