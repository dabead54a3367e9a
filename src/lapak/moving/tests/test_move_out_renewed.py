"""Goods go back to Lazada in the list that it gave out: what has changed here changes in it, and nothing else."""

import io
import zipfile
from pathlib import Path

import pytest

from lapak.goods.catalogue.commands import create_product, set_seller_sku, set_variant_price
from lapak.goods.catalogue.models import Variant
from lapak.goods.catalogue.stock import Cause, Reason, set_on_hand
from lapak.moving.errors import FileUnreadable, ListNeeded, TemplateUnfit
from lapak.moving.leaving import leaving_goods
from lapak.moving.move_in import move_in
from lapak.moving.move_out import look_ahead, move_out
from lapak.moving.tests.files import table
from lapak.moving.tests.left import sambal
from lapak.moving.tests.test_formats import files_of
from lapak.moving.workbook import Workbook, cell_text
from lapak.people.shops.commands import open_shop
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db
HASH = "tr(s-wb-product@md5key)"


@pytest.fixture
def pricestock() -> Path:
    return next(path for path in files_of("lazada") if path.name.startswith("pricestock"))


@pytest.fixture
def moved_shop(seller: User, shop: Shop) -> Shop:
    move_in(seller, [path for path in files_of("lazada") if path.suffix == ".xlsx"], shop)
    return shop


def renewed(seller: User, shop: Shop, path: Path) -> bytes:
    """The list as it leaves."""
    file = io.BytesIO()
    move_out(seller, shop, "lazada", file, path)
    return zipfile.ZipFile(file).read("lazada-pricestock.xlsx")


def rows_of(content: Path | bytes) -> list[dict[str, str]]:
    """Every row below the header, help too."""
    workbook = Workbook("l.xlsx", content)
    header, *rows = [list(map(cell_text, cells)) for _row, cells in workbook.rows(workbook.sheet_names[0])]
    return [dict(zip(header, [*row, *[""] * len(header)], strict=False)) for row in rows]


def test_what_has_changed_here_changes_in_the_list_and_nothing_else(
    seller: User, moved_shop: Shop, pricestock: Path
) -> None:
    before = rows_of(pricestock)
    leaving = next(v for product in leaving_goods(moved_shop, "lazada") for v in product.variants)
    set_variant_price(seller, leaving.id, 271_500)
    set_seller_sku(seller, leaving.id, "=JAY & CO")
    set_on_hand({leaving.id: 41}, Cause(Reason.TYPED, seller.id))
    after = rows_of(renewed(seller, moved_shop, pricestock))
    assert len(after) == len(before)
    changed = {
        (row["sku.skuId"], name): row[name]
        for old, row in zip(before, after, strict=True)
        for name in row
        if row[name] != old[name]
    }
    assert changed.pop((leaving.id_there, "Price")) == "271500"
    assert changed.pop((leaving.id_there, "SellerSKU")) == "=JAY & CO"
    of_before = {"SpecialPrice", "SpecialPrice Start", "SpecialPrice End"}
    assert {said for (_id, name), said in changed.items() if name in of_before} == {""}
    assert [said for (_id, name), said in changed.items() if name not in of_before] == ["41"]
    assert [row[HASH] for row in after] == [row[HASH] for row in before]


def test_all_parts_but_the_list_stay_as_they_are(seller: User, moved_shop: Shop, pricestock: Path) -> None:
    with (
        zipfile.ZipFile(pricestock) as old,
        zipfile.ZipFile(io.BytesIO(renewed(seller, moved_shop, pricestock))) as new,
    ):
        assert new.namelist() == old.namelist()
        differing = [name for name in old.namelist() if old.read(name) != new.read(name)]
    assert len(differing) <= 1


def test_the_list_comes_back_as_it_left(seller: User, moved_shop: Shop, pricestock: Path, tmp_path: Path) -> None:
    for n, variant in enumerate(Variant.objects.order_by("id")[:30]):
        set_variant_price(seller, variant.id, 50_000 + n)
        set_on_hand({variant.id: n}, Cause(Reason.TYPED, seller.id))
    path = tmp_path / "back.xlsx"
    path.write_bytes(renewed(seller, moved_shop, pricestock))
    basic = next(path for path in files_of("lazada") if path.name.startswith("basic"))
    other = open_shop(seller, slug="lain", name="Lain", city="Solo", province_code="33")
    result = move_in(seller, [path, basic], other)
    assert result.errors == []

    def told(shop: Shop) -> dict[str, tuple[str, int, int, str]]:
        return {
            variant.id_there: (product.title, variant.price_idr, variant.stock, variant.seller_sku)
            for product in leaving_goods(shop, "lazada")
            for variant in product.variants
        }

    assert told(other) == told(moved_shop)
    assert len(told(other)) > 30


def test_a_lower_price_beside_it_is_taken_out(seller: User, shop: Shop, tmp_path: Path) -> None:
    row = {
        "Product ID": "7400000001", "catId": "10000422", "Product Name": "Kopi Gayo", "currencyCode": "IDR",
        "sku.skuId": "109000038", "status": "active", "Shop SKU": "", "SpecialPrice": "39000", "Price": "45000",
        "Toko Kita": "5", "Gudang": "7", "SellerSKU": "K1",
    }  # fmt: skip
    path = table(tmp_path / "l.xlsx", [list(row), *[["Wajib"] * len(row)] * 3, list(row.values())], sheet="template")
    move_in(seller, [path], shop)
    (written,) = [row for row in rows_of(renewed(seller, shop, path)) if row["sku.skuId"] == "109000038"]
    assert (written["Price"], written["SpecialPrice"]) == ("39000", "")
    assert (written["Toko Kita"], written["Gudang"]) == ("5", "7"), "nobody knows into which of two"
    lost = dict(look_ahead(seller, shop, "lazada", path).lost_of_how_many)
    assert "it has no column “Quantity”" in lost


def test_goods_that_are_not_in_the_list_are_told(seller: User, moved_shop: Shop, pricestock: Path) -> None:
    create_product(seller, moved_shop, sambal())
    for path in (None, pricestock):
        ahead = look_ahead(seller, moved_shop, "lazada", path)
        lost = [loss for loss in ahead.losses if loss.product == "Sambal Roa"]
        assert [loss.what for loss in lost] == ["the product: it is not in their list of your goods"]
        assert ahead.products > 30


def test_nothing_is_written_without_the_list_or_into_another_one(
    seller: User, moved_shop: Shop, tmp_path: Path
) -> None:
    with refused(ListNeeded, match="takes only its own list of your goods"):
        move_out(seller, moved_shop, "lazada", io.BytesIO())
    basic = next(path for path in files_of("lazada") if path.name.startswith("basic"))
    with refused(TemplateUnfit, match="list with the prices of your goods"):
        move_out(seller, moved_shop, "lazada", io.BytesIO(), basic)
    odd = tmp_path / "odd.xlsx"
    odd.write_bytes(b"nothing")
    with refused(FileUnreadable):
        move_out(seller, moved_shop, "lazada", io.BytesIO(), odd)
