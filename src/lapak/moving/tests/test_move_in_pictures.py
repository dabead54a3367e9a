"""The pictures that come in with the rows."""

from pathlib import Path

from lapak.goods.catalogue.commands import (
    add_picture,
    remove_picture,
)
from lapak.goods.catalogue.models import Product, ProductImage
from lapak.moving.move_in import move_in
from lapak.moving.plan import Counts, Tally
from lapak.moving.tests.files import address, export, packed, picture, sku, table
from lapak.moving.tests.moved import Again
from lapak.people.users.models import User


def test_missing_pictures_are_told_and_come_in_when_they_are_given(moved: Again, tmp_path: Path) -> None:
    row = sku(main_image=address("a"), image_2=address("b"))
    some = packed(tmp_path / "some.zip", {"tos-alisg-i-sg/b.jpeg": picture()})
    both = packed(tmp_path / "both.zip", {"tos-alisg-i-sg/b.jpeg": picture(), "tos-alisg-i-sg/a.jpeg": picture("blue")})
    result = moved(row, pictures=some)
    assert result.done is not None
    assert result.done.images == Tally(created=1, left_out=1)
    assert "1 of 2 pictures" in result.notes[0].message
    again = moved(row, pictures=both)
    assert again.done is not None
    assert (again.done.images, again.done.products) == (Tally(created=1, unchanged=1), Tally(changed=1))
    assert list(ProductImage.objects.values_list("source_path", flat=True)) == ["tos-alisg-i-sg/a", "tos-alisg-i-sg/b"]
    assert moved(row, pictures=both).done == Counts(
        Tally(unchanged=1), Tally(unchanged=1), Tally(unchanged=10), Tally(unchanged=2)
    )


def test_the_sellers_own_gallery_is_respected(moved: Again, seller: User, tmp_path: Path) -> None:
    """A picture deleted here stays deleted, one added here stays; new ones of the file come before it."""
    names = {f"tos-alisg-i-sg/{n}.jpeg": picture(colour) for n, colour in (("a", "red"), ("b", "blue"), ("c", "gold"))}
    zipped = packed(tmp_path / "a.zip", names)
    labels: dict[str, object] = {"main_image": address("a"), "image_2": address("b")}
    moved(sku() | labels, pictures=zipped)
    product = Product.objects.get()
    first = ProductImage.objects.get(source_path="tos-alisg-i-sg/a")
    remove_picture(seller, product.id, first.image_id)
    add_picture(seller, product.id, picture("white"))
    moved(sku() | labels, pictures=zipped)
    assert list(ProductImage.objects.values_list("source_path", flat=True)) == ["tos-alisg-i-sg/b", ""]
    moved(sku(main_image=address("c"), image_2=address("b")), pictures=zipped)
    paths = ProductImage.objects.values_list("source_path", flat=True)
    assert list(paths) == ["tos-alisg-i-sg/c", "tos-alisg-i-sg/b", ""]
    moved(sku(main_image=address("c")), pictures=zipped)
    assert list(paths.all()) == ["tos-alisg-i-sg/c", ""]


def test_a_picture_that_cannot_be_read_is_told_and_the_rest_goes_on(moved: Again, tmp_path: Path) -> None:
    torn = packed(tmp_path / "a.zip", {"tos-alisg-i-sg/a.jpeg": picture()[:200], "tos-alisg-i-sg/b.jpeg": picture()})
    result = moved(sku(main_image=address("a"), image_2=address("b")), pictures=torn)
    assert result.done is not None
    assert result.done.images == Tally(created=1, left_out=1)
    assert "not a picture" in result.notes[0].message
    assert ProductImage.objects.get().source_path == "tos-alisg-i-sg/b"


def test_what_comes_beside_the_product_list_is_told_and_keeps_nothing_out(moved: Again, tmp_path: Path) -> None:
    (tmp_path / "baca.txt").write_text("Toko kami pindah")
    (tmp_path / "logo.svg").write_text("<svg/>")
    (tmp_path / "klip.mp4").write_bytes(b"\0\0\0\x18ftypmp42")
    products = export(tmp_path / "export.xlsx", [sku(1, main_image=address("a")), sku(2, price="0")])
    pictures = packed(
        tmp_path / "a.zip", {"tos-alisg-i-sg/a.jpeg": picture(), "tos-alisg-i-sg/b.jpeg": picture("blue")}
    )
    others = [tmp_path / name for name in ("baca.txt", "logo.svg", "klip.mp4")]
    income = table(tmp_path / "income.xlsx", [["Order/adjustment ID  ", "Type "], ["1"]])
    result = move_in(moved.seller, [*others, income, products, pictures], moved.shop)
    assert result.done is not None
    assert (result.done.products, result.done.images) == (Tally(created=1, left_out=1), Tally(created=1))
    assert len(result.in_words) == 6
    assert result.in_words[0].startswith("Template!I7")
    for words in (
        "baca.txt: Lapak does not know",
        "logo.svg: Lapak",
        "income report",
        "“klip.mp4” was",
        "1 picture was not",
    ):
        assert sum(words in line for line in result.in_words) == 1
    assert result.as_dict()["notes"] == 5


def test_a_file_with_nothing_below_its_header_says_so(moved: Again, tmp_path: Path) -> None:
    files = [export(tmp_path / "kosong.xlsx", []), export(tmp_path / "isi.xlsx", [sku()])]
    result = move_in(moved.seller, files, moved.shop)
    assert result.in_words == ["kosong.xlsx: Lapak found a header in this file, but nothing below it."]


def test_a_list_given_twice_is_read_once(moved: Again, tmp_path: Path) -> None:
    first = export(tmp_path / "a.xlsx", [sku()])
    (tmp_path / "a (1).xlsx").write_bytes(first.read_bytes())
    result = move_in(moved.seller, [first, tmp_path / "a (1).xlsx"], moved.shop)
    assert result.done
    assert result.done.skus == Tally(created=1)
    assert result.in_words == []


def test_of_several_files_each_problem_names_its_own(moved: Again, tmp_path: Path) -> None:
    files = [export(tmp_path / f"{name}.xlsx", [sku(n, price="0")]) for n, name in enumerate(("satu", "dua"), 1)]
    result = move_in(moved.seller, files, moved.shop)
    assert [line.partition(", ")[0] for line in result.in_words] == ["satu.xlsx", "dua.xlsx"]
