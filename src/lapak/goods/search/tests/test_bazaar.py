"""Forty searches as Indonesians type them into a phone: abbreviated, in slang, with sizes and ages, and with slips."""

from pathlib import Path

import pytest

from lapak.goods.search.queries import search
from lapak.goods.search.tests.conftest import listing, put_on_sale
from lapak.lib.ids import derived_id

LINES = [line for line in (Path(__file__).parent / "bazaar.txt").read_text("utf-8").splitlines() if line[0] != "#"]
GOODS = [tuple(part.strip() for part in line.split("|")) for line in LINES]
TITLE_OF_ID = {derived_id(title): title for title, *_ in GOODS}


@pytest.fixture(autouse=True)
def bazaar(search_index: Path) -> None:
    put_on_sale(
        *(
            listing(title, details=f"{category} {choices}", product_id=derived_id(title))
            for title, category, choices in GOODS
        )
    )


@pytest.mark.parametrize(
    ("typed", "first", "searched", "missing"),
    [
        # Abbreviations and slang
        ("kmja flanel cowo", "Kemeja Flanel Pria", "kemeja flanel cowo", ""),
        ("celana jeans cowo", "Celana Jeans Pria", "", ""),
        ("clana jins cowok", "Celana Jeans Pria", "celana jins cowok", ""),
        ("celana kulot cewe", "Celana Kulot Wanita", "", ""),
        ("sptu sneakers pria", "Sepatu Sneakers Pria", "sepatu sneakers pria", ""),
        ("jlbb segi empat", "Hijab Segi Empat", "jilbab segi empat", ""),
        ("krpik singkong pdas", "Keripik Singkong", "keripik singkong pedas", ""),
        ("bju kemeja flanel", "Kemeja Flanel", "baju kemeja flanel", ""),
        ("casing hape samsung a15", "Case Samsung Galaxy A15", "", ""),
        ("hp case samsung a15", "Case Samsung Galaxy A15", "", ""),
        ("softcase samsung galaxy a15 warna hitam", "Case Samsung", "", ""),
        ("soft case samsung", "Case Samsung", "", ""),
        ("cas hp type c", "Charger Fast Charging", "", ""),
        ("powerbank 10000 mah", "Power Bank 10000mAh", "", ""),
        ("magicom miyako", "Rice Cooker Miyako", "", ""),
        # Sizes, ages and measures
        ("mukena dewasa ukuran jumbo", "Mukena Katun Jepang Dewasa", "", ""),
        ("sepatu anak perempuan umur 5", "Sepatu Anak Perempuan", "", ""),
        ("sepatu anak cewek usia 6 thn", "Sepatu Anak Perempuan", "", ""),
        ("kemeja flanel size xl", "Kemeja Flanel", "", ""),
        ("celana jeans pria no 32", "Celana Jeans Pria", "", ""),
        ("keripik singkong 500gr", "Keripik Singkong", "", ""),
        ("beras 5kg", "Beras Premium", "", ""),
        ("sprei 180 x 200", "Seprai Katun", "", ""),
        ("kipas angin 16 inci", "Kipas Angin Dinding", "", ""),
        ("facial wash wardah 100 ml", "Facial Wash Wardah", "", ""),
        ("celana jeans pria 99", "Celana Jeans Pria", "", "99"),
        # What sellers promise, and how one asks
        ("hijab segi empat murah meriah", "Hijab Segi Empat", "", ""),
        ("kak ada madu hutan asli gak", "Madu Hutan", "", ""),
        ("sunblock azarine", "Sunscreen Azarine", "", ""),
        ("shampo anti ketombe", "Sampo Anti Ketombe", "", ""),
        ("pampers bayi", "Popok Bayi", "", ""),
        ("jaket hujan", "Jas Hujan Setelan", "", ""),
        ("tas ransel anak sd", "Tas Ransel Sekolah Anak", "", "sd"),
        ("antigores iphone 13", "Tempered Glass iPhone 13", "", ""),
        # Slips
        ("mukna anak", "Mukena Anak", "mukena anak", ""),
        ("lisptik implora", "Lipstik Matte", "lipstik implora", ""),
        ("wjan teflon", "Wajan Anti Lengket", "wajan teflon", ""),
        ("helem bogo", "Helm Bogo", "helm bogo", ""),
        # Good words, which are nobody's slips
        ("selendang", "Selendang Sutra", "", ""),
        ("kerudung", "Hijab Segi Empat", "", ""),
        ("mainan kucing", "Mainan Kucing", "", ""),
        ("mantel hujan pria", "Jas Hujan Setelan", "", "mantel"),
        ("rok hijau", None, "", "rok hijau"),
        ("sarung", None, "", "sarung"),
        ("ssd", None, "", "ssd"),
    ],
)
def test_what_is_typed_finds_first_what_is_meant(typed: str, first: str | None, searched: str, missing: str) -> None:
    page = search(typed)
    titles = [TITLE_OF_ID[product_id] for product_id in page.ids]
    assert (page.corrected_text, " ".join(page.missing_words)) == (searched, missing)
    assert bool(titles) == (first is not None)
    assert first is None or titles[0].startswith(first)


def test_a_phone_is_found_with_what_is_made_for_it() -> None:
    assert {TITLE_OF_ID[product_id] for product_id in search("hp samsung a15").ids} == {
        "Samsung Galaxy A15 8/128GB Garansi Resmi",
        "Case Samsung Galaxy A15 Silikon Softcase",
    }
