"""What is most likely a slip, and is noted before anything moves."""

from pathlib import Path

import pytest

from lapak.moving.check import Checked
from lapak.moving.doubts import MAX_OF_A_COLUMN
from lapak.moving.problems import Weight
from lapak.moving.tests.files import sku
from lapak.moving.tests.test_check import checked


def notes(found: Checked) -> list[tuple[str, str]]:
    assert not found.left_out_products
    assert not found.left_out_variants
    assert {problem.weight for problem in found.problems} <= {Weight.NOTE}
    return [(problem.address, problem.message) for problem in found.problems]


@pytest.mark.parametrize(
    ("changes", "cell", "message"),
    [
        (
            {"price": 125.0},
            "Template!I10",
            "Rp125 is very little: these goods usually cost Rp125.000. Is it Rp125.000?",
        ),
        (
            {"parcel_weight": "1"},
            "Template!L10",
            "1 g is very little with packaging. Is it kilograms? Then write 1,000.",
        ),
        (
            {"parcel_weight": "350000"},
            "Template!L10",
            "350,000 g is more than a parcel weighs. Are these grams in a column of kilograms?",
        ),
        (
            {"variation_value": "2023-06-04"},
            "Template!F10",
            "“2023-06-04” is a date that a spreadsheet made of something else. Is it “4-6”?",
        ),
        (
            {"variation_value": "Hitam, 2023-10-08T00:00:00"},
            "Template!F10",
            "“2023-10-08T00:00:00” is a date that a spreadsheet made of something else. Is it “8-10”?",
        ),
        (
            {"seller_sku": 8991234567890123456.0},
            "Template!K10",
            "“8991234567890123776” is a number that a spreadsheet rounded. Write it anew, with the cell formatted as text.",
        ),
        (
            {"seller_sku": "8991234567890120000"},
            "Template!K10",
            "“8991234567890120000” is a number that a spreadsheet rounded. Write it anew, with the cell formatted as text.",
        ),
        (
            {"seller_sku": "8,99E+18"},
            "Template!K10",
            "“8,99E+18” is a number that a spreadsheet rounded. Write it anew, with the cell formatted as text.",
        ),
    ],
)
def test_a_likely_slip_comes_in_and_is_noted_with_its_cell(
    tmp_path: Path, changes: dict[str, object], cell: str, message: str
) -> None:
    assert notes(checked(tmp_path, *map(sku, range(1, 5)), sku(5) | changes)) == [(cell, message)]


@pytest.mark.parametrize(
    "changes",
    [
        {"price": "1250"},  # a hundredth of the others
        {"parcel_weight": "10"},
        {"variation_value": "2023"},
        {"seller_sku": "8991234567890"},
        {"seller_sku": "8991234567890123455"},
        {"seller_sku": "KD-2023-06"},
    ],
)
def test_what_may_well_be_meant_is_not(tmp_path: Path, changes: dict[str, object]) -> None:
    assert notes(checked(tmp_path, *map(sku, range(1, 5)), sku(5) | changes)) == []


def test_of_a_few_prices_none_is_usual(tmp_path: Path) -> None:
    assert notes(checked(tmp_path, sku(1), sku(2), sku(3), sku(4, price="125"))) == []


def test_a_column_that_is_wrong_throughout_is_told_in_short(tmp_path: Path) -> None:
    found = notes(checked(tmp_path, *(sku(n, parcel_weight="2") for n in range(1, MAX_OF_A_COLUMN + 6))))
    assert len(found) == MAX_OF_A_COLUMN + 1
    assert found[-1] == ("Template!L26", "From here on 5 cells of the column look like those above.")


def test_a_title_of_nothing_that_is_seen_is_none(tmp_path: Path) -> None:
    found = checked(tmp_path, sku(1), sku(2, product_name="\u200b\u2060"))
    assert [(problem.address, problem.weight) for problem in found.problems] == [("Template!C7", Weight.ERROR)]


def test_a_column_that_lost_all_its_thousands_is_seen_though_nothing_else_tells(tmp_path: Path) -> None:
    rows = [sku(1, price="65"), sku(2, price="149"), sku(3, price="1250")]
    assert notes(checked(tmp_path, *rows)) == [
        ("Template!I6", "Rp65 is very little. Did a spreadsheet take the dot in Rp65.000 for a decimal point?"),
        ("Template!I7", "Rp149 is very little. Did a spreadsheet take the dot in Rp149.000 for a decimal point?"),
    ]


def test_one_cheap_thing_among_few_others_is_no_doubt(tmp_path: Path) -> None:
    rows = [sku(1, price="500"), sku(2, price="12500"), sku(3, price="9000")]
    assert notes(checked(tmp_path, *rows)) == []
