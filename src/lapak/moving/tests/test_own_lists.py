"""Lists that no format knows: their columns are guessed, named by the seller, remembered, and read like any other."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapak.goods.catalogue.models import Product, Variant
from lapak.lib.refusal import Refusal
from lapak.moving.choices import columns_chosen, remember_columns
from lapak.moving.errors import ColumnsToName, ColumnsUnfit, FileNotProducts, NoFormatKnows
from lapak.moving.layout import spelling
from lapak.moving.move_in import move_in
from lapak.moving.own_lists.columns import LEFT_OUT, Columns, Role, columns_of, in_words
from lapak.moving.own_lists.found import OwnList
from lapak.moving.plan import Tally
from lapak.moving.report import write_report
from lapak.moving.table import text_document
from lapak.moving.tests.files import export, sku, table
from lapak.moving.tests.own_lists import NAMES, OF_VARIANTS, PLAIN, SUGGESTED, found_in, taken, written
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.refused import refused


@pytest.mark.parametrize("text", SUGGESTED, ids=["plain", "of variants", "english"])
def test_columns_are_known_by_their_names_and_by_what_stands_in_them(tmp_path: Path, text: str) -> None:
    assert taken(written(tmp_path, text)).suggested == SUGGESTED[text]


def test_columns_without_names_are_known_by_what_stands_in_them(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["x1", "x2", "x3", "", "x5", "x6"],
        ["K-1", "Kopi Gayo bubuk", "65.000", 12, "https://a.example/1.jpg", "250 gr"],
        ["K-2", "Kopi Toraja biji", "72.000", 3, "https://a.example/2.jpg", "1 kg"],
        ["K-3", "Kopi Flores bubuk", "68.500", 40, "https://a.example/3.jpg", "500 gr"],
    ]
    reading = taken(table(tmp_path / "a.xlsx", rows))
    assert reading.suggested == "sku=x1,title=x2,price=x3,stock=#4,image=x5,weight_g=x6"
    assert {str(guess.reason) for guess in reading.guesses.values()} > {"prices stand in it", "weights stand in it"}


def test_an_unclear_list_is_asked_about_and_nothing_is_written(seller: User, shop: Shop, tmp_path: Path) -> None:
    path = written(tmp_path, PLAIN)
    with pytest.raises(ColumnsToName, match="--columns 'sku=Kode,title=Nama Barang,price=Harga Jual"):
        move_in(seller, [path], shop)
    assert not Product.objects.exists()


def test_once_named_its_goods_come_in_and_it_is_known_from_then_on(seller: User, shop: Shop, tmp_path: Path) -> None:
    path = written(tmp_path, PLAIN)
    result = move_in(seller, [path], shop, columns=SUGGESTED[PLAIN])
    assert result.errors == []
    assert result.done is not None
    assert (result.done.products, result.done.stock.created) == (Tally(created=3), 39)
    assert result.worth_idr == 10 * 125_000 + 4 * 210_000 + 25 * 75_000
    assert [found.platform for found in result.found] == ["Own list"]
    batik = Variant.objects.select_related("product").get(seller_sku="KB-01")
    assert (batik.price_idr, batik.product.title, batik.product.weight_g) == (125_000, "Kain Batik Lasem", 250)
    assert "by “Kode”, or by its title" in " ".join(result.in_words)

    again = move_in(seller, [path], shop)
    assert again.done is not None
    assert (again.done.products, again.done.skus) == (Tally(unchanged=3), Tally(unchanged=3))
    later = written(tmp_path, PLAIN.replace("Rp 125.000", "Rp 130.000") + "KB-03,Sarung,1,60.000,1,400,,\n", "baru.csv")
    changed = move_in(seller, [later], shop)
    assert changed.done is not None
    assert changed.done.skus == Tally(created=1, changed=1, unchanged=2)


def test_rows_of_one_product_become_its_variants(seller: User, shop: Shop, tmp_path: Path) -> None:
    result = move_in(seller, [written(tmp_path, OF_VARIANTS)], shop, columns=SUGGESTED[OF_VARIANTS])
    assert result.errors == []
    shirt = Product.objects.get(title="Kaos Polos")
    assert (shirt.option_names, shirt.weight_g) == (["Warna", "Ukuran"], 200)
    variants = Variant.objects.filter(product=shirt).order_by("position")
    assert [variant.option_values for variant in variants] == [["Hitam", "L"], ["Hitam", "XL"], ["Putih", "L"]]
    assert "Rows with the same “Nama” are one product." in " ".join(result.in_words)
    again = move_in(seller, [written(tmp_path, OF_VARIANTS)], shop)
    assert again.done is not None
    assert again.done.skus == Tally(unchanged=4)


def test_options_in_one_column_are_parted_as_those_of_platforms_are(seller: User, shop: Shop, tmp_path: Path) -> None:
    text = 'Induk,Nama,Varian,Harga\nA,Kaos,,\nA,,"Hitam, L",50000\nA,,"Putih, XL",55000\nB,Topi,,40000\n'
    columns = "group=Induk,title=Nama,option=Varian,price=Harga"
    result = move_in(seller, [written(tmp_path, text)], shop, columns=columns)
    assert result.errors == []
    assert Product.objects.get(title="Kaos").option_names == ["Warna", "Ukuran"]
    assert Variant.objects.count() == 3


def test_stock_of_several_places_is_added_up_and_less_than_none_is_none(
    seller: User, shop: Shop, tmp_path: Path
) -> None:
    text = "Nama,Harga,Gudang A,Gudang B\nTopi Rimba,40000,3,4\nKaos Polos,50000,-2,\n"
    result = move_in(
        seller, [written(tmp_path, text)], shop, columns="title=Nama,price=Harga,stock=Gudang A,stock=Gudang B"
    )
    assert result.done is not None
    assert result.done.stock.created == 7


def test_what_has_no_place_is_kept(seller: User, shop: Shop, tmp_path: Path) -> None:
    result = move_in(seller, [written(tmp_path, PLAIN)], shop, columns=SUGGESTED[PLAIN])
    assert list(result.sheets[0].unmapped.values()) == ["Harga Modal", "Rak"]


def test_the_report_of_an_own_list_is_known_as_that_list(seller: User, shop: Shop, tmp_path: Path) -> None:
    text = PLAIN.replace("Rp 75.000", "nanti")
    result = move_in(seller, [written(tmp_path, text)], shop, columns=SUGGESTED[PLAIN])
    (error,) = result.errors
    assert str(error) == "D4 (Harga Jual): “nanti” is not a whole number, as this file writes them."
    report = write_report(result, tmp_path / "report.xlsx")
    again = move_in(seller, [report], shop)
    assert again.done is not None
    assert again.done.products.left_out == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("title=Nama Barang", "No column is the “Price”"),
        ("price=Harga Jual", "No column is the “Title”"),
        ("title=Nama,price=Harga Jual", "There is no column “Nama”. There are: Kode, Nama Barang"),
        ("name=Nama Barang", "it can be: title, price, stock"),
        ("title=Nama Barang,title=Rak,price=Harga Jual", "Two columns cannot both be"),
        ("title=#9,price=#4", "There is no column “#9”"),
        ("group=Kode", "No column is the “Title”"),
        ("title=Nama Barang,price=Harga Jual,weight_g=Stok,weight_kg=Rak", "weight stands in one column"),
        ("title=Nama Barang,price=Harga Jual,option=#1,option=#5,option=#6,option=#7", "at most 3 columns"),
        ("nonsense", "There is no column “”"),
    ],
)
def test_columns_that_cannot_be_are_refused(seller: User, shop: Shop, tmp_path: Path, typed: str, words: str) -> None:
    path = written(tmp_path, PLAIN)
    with refused(ColumnsUnfit) as unfit:
        move_in(seller, [path], shop, columns=typed)
    assert words in str(unfit.value)


def test_columns_for_files_that_need_none_are_refused(seller: User, shop: Shop, tmp_path: Path) -> None:
    path = export(tmp_path / "export.xlsx", [sku()])
    with refused(ColumnsUnfit):
        move_in(seller, [path], shop, columns="title=Nama,price=Harga")


NO_GOODS = {
    "orders": "No Pesanan,Nama Produk,Harga,Jumlah,Nama Pembeli,No Resi\n1,Topi Rimba,40000,1,Budi,JX1\n",
    "people": "Nama,Alamat,Telepon\nBudi Santoso,Jl. Merdeka 1,0812345678\n",
    "money": "Tanggal,Keterangan,Debit,Kredit,Saldo\n2026-01-01,Setoran awal kas,50000,0,50000\n",
}


@pytest.mark.parametrize("kind", NO_GOODS)
def test_lists_of_something_else_are_never_offered_as_goods(
    seller: User, shop: Shop, tmp_path: Path, kind: str
) -> None:
    path = written(tmp_path, NO_GOODS[kind])
    with refused(FileNotProducts) as other:
        move_in(seller, [path], shop)
    assert "not of goods" in str(other.value)


def test_lists_of_a_known_platform_are_named_with_it(seller: User, shop: Shop, tmp_path: Path) -> None:
    path = written(tmp_path, "No. Pesanan,Total Penghasilan,Nama Produk,Harga Produk\n1,90000,Topi Rimba,100000\n")
    with refused(FileNotProducts) as other:
        move_in(seller, [path], shop)
    assert "income report" in str(other.value)
    assert "product export of Shopee" in str(other.value)


@pytest.mark.parametrize("text", ["hello\n", "a,b\nc,d\n", "Nama,Harga\n", "Catatan,Nilai\nsewa toko bulan ini,3\n"])
def test_what_does_not_look_like_goods_is_unknown(seller: User, shop: Shop, tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    with refused(NoFormatKnows) as unknown:
        move_in(seller, [path], shop)
    assert type(unknown.value) is NoFormatKnows
    assert "with one row that names its columns" in str(unknown.value)


def test_beside_a_platforms_export_it_is_passed_over_until_it_is_named(
    seller: User, shop: Shop, tmp_path: Path
) -> None:
    files = [export(tmp_path / "export.xlsx", [sku()]), written(tmp_path, PLAIN)]
    result = move_in(seller, files, shop, dry_run=True)
    assert [each.found.table.file for each in result.unclear] == ["daftar.csv"]
    assert any("daftar.csv: It looks like a list of goods" in line for line in result.in_words)
    result = move_in(seller, files, shop, columns=SUGGESTED[PLAIN])
    assert result.done is not None
    assert result.done.products == Tally(created=4)


def test_a_list_that_is_left_out_stays_so_beside_others_and_is_asked_about_alone(
    seller: User, shop: Shop, tmp_path: Path
) -> None:
    path = written(tmp_path, PLAIN)
    remember_columns(shop, {found_in(path).header: LEFT_OUT})
    result = move_in(seller, [export(tmp_path / "export.xlsx", [sku()]), path], shop)
    assert (result.unclear, result.own) == ([], [])
    assert "You said that this list holds no goods of yours." in " ".join(result.in_words)
    with pytest.raises(ColumnsToName):
        move_in(seller, [path], shop)


def test_a_dry_run_remembers_nothing(seller: User, shop: Shop, tmp_path: Path) -> None:
    path = written(tmp_path, PLAIN)
    move_in(seller, [path], shop, columns=SUGGESTED[PLAIN], dry_run=True)
    assert columns_chosen(shop, [found_in(path).header]) == {}


def test_sheets_of_one_header_are_one_question(seller: User, shop: Shop, tmp_path: Path) -> None:
    header = found_in(written(tmp_path, PLAIN)).header
    reordered = found_in(written(tmp_path, "Nama Barang,Kode\nTopi,1\n"))
    spaced = found_in(written(tmp_path, PLAIN.replace("Harga Jual", " HARGA  JUAL ")))
    with_problem = found_in(written(tmp_path, PLAIN.replace("Rak", "Rak,Problem")))
    assert (spaced.header, with_problem.header) == (header, header)
    assert reordered.header != header


@pytest.mark.parametrize("unfit", [Columns((Role.TITLE, None)), Columns((Role.TITLE, Role.PRICE, Role.PRICE))])
def test_unfit_columns_are_not_remembered(shop: Shop, unfit: Columns, nothing_written: None) -> None:
    with pytest.raises(Refusal):
        remember_columns(shop, {"x": unfit})


NAMED = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
ROLES = (Role.TITLE, Role.PRICE, Role.STOCK, Role.STOCK, Role.IMAGE, Role.OPTION, None, None)


@given(
    st.lists(NAMED, min_size=len(ROLES), max_size=len(ROLES)),
    st.permutations(ROLES),
    st.none() | st.integers(0, len(ROLES) - 1),
)
def test_columns_are_read_as_they_are_written(names: list[str], roles: list[Role | None], group: int | None) -> None:
    found = OwnList(text_document("a.csv", b"a,b").tables[0], 1, tuple(names), ())
    columns = Columns(tuple(roles), group)
    assert columns_of(found, in_words(found, columns)) == columns


def test_names_are_known_in_both_languages_and_of_every_format() -> None:
    said = {"Nama Barang": Role.TITLE, "Harga Jual": Role.PRICE, "On Hand": Role.STOCK, "et_title_variation_price": Role.PRICE,
            "Foto Produk 3": Role.IMAGE, "Parent SKU": "group", "Colour": Role.OPTION, "Merk": Role.BRAND}  # fmt: skip
    assert {name: NAMES[spelling(name)] for name in said} == {name: str(role) for name, role in said.items()}
