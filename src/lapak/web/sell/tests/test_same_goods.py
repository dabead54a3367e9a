"""Goods of two platforms that look the same, on the page of an upload: said of all at once or one by one."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lapak.goods.catalogue.models import Product
from lapak.moving import uploads
from lapak.moving.models import SameGoods, Upload
from lapak.moving.tests.files import export, sku
from lapak.testing.cast import Cast
from lapak.web.sell.same_goods_forms import PAIRS_SHOWN
from lapak.web.sell.tests.conftest import said

pytestmark = pytest.mark.usefixtures("own_storage")

PAGE = "/sell/batik-sekar/move-in"
MEANT = {"role_0_0": "sku", "role_0_1": "title", "role_0_2": "price", "role_0_3": "stock"}


@pytest.fixture
def alike(seller: Client, cast: Cast, tmp_path: Path) -> str:
    """The page of an upload of two lists with three goods in common by SKU, and one of each by itself."""
    return given(seller, tmp_path, 3)


def given(seller: Client, folder: Path, count: int) -> str:
    rows = [sku(n, seller_sku=f"KB-{n}", product_name=f"Kain {n}") for n in range(count + 1)]
    own = "Kode,Nama,Harga,Stok\nX-1,Topi Rimba,40000,1\n" + "".join(
        f"KB-{n},Batik nomor {n},99000,2\n" for n in range(1, count + 1)
    )
    files = [("a.xlsx", export(folder / "a.xlsx", rows).read_bytes()), ("b.csv", own.encode())]
    seller.post(PAGE, {"given": [SimpleUploadedFile(name, content) for name, content in files]})
    upload = Upload.objects.get()
    uploads.run_upload(upload.id)
    seller.post(f"{PAGE}/{upload.id}/columns", MEANT)
    uploads.run_upload(upload.id)
    return f"{PAGE}/{upload.id}"


def moved_in(seller: Client, page: str, answers: dict[str, str]) -> None:
    seller.post(f"{page}/begin", answers)
    uploads.run_upload(Upload.objects.get().id)
    assert Upload.objects.get().state == "done"


def test_what_looks_the_same_is_shown_with_why(seller: Client, alike: str) -> None:
    page = said(seller, alike)
    for words in ("3 products of Own list look the same as those of TikTok Shop", "They have the same SKU",
                  "Kain 1 (Rp125.000) = Batik nomor 1 (Rp99.000)", "One product: price and stock from TikTok Shop"):  # fmt: skip
        assert words in page


def test_all_are_answered_at_once_and_one_by_itself(seller: Client, alike: str) -> None:
    moved_in(seller, alike, {"same_0": "first", "same_0_1": "two"})
    assert Product.objects.count() == 4 + 1 + 1
    assert sorted(SameGoods.objects.values_list("are_one", flat=True)) == [False, True, True]


def test_the_other_leads_where_it_is_said(seller: Client, alike: str) -> None:
    moved_in(seller, alike, {"same_0": "later"})
    assert Product.objects.count() == 4 + 1
    prices = Product.objects.filter(title__startswith="Kain").values_list("variants__price_idr", flat=True)
    assert sorted(prices) == [99_000, 99_000, 99_000, 125_000]


@pytest.mark.parametrize("wrong", [{"same_0": ""}, {"same_0": "both"}, {"same_0": "first", "same_0_0": "x"}])
def test_an_unfit_answer_moves_nothing_and_stands_beside_its_field(
    seller: Client, alike: str, wrong: dict[str, str]
) -> None:
    answer = seller.post(f"{alike}/begin", wrong)
    assert 'class="field-error"' in answer.text
    assert (Upload.objects.get().state, SameGoods.objects.count()) == ("planned", 0)


def test_what_a_page_does_not_send_comes_in_by_itself_and_is_not_remembered(seller: Client, alike: str) -> None:
    moved_in(seller, alike, {})
    assert (Product.objects.count(), SameGoods.objects.count()) == (8, 0)


def test_of_many_the_first_are_asked_about_one_by_one_and_all_are_answered(
    seller: Client, cast: Cast, tmp_path: Path
) -> None:
    page = given(seller, tmp_path, PAIRS_SHOWN + 5)
    assert "and 5 more, which go as you chose for all" in said(seller, page)
    moved_in(seller, page, {"same_0": "first"})
    assert Product.objects.count() == PAIRS_SHOWN + 5 + 1 + 1
