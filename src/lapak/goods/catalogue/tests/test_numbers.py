"""The numbers of standards: what they look like, and which goods must show which from which day on."""

from datetime import date

import pytest

from lapak.goods.catalogue.categories import CATEGORIES
from lapak.goods.catalogue.errors import ListingRefused, NumbersMissing
from lapak.goods.catalogue.numbers import (
    DEMANDS,
    KINDS,
    missing_in,
    numbers_in,
    refuse_missing,
    refuse_unfit_numbers,
    with_numbers,
)

DAY = date(2026, 11, 28)
CODES = {code for code, *_ in CATEGORIES}


def kinds(category: str, attributes: dict[str, str] | None = None, day: date = DAY) -> list[tuple[str, ...]]:
    return [demand.kinds for demand in missing_in(category, attributes or {}, day)]


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("BPOM", " na18201234567 ", "NA18201234567"),
        ("BPOM", "BPOM RI MD 867031001123", "MD 867031001123"),
        ("BPOM", "POM TR203638901", "TR203638901"),
        ("BPOM", "masa simpan kurang dari 7 hari", "Masa simpan kurang dari 7 hari"),
        ("BPOM", "NA1820123456", None),
        ("BPOM", "punya kok", None),
        ("P-IRT", "P-IRT 2053201010123-28", "P-IRT 2053201010123-28"),
        ("P-IRT", "2053201010123-28", "2053201010123-28"),
        ("P-IRT", "123", None),
        ("Halal", "id32110000112340821", "ID32110000112340821"),
        ("Halal", "TIDAK HALAL", "Tidak halal"),
        ("Halal", "halal", None),
        ("SNI", "sni iso 8124-1:2010", "SNI ISO 8124-1:2010"),
        ("SNI", "SNI 04-6292.1-2003", "SNI 04-6292.1-2003"),
        ("SNI", "SNI", None),
        ("SNI", "SNI .:2007", None),
        ("BPOM", "NA1820123456٧", None),
        ("BPOM", "DBL1234567___", None),
        ("SNI", "", ""),
    ],
)
def test_a_number_is_kept_in_one_way_or_is_none(kind: str, typed: str, kept: str | None) -> None:
    assert KINDS[kind].written(typed) == kept


def test_every_example_has_its_shape() -> None:
    assert all(kind.written(kind.example) == kind.example for kind in KINDS.values())


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_number_is_refused_with_an_example(kind: str) -> None:
    with pytest.raises(ListingRefused) as refusal:
        refuse_unfit_numbers({kind: "entahlah"})
    assert KINDS[kind].example in str(refusal.value)
    assert refusal.value.field == KINDS[kind].field


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        ("kecantikan.wajah.serum", [("BPOM",)]),
        ("kecantikan.rias.alat", []),
        ("makanan.kopi", [("BPOM", "P-IRT"), ("Halal",)]),
        ("makanan.segar", []),
        ("makanan.sembako.beras", [("Halal",)]),
        ("mainan.boneka", [("SNI",)]),
        ("otomotif.helm", [("SNI",)]),
        ("fashion.batik.kemeja-batik", []),
        ("", []),
    ],
)
def test_each_category_asks_for_its_own(category: str, expected: list[tuple[str, ...]]) -> None:
    assert kinds(category) == expected


def test_one_of_several_is_enough_and_what_is_no_number_is_none() -> None:
    assert kinds("makanan.kopi", {"P-IRT": "2053201010123-28"}) == [("Halal",)]
    assert kinds("makanan.kopi", {"BPOM": "MD 867031001123", "Halal": "Tidak halal"}) == []
    assert kinds("makanan.kopi", {"P-IRT": "menyusul", "Halal": "ID32110000112340821"}) == [("BPOM", "P-IRT")]


def test_halal_is_asked_for_from_its_day_on() -> None:
    assert kinds("makanan.teh", {"BPOM": "MD 867031001123"}, date(2026, 10, 16)) == []
    assert kinds("makanan.teh", {"BPOM": "MD 867031001123"}, date(2026, 10, 17)) == [("Halal",)]


def test_the_refusal_names_rule_and_remedy() -> None:
    with pytest.raises(NumbersMissing) as refusal:
        refuse_missing("makanan.kopi", {}, DAY)
    for part in ("BPOM", "P-IRT", "halal", "PP 42/2024", "Nomor standar"):
        assert part in str(refusal.value)


def test_every_demand_is_of_categories_and_kinds_that_there_are() -> None:
    for demand in DEMANDS:
        assert set(demand.categories) | set(demand.spared) <= CODES
        assert set(demand.kinds) <= KINDS.keys()
        assert demand.source


def test_numbers_stand_beside_what_else_is_said() -> None:
    said = {"Bahan": "Katun", "BPOM": "NA18201234567"}
    assert numbers_in(said) == {"BPOM": "NA18201234567"}
    assert with_numbers(said, {"BPOM": "", "SNI": "SNI 1811:2007"}) == {"Bahan": "Katun", "SNI": "SNI 1811:2007"}


def test_a_statement_does_only_where_it_is_meant() -> None:
    """Bread of today needs no number; a serum does, however long it keeps."""
    fresh = {"BPOM": "Masa simpan kurang dari 7 hari"}
    assert ("BPOM", "P-IRT") not in kinds("makanan.kue", fresh)
    assert kinds("kecantikan.wajah", fresh) == [("BPOM",)]
