"""The day on which an old platform paid: corrected, or written so that it could be another."""

from datetime import date
from pathlib import Path

import pytest

from lapak.moving.move_in import move_in
from lapak.moving.past.models import PastIncome, PastIncomeMonth
from lapak.moving.plan import Tally
from lapak.moving.tests.incomes import Paid, as_workbook, counts, settled, tiktok


@pytest.mark.parametrize("at_once", [True, False])
def test_a_corrected_day_moves_what_was_paid_and_counts_it_once(paid: Paid, tmp_path: Path, at_once: bool) -> None:
    first, corrected = settled(1, on="2023/09/30"), settled(1, **{"Order settled time": "2023/10/01"})
    if at_once:
        files = [as_workbook(tmp_path / f"{n}.xlsx", tiktok(row)) for n, row in enumerate((first, corrected))]
        assert counts(move_in(paid.seller, files, paid.shop)) == Tally(created=1, unchanged=1)
    else:
        paid(first, settled(2))
        assert counts(paid(corrected)) == Tally(changed=1)
        assert counts(paid(corrected)) == Tally(unchanged=1)
    assert PastIncome.objects.get(source_id__endswith="00001").settled_on == date(2023, 10, 1)
    assert PastIncomeMonth.objects.get(month=date(2023, 10, 1)).paid_idr == 84_500
    assert sum(PastIncomeMonth.objects.values_list("orders", flat=True)) == (1 if at_once else 2)


def test_the_same_amount_on_two_days_of_one_report_is_paid_twice(paid: Paid) -> None:
    both = settled(1), settled(1, **{"Order settled time": "2023/10/02"})
    assert counts(paid(*both)) == Tally(created=2)
    assert counts(paid(*both)) == Tally(unchanged=2)
    assert counts(paid(both[0])) == Tally(unchanged=1)
    assert PastIncome.objects.count() == 2


def given(paid: Paid, tmp_path: Path, at_once: bool, *rows: dict[str, str]) -> list[date]:
    """Each row in a report of its own, one after the other or together; on which days it stands here."""
    if at_once:
        move_in(
            paid.seller, [as_workbook(tmp_path / f"{n}.xlsx", tiktok(row)) for n, row in enumerate(rows)], paid.shop
        )
    else:
        for row in rows:
            paid(row)
    return list(PastIncome.objects.order_by("settled_on").values_list("settled_on", flat=True))


ONE_AND_TWO_DAYS_LATER = (date(2023, 9, 20), date(2023, 9, 22))


@pytest.mark.parametrize("at_once", [True, False])
def test_two_payments_of_one_amount_told_by_two_reports_are_two(paid: Paid, tmp_path: Path, at_once: bool) -> None:
    rows = settled(1), settled(1, on="2023/09/22")
    assert given(paid, tmp_path, at_once, *rows) == [*ONE_AND_TWO_DAYS_LATER]
    assert given(paid, tmp_path, at_once, *rows) == [*ONE_AND_TWO_DAYS_LATER]
    assert sum(PastIncomeMonth.objects.values_list("paid_idr", flat=True)) == 2 * 84_500


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize(("second", "are"), [("B2", 2), ("A1", 1)])
def test_the_number_of_a_payment_decides(paid: Paid, tmp_path: Path, at_once: bool, second: str, are: int) -> None:
    """A day later the same number is the day told otherwise, and another one another payment."""
    rows = settled(1, **{"Statement ID": "A1"}), settled(1, on="2023/09/21", **{"Statement ID": second})
    assert len(given(paid, tmp_path, at_once, *rows)) == are


def test_the_same_amount_twice_on_one_day_under_two_numbers_is_paid_twice(paid: Paid) -> None:
    paid(settled(1, **{"Statement ID": "A1"}), settled(1, **{"Statement ID": "B2"}))
    assert PastIncome.objects.get().paid_idr == 2 * 84_500


@pytest.mark.parametrize("at_once", [True, False])
def test_day_and_month_read_the_other_way_round_are_one_payment(paid: Paid, tmp_path: Path, at_once: bool) -> None:
    rows = settled(1, on="2023-04-03"), settled(1, on="2023-03-04")
    assert given(paid, tmp_path, at_once, *rows) == [date(2023, 3, 4)]


@pytest.mark.parametrize(
    ("days", "is_told"),
    [(("03/04/2023", "12/04/2023"), True), (("03/04/2023", "13/04/2023"), False), (("04/04/2023",), False)],
)
def test_dates_that_could_be_read_two_ways_are_said_to_be(paid: Paid, days: tuple[str, ...], is_told: bool) -> None:
    result = paid(*(settled(n, **{"Order settled time": day}) for n, day in enumerate(days, 1)))
    told = [str(each) for each in result.notes if "is read as" in str(each)]
    assert len(told) == is_told
    assert not told or "“03/04/2023” is read as 3 April 2023" in told[0]


@pytest.mark.parametrize("at_once", [True, False])
def test_a_day_later_without_numbers_it_is_one_payment_and_that_is_said(
    paid: Paid, tmp_path: Path, at_once: bool
) -> None:
    """An order is paid out once; reports count its day in one zone or another. In one report, both rows are two."""
    rows = settled(1), settled(1, on="2023/09/21")
    if at_once:
        files = [as_workbook(tmp_path / f"{n}.xlsx", tiktok(row)) for n, row in enumerate(rows)]
        result = move_in(paid.seller, files, paid.shop)
    else:
        paid(rows[0])
        result = paid(rows[1])
    (told,) = [str(note) for note in result.notes if "taken for one payment" in str(note)]
    assert "20 September 2023" in told
    assert PastIncome.objects.get().settled_on == date(2023, 9, 21)
    assert counts(paid(*rows)) == Tally(created=1, unchanged=1)
    assert sum(PastIncomeMonth.objects.values_list("paid_idr", flat=True)) == 2 * 84_500


def test_the_number_of_a_payment_is_no_assumption(paid: Paid) -> None:
    paid(settled(1, **{"Statement ID": "A1"}))
    result = paid(settled(1, on="2023/09/21", **{"Statement ID": "A1"}))
    assert not [note for note in result.notes if "taken for one payment" in str(note)]
