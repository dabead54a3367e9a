"""The platform's fee."""

from datetime import date

import pytest

from lapak.money.fees.rules import FEE_BP


def test_two_percent() -> None:
    assert FEE_BP.on(date(2026, 1, 1)) == 200


def test_no_schedule_before_the_first() -> None:
    with pytest.raises(ValueError, match="nothing held on 2023-10-03"):
        FEE_BP.on(date(2023, 10, 3))
