"""The whole of what an upload brought is taken back, until the first of it is ordered."""

from pathlib import Path

import pytest

from lapak.goods.catalogue.errors import GoodsInUse
from lapak.goods.catalogue.models import Product, ProductChange, ProductImage, Stock, Variant
from lapak.lib import clock
from lapak.moving.errors import UploadMoved, UploadNotFound
from lapak.moving.feeds_out import EVERY, is_due, open_feed
from lapak.moving.models import Feed, SourceRecord, Upload
from lapak.moving.move_in import MoveInResult, move_in
from lapak.moving.tests.files import address, export, packed, picture, sku
from lapak.moving.tests.moved import upload_of
from lapak.moving.undo import is_undoable, undo_upload
from lapak.testing.cast import Cast, link_to
from lapak.testing.histories import paid_order
from lapak.testing.refused import refused


class Moved:
    """The cast's shop moves in, upload by upload."""

    def __init__(self, cast: Cast, folder: Path) -> None:
        self.cast, self.folder = cast, folder
        self.pictures = packed(folder / "a.zip", {"tos-alisg-i-sg/a.jpeg": picture()})

    def __call__(self, *rows: dict[str, object]) -> Upload:
        """An upload that brought these rows."""
        upload = upload_of(self.cast.seller, self.cast.shop)
        self.result(*rows, upload=upload)
        return upload

    def result(self, *rows: dict[str, object], upload: Upload | None = None) -> MoveInResult:
        files = [export(self.folder / "export.xlsx", rows), self.pictures]
        return move_in(self.cast.seller, files, self.cast.shop, upload_id=upload.id if upload else None)


@pytest.fixture
def moved(cast: Cast, tmp_path: Path) -> Moved:
    return Moved(cast, tmp_path)


def variant_ids() -> set[object]:
    return set(Variant.objects.values_list("id", flat=True))


def test_nothing_of_it_is_left_and_the_same_files_bring_it_anew(moved: Moved, cast: Cast) -> None:
    rows = [sku(1, main_image=address("a")), sku(2, 1), sku(2, 2)]
    upload = moved(*rows)
    products = set(Product.objects.values_list("id", flat=True))
    assert is_undoable(upload)
    ProductChange.objects.all().delete()
    undone = undo_upload(cast.seller, upload.id)
    assert undone.state == "undone"
    for model in (Product, Variant, Stock, ProductImage, SourceRecord):
        assert not model._default_manager.exists()
    assert set(ProductChange.objects.values_list("product_id", flat=True)) == products  # the search index forgets them
    assert not is_undoable(undone)
    again = moved.result(*rows).done
    assert again is not None
    assert (again.products.created, again.skus.created, again.images.created) == (2, 3, 1)


def test_its_goods_are_taken_out_of_the_feeds(moved: Moved, cast: Cast) -> None:
    upload = moved(sku(1))
    feed = open_feed(cast.seller, cast.shop, "google_rss", "en")
    with clock.stopped_at(clock.now() + EVERY):
        written_at = clock.now()
        Feed.objects.update(as_of=written_at, tried_at=written_at, standing=Feed.Standing.SELLING)
    with clock.stopped_at(written_at + EVERY):
        feed.refresh_from_db()
        assert not is_due(feed, clock.now())
        undo_upload(cast.seller, upload.id)
        feed.refresh_from_db()
        assert is_due(feed, clock.now())


def test_goods_that_were_here_before_stay_as_it_made_them(moved: Moved, cast: Cast) -> None:
    moved.result(sku(1))
    before = variant_ids()
    upload = moved(sku(1, price="99000"), sku(1, 2), sku(2))
    undo_upload(cast.seller, upload.id)
    assert variant_ids() == before
    assert Variant.objects.get().price_idr == 99_000
    assert SourceRecord.objects.count() == 2


def test_what_a_later_one_added_to_its_products_goes_too(moved: Moved, cast: Cast) -> None:
    first = moved(sku(1))
    moved(sku(1), sku(1, 2), sku(2))
    undo_upload(cast.seller, first.id)
    assert Product.objects.count() == Variant.objects.count() == 1
    assert set(SourceRecord.objects.values_list("source_id", flat=True)) == {sku(2)["product_id"], sku(2)["sku_id"]}


def test_after_the_first_order_it_stays(moved: Moved, cast: Cast) -> None:
    upload = moved(sku(1), sku(2))
    paid_order(cast, (Variant.objects.get(product__title__endswith="002"), 1))
    assert not is_undoable(upload)
    with refused(GoodsInUse):
        undo_upload(cast.seller, upload.id)
    assert Product.objects.count() == 2


def test_what_a_creator_s_link_leads_to_stays(moved: Moved, cast: Cast) -> None:
    upload = moved(sku(1), sku(2))
    link_to(cast, Product.objects.get(title__endswith="001"))
    assert not is_undoable(upload)
    with refused(GoodsInUse):
        undo_upload(cast.seller, upload.id)


@pytest.mark.parametrize("state", ["looking", "planned", "moving", "refused", "undone"])
def test_what_has_brought_nothing_cannot_be_taken_back(moved: Moved, cast: Cast, state: str) -> None:
    upload = moved(sku(1))
    Upload.objects.update(state=state)
    with refused(UploadMoved):
        undo_upload(cast.seller, upload.id)


def test_a_stranger_takes_nothing_back(moved: Moved, cast: Cast) -> None:
    upload = moved(sku(1))
    with refused(UploadNotFound):
        undo_upload(cast.stranger, upload.id)
