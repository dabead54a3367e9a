"""Ids that a spreadsheet or a script has rounded are seen, in whatever shape; honest ones never are."""

import random
from collections.abc import Callable
from decimal import Decimal

import pytest

from lapak.moving.ids import Suspects, id_of, rounded_column

HONEST = [str(random.Random(n).randrange(17 * 10**17, 18 * 10**17)) for n in range(400)]


def excel(source_id: str) -> str:
    """Fifteen digits, and zeros."""
    return source_id[:15] + "0" * (len(source_id) - 15)


def through_float64(source_id: str) -> str:
    """As pandas writes a column of numbers with a gap in it, made whole again."""
    return str(int(float(source_id)))


def through_javascript(source_id: str) -> str:
    """The shortest name of the double, filled with zeros."""
    return str(int(Decimal(repr(float(source_id)))))


def test_an_id_of_thousands_of_digits_is_a_text_like_others() -> None:
    digits = "9" * 5_000
    assert id_of(digits) == digits
    assert id_of(f"{digits}.0") is None
    suspects = Suspects()
    suspects.add(digits)
    assert not suspects.are_rounded


@pytest.mark.parametrize("rounded", [excel, through_float64, through_javascript])
@pytest.mark.parametrize(("good", "bad"), [(0, 3), (1, 4), (5, 60), (0, 400)])
def test_rounded_ids_are_seen_among_some_good_ones(rounded: Callable[[str], str], good: int, bad: int) -> None:
    suspects = Suspects()
    for source_id in HONEST[:good]:
        suspects.add(source_id)
    for source_id in map(rounded, HONEST[good : good + bad]):
        suspects.add(source_id)
    assert suspects.are_rounded


def test_honest_ids_are_never_suspected() -> None:
    for digits in (8, 11, 15, 16, 17, 18, 19, 20):
        for seed in range(60):
            chance = random.Random(f"{digits} {seed}")
            suspects = Suspects()
            for _ in range(chance.choice((1, 2, 3, 5, 12, 200))):
                suspects.add(str(chance.randrange(10 ** (digits - 1), 10**digits)))
            assert not suspects.are_rounded


def test_ids_that_became_one_when_cut_are_seen_by_both_columns() -> None:
    columns = {"product_id": Suspects(), "sku_id": Suspects()}
    for suspects, source_id in zip(columns.values(), HONEST, strict=False):
        for _row in range(12):
            suspects.add(excel(source_id))
    assert rounded_column(columns) == "product_id"


def test_one_honest_id_that_ends_in_zeros_is_not_suspected() -> None:
    columns = {"product_id": Suspects(), "sku_id": Suspects()}
    columns["product_id"].add("1720547031006820000")
    columns["sku_id"].add("1720547031006820094")
    assert rounded_column(columns) is None


def test_ids_one_after_another_are_honest() -> None:
    suspects = Suspects()
    for n in range(1_000):
        suspects.add(str(1_720_547_031_006_820_000 + n))
    assert not suspects.are_rounded


@pytest.mark.parametrize("lost", ["1.72055E+18", "1,72055E+18", "1720547031006820096.0", 1.72e18, 12345.5])
def test_what_is_no_id_any_more_is_lost(lost: str | float) -> None:
    assert id_of(lost) is None


@pytest.mark.parametrize(
    ("cell", "source_id"),
    [
        ("\ufeff1720547031006820094", "1720547031006820094"),
        ("172054\u200b7031006820094\u200b", "1720547031006820094"),
        ("'1720547031006820094\t", "1720547031006820094"),
        ("12400995760.0", "12400995760"),
        (12400995760.0, "12400995760"),
        (" abc-1 ", "abc-1"),
        ("1,720,547,031,006,820,094", "1720547031006820094"),
        ("1.720.547.031.006.820.094", "1720547031006820094"),
        ("1.720.547", "1.720.547"),
        ("230904E12", "230904E12"),  # a number of an order, as Shopee's are
    ],
)
def test_what_nobody_sees_is_no_part_of_an_id(cell: str | float, source_id: str) -> None:
    assert id_of(cell) == source_id
