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
    first, corrected = settled(1), settled(1, **{"Order settled time": "2023/10/02"})
    if at_once:
        files = [as_workbook(tmp_path / f"{n}.xlsx", tiktok(row)) for n, row in enumerate((first, corrected))]
        assert counts(move_in(paid.seller, files, paid.shop)) == Tally(created=1, unchanged=1)
    else:
        paid(first, settled(2))
        assert counts(paid(corrected)) == Tally(changed=1)
        assert counts(paid(corrected)) == Tally(unchanged=1)
    assert PastIncome.objects.get(source_id__endswith="00001").settled_on == date(2023, 10, 2)
    assert PastIncomeMonth.objects.get(month=date(2023, 10, 1)).paid_idr == 84_500
    assert sum(PastIncomeMonth.objects.values_list("orders", flat=True)) == (1 if at_once else 2)


def test_the_same_amount_on_two_days_of_one_report_is_paid_twice(paid: Paid) -> None:
    both = settled(1), settled(1, **{"Order settled time": "2023/10/02"})
    assert counts(paid(*both)) == Tally(created=2)
    assert counts(paid(*both)) == Tally(unchanged=2)
    assert counts(paid(both[0])) == Tally(unchanged=1)
    assert PastIncome.objects.count() == 2


@pytest.mark.parametrize(
    ("days", "is_told"),
    [(("03/04/2023", "12/04/2023"), True), (("03/04/2023", "13/04/2023"), False), (("04/04/2023",), False)],
)
def test_dates_that_could_be_read_two_ways_are_said_to_be(paid: Paid, days: tuple[str, ...], is_told: bool) -> None:
    result = paid(*(settled(n, **{"Order settled time": day}) for n, day in enumerate(days, 1)))
    told = [str(each) for each in result.notes if "is read as" in str(each)]
    assert len(told) == is_told
    assert not told or "“03/04/2023” is read as 3 April 2023" in told[0]
