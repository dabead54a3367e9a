"""The list is whole, and how it is made."""

import gzip
import json
from pathlib import Path

from lapak.lib.places.collect import collect
from lapak.lib.places.kept import bare_name, place_of, places
from lapak.lib.regions import POSTAL_DIGITS, PROVINCES


def test_every_province_and_district_is_there() -> None:
    assert {place.province_code for place in places()} == set(PROVINCES)
    assert len({place.district_code for place in places()}) == 7285  # Kepmendagri 300.2.2-2138/2025
    assert len({(place.district_code[:5], place.city) for place in places()}) == 514
    assert len({place.key for place in places()}) == len(places())


def test_every_postal_code_is_of_its_part_of_the_country() -> None:
    for place in places():
        assert len(place.postal_code) == 5
        assert place.postal_code[0] in POSTAL_DIGITS[PROVINCES[place.province_code].zone], place
        assert all(place.villages), place


def test_a_place_is_found_by_its_key() -> None:
    place = place_of("31.74.01-12810")
    assert place
    assert (place.district, place.city, place.province, place.villages) == (
        "Tebet", "Jakarta Selatan", "DKI Jakarta", ("Tebet Barat",),
    )  # fmt: skip
    assert place_of("31.74.01-99999") is None


def test_two_ways_of_writing_one_name() -> None:
    assert bare_name("Kab. Pulang Pisau") == bare_name("KABUPATEN PULANGPISAU")
    assert bare_name("Kec. Ma'u") == bare_name("mau")
    assert bare_name("Kota") == "kota"
    assert bare_name("Solo") == bare_name("Kota Surakarta")


def test_the_list_is_made_of_names_and_codes(tmp_path: Path) -> None:
    lists = {
        "wilayah": {"31": "DKI Jakarta", "31.74": "Kota Administrasi Jakarta Selatan", "31.74.01": "Tebet"},
        "desa": {"31.74.01.1002": "Tebet Timur", "31.74.01.1001": "Tebet Barat, RW 1", "31.74.01.1003": "Bukit Duri"},
        "kodepos": {"31.74.01.1001": "12810", "31.74.01.1002": "12810", "31.74.01.1003": "12840"},
    }
    for name, content in lists.items():
        (tmp_path / f"{name}.json.gz").write_bytes(gzip.compress(json.dumps(content).encode()))
    made = "31.74\tJakarta Selatan\n31.74.01\tTebet\t12810 Tebet Barat  RW 1,Tebet Timur\t12840 Bukit Duri\n"
    assert collect(tmp_path) == made
