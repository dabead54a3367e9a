"""Which of Lapak's categories a source path means."""

from pathlib import Path

import pytest

from lapak.goods.catalogue.categories import CATEGORIES
from lapak.goods.catalogue.models import Category
from lapak.moving.categories import THRESHOLD, CategoryMap, Suggestion
from lapak.moving.category_names import ALSO_CALLED

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("Pakaian Pria/Atasan Pria/Kemeja Batik", "fashion.batik.kemeja-batik"),
        ("Fashion Muslim/Kain/Kain Batik", "fashion.batik.kain-batik"),
        ("Tas Wanita/Tas Selempang", "fashion.tas.selempang"),
        ("Fashion Muslim/Sarung", "fashion.muslim.sarung"),
        ("Pakaian Wanita/Daster", "fashion.wanita.daster"),
        ("Pakaian Wanita/Celana", "fashion.wanita.celana"),
        ("Pakaian Pria/Celana", "fashion.pria.celana"),
        ("Kain Batik", "fashion.batik.kain-batik"),
        ("Womenswear & Underwear/Women's Tops/Blouses & Shirts", "fashion.wanita.atasan"),
        ("Makanan & Minuman/Camilan/Keripik Singkong", "makanan.camilan"),
        ("Phones & Electronics/Audio & Video/Earphone & Headphone", "elektronik.audio.earphone"),
        # One name under several: what stands above decides.
        ("Fashion Muslim/Dress", "fashion.muslim.gamis"),
        ("Sepatu Wanita/Sneakers", "fashion.sepatu.wanita"),
        ("Pakaian Pria/Batik", "fashion.batik.kemeja-batik"),
        ("Handphone & Aksesoris/Aksesoris", "elektronik.ponsel.aksesori"),
        ("Otomotif/Aksesoris", "otomotif"),
        ("Komputer & Laptop/Aksesoris Laptop", "elektronik.komputer.aksesori"),
        ("Pakaian Wanita/Baju Hamil", "ibu-bayi.menyusui"),
        ("Elektronik Dapur/Blender", "elektronik.rumah.dapur"),
        ("Celana", "fashion"),
        # A namesake in part is none: the branch above is right.
        ("Perlengkapan Rumah/Sarung Bantal", "rumah"),
        ("Fashion Pria/Sarung Tangan", "fashion.pria"),
        ("Elektronik/Kamera CCTV", "elektronik"),
        # As other platforms write them.
        ("101379 - Makanan & Minuman/Kopi/Kopi Bubuk", "makanan.kopi"),
        ("Kids' Fashion/Girls' Clothes/Dresses", "fashion.anak.perempuan"),
        ("Baby & Maternity/Baby Clothing", "fashion.anak.bayi"),
        ("Home Supplies/Kitchenware/Pots", "rumah.dapur"),
        ("Buku > Buku Anak > Buku Papan", "buku.anak"),
        ("Beauty & Personal Care/Men's Grooming", "kecantikan.pria"),
    ],
)
def test_a_path_finds_its_category(path: str, code: str) -> None:
    suggestion = CategoryMap().suggestion(path)
    assert suggestion is not None
    assert suggestion.code == code
    assert suggestion.score >= THRESHOLD


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("Pakaian Pria/Bawahan", "fashion.pria.celana"),
        ("Pakaian Wanita/Bawahan", "fashion.wanita"),
        ("Pakaian Anak/Dress", "fashion.anak"),
        ("Pakaian Anak/Celana Dalam", "fashion.anak"),
        ("Pakaian Anak Perempuan/Rok", "fashion.anak.perempuan"),
        ("Boys' Clothes/Shirts", "fashion.anak.laki-laki"),
        ("Fashion Bayi & Anak/Pakaian Bayi/Celana", "fashion.anak.bayi"),
        ("Sepatu Anak/Sneakers", "fashion.sepatu.anak"),
        ("Menswear & Underwear/Men's Bottoms/Jeans", "fashion.pria.celana"),
        ("Mainan Kucing", "hewan.perlengkapan"),
        ("Hewan Peliharaan/Mainan", "hewan.perlengkapan"),
        ("Perlengkapan Hewan/Mainan", "hewan.perlengkapan"),
        ("Pet Supplies/Dog & Cat Food", "hewan.makanan"),
        ("Jam Tangan/Jam Tangan Anak", "fashion.aksesori.jam-tangan"),
        ("Kecantikan/Parfum Pria", "kecantikan.parfum"),
    ],
)
def test_goods_for_some_never_stand_among_those_for_others(path: str, code: str) -> None:
    suggestion = CategoryMap().suggestion(path)
    assert suggestion is not None
    assert suggestion.code == code


@pytest.mark.parametrize("path", ["xyz/qqq", "Kaos Kucing", "Sarung Bantal", "13017", "Decorative Lights", "", "///"])
def test_an_unlikely_path_finds_none(path: str) -> None:
    assert CategoryMap().suggestion(path) is None


def test_every_category_is_found_by_its_own_names() -> None:
    categories = CategoryMap()
    names = {code: (name_id, name_en) for code, name_id, name_en in CATEGORIES}
    for code, both in names.items():
        above = [names[code.rsplit(".", up)[0]] for up in range(code.count("."), 0, -1)]
        for language in (0, 1):
            path = "/".join([*(each[language] for each in above), both[language]])
            suggestion = categories.suggestion(path)
            assert suggestion is not None
            assert suggestion.code == code, path


def test_other_names_belong_to_categories_that_exist() -> None:
    assert ALSO_CALLED.keys() <= {code for code, _, _ in CATEGORIES}


PATHS = (Path(__file__).parent / "category_paths.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("line", PATHS)
def test_the_paths_of_six_platforms_find_theirs(line: str) -> None:
    path, code = line.split(" = ")
    suggestion = CategoryMap().suggestion(path)
    assert (suggestion.code if suggestion else "-") == code


def test_what_the_seller_chose_is_meant() -> None:
    rok = Category.objects.get(code="fashion.wanita.rok")
    suggestion = CategoryMap({"Pakaian Wanita/Bawahan": rok.id}).suggestion("Pakaian Wanita/Bawahan")
    assert suggestion == Suggestion(rok.id, rok.code, rok.name, 100, is_chosen=True)


def test_no_category_is_a_choice_too() -> None:
    assert CategoryMap({"Kain Batik": None}).suggestion("Kain Batik") is None
