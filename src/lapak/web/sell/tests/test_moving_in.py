"""Moving in on the web: give files, see what would happen, say yes."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from lapak.goods.catalogue.models import Category, Product
from lapak.goods.mass.models import MassChange
from lapak.moving import uploads
from lapak.moving.choices import Choices, choices_of
from lapak.moving.formats.outgoing_registry import OUTGOING
from lapak.moving.models import SoughtPicture, Upload
from lapak.moving.move_in import move_in
from lapak.moving.tests.files import EXAMPLES, address, export, sku
from lapak.testing.cast import Cast
from lapak.testing.pressed import press
from lapak.web.sell.tests.conftest import said

PAGE = "/sell/batik-sekar/move-in"


pytestmark = pytest.mark.usefixtures("own_storage")


@pytest.fixture
def given(seller: Client, cast: Cast, tmp_path: Path) -> Upload:
    """An export of one good product and one bad, given on the page."""
    path = export(tmp_path / "export.xlsx", [sku(1), sku(2, price="")])
    seller.post(PAGE, {"given": [SimpleUploadedFile("export.xlsx", path.read_bytes())]})
    return Upload.objects.get()


def test_from_files_to_goods(seller: Client, given: Upload) -> None:
    page = f"{PAGE}/{given.id}"
    waiting = said(seller, page)
    assert "Looking at your files" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    uploads.run_upload(given.id)
    planned = said(seller, page)
    assert "This would happen" in planned
    assert "thing" in planned
    assert "hx-trigger" not in planned
    assert not Product.objects.exists()
    seller.post(f"{page}/begin")
    assert "Moving in" in said(seller, page)
    uploads.run_upload(given.id)
    assert "Your goods are in" in said(seller, page)
    assert Product.objects.count() == 1
    report = seller.get(f"{page}/report")
    assert report["Content-Disposition"] == 'attachment; filename="lapak-batik-sekar.xlsx"'
    assert b"".join(report.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]  # a file is streamed


def test_what_to_know_is_named_before_the_button(seller: Client, given: Upload) -> None:
    uploads.run_upload(given.id)
    page = seller.get(f"{PAGE}/{given.id}").text
    assert page.index('href="#to-know"') < page.index(f"{given.id}/begin") < page.index('id="to-know"')
    seller.post(f"{PAGE}/{given.id}/begin")
    uploads.run_upload(given.id)
    assert 'href="#to-know"' not in seller.get(f"{PAGE}/{given.id}").text


def test_who_waits_for_the_files_given_before_reads_so(seller: Client, given: Upload, tmp_path: Path) -> None:
    first = said(seller, f"{PAGE}/{given.id}")
    seller.post(PAGE, {"given": [SimpleUploadedFile("b.xlsx", (tmp_path / "export.xlsx").read_bytes())]})
    second = said(seller, f"{PAGE}/{Upload.objects.exclude(id=given.id).get().id}")
    assert ["as soon as the files you gave before" in page for page in (first, second)] == [False, True]


def test_no_file_and_a_wrong_one_are_explained(seller: Client, cast: Cast) -> None:
    assert "required" in seller.post(PAGE).text
    assert not Upload.objects.exists()
    seller.post(PAGE, {"given": [SimpleUploadedFile("notes.txt", b"hello")]})
    upload = Upload.objects.get()
    uploads.run_upload(upload.id)
    page = said(seller, f"{PAGE}/{upload.id}")
    assert "These files could not be taken" in page
    assert seller.get(f"{PAGE}/{upload.id}/report").status_code == 404


def test_what_stopped_can_go_on_and_nothing_else(seller: Client, given: Upload) -> None:
    page = f"{PAGE}/{given.id}"
    assert "moved on" in seller.post(f"{page}/resume", follow=True).text
    Upload.objects.update(touched_at="2026-01-01T00:00:00Z")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")  # by a worker that is gone
    assert "It seems to have stopped" in said(seller, page)
    assert "It goes on." in seller.post(f"{page}/resume", follow=True).text
    assert "moved on" in seller.post(f"{page}/begin", follow=True).text


def test_what_was_found_and_what_it_is_worth_is_said_before_anything_happens(seller: Client, given: Upload) -> None:
    uploads.run_upload(given.id)
    planned = said(seller, f"{PAGE}/{given.id}")
    for words in ("TikTok Shop", "export.xlsx · Template", "2 rows", "1 SKU", "Rp1.250.000"):
        assert words in planned
    assert "Take it all back" not in planned
    assert "export.xlsx" in said(seller, PAGE)


def test_all_that_came_in_is_taken_back_once_it_was_asked(seller: Client, given: Upload) -> None:
    page = f"{PAGE}/{given.id}"
    uploads.run_upload(given.id)
    seller.post(f"{page}/begin")
    uploads.run_upload(given.id)
    assert "Take it all back" in said(seller, page)
    question = seller.post(f"{page}/undo")
    assert "Take back the 1 product that came with these files?" in question.text
    assert Product.objects.count() == 1
    press(seller, f"{page}/undo")
    assert not Product.objects.exists()
    after = said(seller, page)
    assert "Everything it brought is gone again" in after
    assert "Take it all back" not in after


def test_who_has_no_shop_yet_starts_with_the_files(client: Client, cast: Cast, tmp_path: Path) -> None:
    client.force_login(cast.stranger)
    client.cookies["django_language"] = "en"
    assert "Bring your shop: start with your file" in said(client, "/sell")
    path = export(tmp_path / "export.xlsx", [sku()])
    about = {"name": "Kopi Gayo", "street": "Jl. Lebe Kader 1", "city": "Kab. Aceh Tengah", "postal_code": "24519",
             "province_code": "11", "phone": "081234567890"}  # fmt: skip
    refused = client.post("/sell", about | {"name": "", "given": [SimpleUploadedFile("a.xlsx", path.read_bytes())]})
    assert "Please choose the files again." in refused.text
    assert not Upload.objects.exists()
    opened = client.post("/sell", about | {"given": [SimpleUploadedFile("a.xlsx", path.read_bytes())]}, follow=True)
    upload = Upload.objects.get()
    assert opened.redirect_chain[-1][0] == f"/sell/kopi-gayo/move-in/{upload.id}"
    assert "Looking at your files" in opened.text
    uploads.run_upload(upload.id)
    assert Upload.objects.get().state == "planned"


@pytest.fixture
def unnamed(seller: Client, cast: Cast, tmp_path: Path) -> str:
    """The page of an upload whose category nobody knows, and whose option has no name."""
    rows = [sku(1, n, category="Zzz", variation_value=f"Paket {n}") for n in (1, 2)]
    path = export(tmp_path / "export.xlsx", rows)
    seller.post(PAGE, {"given": [SimpleUploadedFile("export.xlsx", path.read_bytes())]})
    upload = Upload.objects.get()
    uploads.run_upload(upload.id)
    return f"{PAGE}/{upload.id}"


def test_categories_and_options_are_shown_and_changed_before_goods_move(seller: Client, unnamed: str) -> None:
    page = said(seller, unnamed)
    for words in ("Zzz", "Paket 1, Paket 2", 'value="Varian"', "1 product"):
        assert words in page
    batik = Category.objects.get(code="fashion.batik")
    seller.post(f"{unnamed}/begin", {"category_0": batik.id, "option_0": "Paket"})
    uploads.run_upload(Upload.objects.get().id)
    product = Product.objects.get()
    assert (product.category, product.option_names) == (batik, ["Paket"])
    assert choices_of(product.shop) == Choices({"Zzz": batik.id}, {"paket 1": "Paket", "paket 2": "Paket"})


@pytest.mark.parametrize("wrong", [{"option_0": " "}, {"category_0": "999999"}])
def test_an_unfit_choice_moves_nothing_and_stands_beside_its_field(
    seller: Client, unnamed: str, wrong: dict[str, str], nothing_written: None
) -> None:
    answer = seller.post(f"{unnamed}/begin", {"category_0": "", "option_0": "Paket", **wrong})
    assert answer.status_code == 200
    assert 'class="field-error"' in answer.text


def test_what_a_page_does_not_send_is_not_chosen(seller: Client, unnamed: str) -> None:
    seller.post(f"{unnamed}/begin")
    uploads.run_upload(Upload.objects.get().id)
    assert Product.objects.get().option_names == ["Varian"]
    assert choices_of(Product.objects.get().shop) == Choices()


def test_a_report_is_there_when_all_is_well(seller: Client, unnamed: str) -> None:
    assert Upload.objects.get().problem_count == 0
    assert b"".join(seller.get(f"{unnamed}/report").streaming_content).startswith(b"PK")  # type: ignore[attr-defined]


def test_the_page_says_which_pictures_are_coming_and_which_cannot_be_had(
    seller: Client, cast: Cast, tmp_path: Path, settings: Settings
) -> None:
    settings.FETCH_PICTURES = True
    rows = [sku(1, main_image=address("a" * 32), image_2=address("b" * 32))]
    move_in(cast.seller, [export(tmp_path / "export.xlsx", rows)], cast.shop)
    assert "2 pictures are being fetched" in said(seller, PAGE)
    SoughtPicture.objects.filter(position=1).update(why_not=SoughtPicture.WhyNot.GONE)
    page = said(seller, PAGE)
    assert "One picture is being fetched" in page
    assert "does not give it out any more" in page
    assert str(rows[0]["product_name"]) in page


def moved_in(seller: Client, path: Path) -> str:
    """The page of an upload of this file, moved in."""
    seller.post(PAGE, {"given": [SimpleUploadedFile(path.name, path.read_bytes())]})
    upload = Upload.objects.get(state=Upload.State.LOOKING)
    uploads.run_upload(upload.id)
    seller.post(f"{PAGE}/{upload.id}/begin")
    uploads.run_upload(upload.id)
    return f"{PAGE}/{upload.id}"


def test_what_is_listed_no_more_is_taken_off_sale_when_its_seller_says_so(
    seller: Client, cast: Cast, tmp_path: Path
) -> None:
    rows = [sku(1, 1), sku(1, 2), sku(2), sku(3)]
    moved_in(seller, export(tmp_path / "all.xlsx", rows))
    page = moved_in(seller, export(tmp_path / "fewer.xlsx", [rows[0], rows[3]]))
    told = said(seller, page)
    assert "2 SKUs are in your files no more, and still on sale here" in told
    assert "</a> · Motif 2" in told
    assert "Take 1 product off sale" in told
    asked = seller.post(
        reverse("sell_many_choose", args=["batik-sekar"]), {"upload": page.rpartition("/")[2]}, follow=True
    )
    assert "Take 1 product off sale?" in asked.text
    change = MassChange.objects.get()
    assert change.state == MassChange.State.PLANNED
    assert [row.title for row in change.rows.all()] == ["Kain Batik Lasem 002"]
    assert not Product.objects.exclude(status="published").exists()


def test_what_the_file_says_of_the_shop_is_taken_part_by_part(seller: Client, cast: Cast, given: Upload) -> None:
    page = f"{PAGE}/{given.id}"
    uploads.run_upload(given.id)
    assert "something else of your shop" not in said(seller, page)
    Upload.objects.filter(id=given.id).update(
        proposals={"profile": {"name": "Batik <b>Sekar</b>", "description": "Batik tulis."}}
    )
    shown = seller.get(page).text
    assert "Batik &lt;b&gt;Sekar&lt;/b&gt;" in shown
    assert shown.count(f"{given.id}/profile") == 2
    seller.post(f"{page}/profile", {"part": "description"})
    cast.shop.refresh_from_db()
    assert (cast.shop.description, cast.shop.name) == ("Batik tulis.", "Batik Sekar")
    assert seller.get(page).text.count(f"{given.id}/profile") == 1
    assert "moved on in the meantime" in seller.post(f"{page}/profile", {"part": "nib"}, follow=True).text


def test_files_can_be_chosen_of_every_kind_that_is_read(seller: Client, cast: Cast) -> None:
    taken = re.findall(r'name="given"[^>]*accept="([^"]+)"|accept="([^"]+)"[^>]*name="given"', seller.get(PAGE).text)
    kinds = set("".join(taken[0]).split(","))
    given_out = {path.suffix for path in EXAMPLES.parent.rglob("*.*") if path.suffix != ".json"}
    written = {Path(out.form.file).suffix for out in OUTGOING.values()}
    assert given_out | written | {".zip", ".tsv", "image/jpeg"} <= kinds
