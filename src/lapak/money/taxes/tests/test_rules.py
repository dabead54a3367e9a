"""Tax arithmetic against the worked example and the brackets' edges."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapak.money.taxes.rules import (
    Bracket,
    Tax,
    bracket_of_next,
    deposit_due,
    owes_vat,
    pph21_idr,
    pph21_of_months,
    pph23_idr,
    vat_on_fee_idr,
)


def test_worked_example() -> None:
    assert vat_on_fee_idr(2_000) == 220
    assert pph21_idr(10_000) == 250
    assert pph23_idr(10_000) == 200


def test_vat_is_taken_only_by_a_taxable_operator() -> None:
    since = date(2026, 7, 1)
    assert owes_vat(since, since)
    assert not owes_vat(date(2026, 6, 30), since)
    assert not owes_vat(since, None)


@pytest.mark.parametrize(
    ("gross_idr", "tax_idr"),
    [
        (0, 0),
        (120_000_000, 3_000_000),  # half is 60 m: all at 5 %
        (140_000_000, 4_500_000),  # 10 m of the half at 15 %
        (500_000_000, 31_500_000),
        (1_000_000_000, 94_000_000),
        (10_000_000_000, 1_444_000_000),
        (10_000_000_200, 1_444_000_035),
    ],
)
def test_brackets(gross_idr: int, tax_idr: int) -> None:
    assert pph21_idr(gross_idr) == tax_idr


@given(st.lists(st.integers(0, 400_000_000), max_size=30))
def test_a_year_of_commissions_is_taxed_as_its_sum(commissions: list[int]) -> None:
    earned = withheld = 0
    for gross_idr in commissions:
        withheld += pph21_idr(gross_idr, earned)
        earned += gross_idr
    assert withheld == pph21_idr(earned)


@pytest.mark.parametrize(
    ("withheld_on", "tax", "due"),
    [
        (date(2026, 6, 1), Tax.INCOME, date(2026, 7, 15)),
        (date(2026, 6, 30), Tax.INCOME, date(2026, 7, 15)),
        (date(2024, 12, 31), Tax.INCOME, date(2025, 1, 10)),
        (date(2026, 7, 9), Tax.INCOME, date(2026, 8, 18)),  # the 15th is a Saturday, the 17th Independence Day
        (date(2026, 12, 5), Tax.VAT, date(2027, 2, 1)),  # the year's turn, and a Sunday
        (date(2026, 1, 31), Tax.VAT, date(2026, 3, 2)),  # the 28th of February is a Saturday
    ],
)
def test_when_a_tax_is_with_the_state(withheld_on: date, tax: Tax, due: date) -> None:
    assert deposit_due(withheld_on, tax) == due


@given(st.lists(st.integers(0, 3_000_000_000), max_size=12))
def test_the_months_of_a_year_sum_to_its_tax(grosses_idr: list[int]) -> None:
    assert sum(pph21_of_months(grosses_idr)) == pph21_idr(sum(grosses_idr))


def test_the_next_rupiah_falls_into_its_bracket() -> None:
    assert bracket_of_next(0) == Bracket(0, 120_000_000, 500, 250)
    assert bracket_of_next(119_999_999).rate_bp == 500
    assert bracket_of_next(120_000_000) == Bracket(120_000_000, 500_000_000, 1500, 750)
    assert bracket_of_next(10_000_000_000) == Bracket(10_000_000_000, None, 3500, 1750)


@pytest.mark.parametrize("gross_idr", [0, 50_000_000, 120_000_000, 700_000_000, 20_000_000_000])
def test_a_bracket_says_what_the_next_rupiah_costs(gross_idr: int) -> None:
    assert pph21_idr(10_000, gross_idr) == bracket_of_next(gross_idr).of_gross_bp
