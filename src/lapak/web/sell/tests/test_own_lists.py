"""A seller's own list on the web: its columns are asked about once, then it is as any platform's."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lapak.goods.catalogue.models import Product
from lapak.moving import uploads
from lapak.moving.models import ChosenColumns, Upload
from lapak.moving.tests.files import export, sku
from lapak.moving.tests.own_lists import OF_VARIANTS, PLAIN
from lapak.testing.cast import Cast
from lapak.web.sell.tests.conftest import said

pytestmark = pytest.mark.usefixtures("own_storage")

PAGE = "/sell/batik-sekar/move-in"
MEANT = {"role_0_0": "sku", "role_0_1": "title", "role_0_3": "price", "role_0_4": "stock", "role_0_5": "weight_g"}


def given(seller: Client, *files: tuple[str, bytes]) -> str:
    """The page of an upload of these files, which were looked at."""
    seller.post(PAGE, {"given": [SimpleUploadedFile(name, content) for name, content in files]})
    upload = Upload.objects.order_by("-given_at")[0]
    uploads.run_upload(upload.id)
    return f"{PAGE}/{upload.id}"


def looked_at_again(page: str) -> Upload:
    uploads.run_upload(Upload.objects.get(id=page.rpartition("/")[2]).id)
    return Upload.objects.get(id=page.rpartition("/")[2])


def test_from_an_own_list_to_goods(seller: Client, cast: Cast) -> None:
    page = given(seller, ("daftar.csv", PLAIN.encode()))
    asked = said(seller, page)
    for words in ("What do your columns mean?", "daftar.csv", "Harga Jual", "Rp 125.000 · Rp 210.000 · Rp 75.000",
                  "by its name, and by what stands in it", "Kept, not used"):  # fmt: skip
        assert words in asked
    assert '<option value="price" selected>' in asked
    answer = seller.post(f"{page}/columns", MEANT, follow=True)
    assert "Lapak looks at your files again" in answer.text
    assert looked_at_again(page).state == "planned"
    planned = said(seller, page)
    assert "Own list" in planned
    assert "The columns of your own list" in planned
    seller.post(f"{page}/begin")
    looked_at_again(page)
    assert Product.objects.count() == 3
    assert Upload.objects.get().state == "done"


def test_a_list_whose_columns_were_named_before_is_not_asked_about(seller: Client, cast: Cast) -> None:
    seller.post(f"{given(seller, ('a.csv', PLAIN.encode()))}/columns", MEANT)
    page = given(seller, ("b.csv", PLAIN.replace("125.000", "130.000").encode()))
    assert "This would happen" in said(seller, page)


def test_what_was_named_wrongly_is_named_anew_before_goods_move(seller: Client, cast: Cast) -> None:
    page = given(seller, ("a.csv", PLAIN.encode()))
    seller.post(f"{page}/columns", MEANT | {"role_0_3": "", "role_0_2": "price"})
    assert looked_at_again(page).worth_idr == 10 * 90_000 + 4 * 150_000 + 25 * 40_000
    seller.post(f"{page}/columns", MEANT)
    assert looked_at_again(page).worth_idr == 10 * 125_000 + 4 * 210_000 + 25 * 75_000


def test_rows_of_one_product_are_grouped_by_the_column_that_was_chosen(seller: Client, cast: Cast) -> None:
    page = given(seller, ("a.csv", OF_VARIANTS.encode()))
    roles = dict(enumerate(["title", "option", "option", "price", "stock", "weight_kg"]))
    meant = {f"role_0_{n}": role for n, role in roles.items()}
    seller.post(f"{page}/columns", meant | {"group_0": "0"})
    assert looked_at_again(page).counts["products"]["created"] == 2


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({}, "No column is the “Title”"),
        ({"role_0_1": "title"}, "No column is the “Price”"),
        (MEANT | {"role_0_2": "price"}, "Two columns cannot both be the “Price”"),
        (MEANT | {"role_0_2": "nonsense"}, "nonsense is not one of the available choices"),
        (MEANT | {"group_0": "99"}, "99 is not one of the available choices"),
    ],
)
def test_columns_that_cannot_be_stand_beside_what_was_chosen(
    seller: Client, cast: Cast, wrong: dict[str, str], words: str
) -> None:
    page = given(seller, ("a.csv", PLAIN.encode()))
    answer = seller.post(f"{page}/columns", wrong)
    assert answer.status_code == 200
    assert words in answer.text
    assert (Upload.objects.get().state, ChosenColumns.objects.count()) == ("unclear", 0)


def test_a_list_of_something_else_is_left_out_beside_others(seller: Client, cast: Cast, tmp_path: Path) -> None:
    products = export(tmp_path / "export.xlsx", [sku()]).read_bytes()
    page = given(seller, ("export.xlsx", products), ("a.csv", PLAIN.encode()))
    assert "This is no list of my goods" in said(seller, page)
    seller.post(f"{page}/columns", {"left_out_0": "on"})
    upload = looked_at_again(page)
    assert (upload.state, upload.counts["products"]["created"]) == ("planned", 1)


def test_columns_are_named_while_the_files_wait_and_not_later(seller: Client, cast: Cast) -> None:
    page = given(seller, ("a.csv", PLAIN.encode()))
    Upload.objects.update(state="done")
    assert "moved on" in seller.post(f"{page}/columns", MEANT, follow=True).text
    assert not ChosenColumns.objects.exists()


def test_the_files_of_a_list_that_is_asked_about_are_kept_a_week(seller: Client, cast: Cast) -> None:
    given(seller, ("a.csv", PLAIN.encode()))
    assert uploads.drop_forgotten_uploads() == 0
    Upload.objects.update(touched_at="2026-01-01T00:00:00Z")
    assert uploads.drop_forgotten_uploads() == 1
    assert not Upload.objects.exists()


def test_of_a_very_wide_list_a_hundred_columns_are_asked_about(seller: Client, cast: Cast) -> None:
    header = ["Nama", "Harga", *(f"Lain {n}" for n in range(150))]
    row = ["Topi Rimba", "40000", *("x" for _n in range(150))]
    page = given(seller, ("a.csv", f"{','.join(header)}\n{','.join(row)}\n".encode()))
    assert len(Upload.objects.get().proposals["lists"][0]["columns"]) == 100
    seller.post(f"{page}/columns", {"role_0_0": "title", "role_0_1": "price"})
    assert looked_at_again(page).counts["products"]["created"] == 1
