"""The platform's fee."""

from datetime import date

import pytest

from lapak.money.fees.rules import fee_schedule, platform_fee_idr


def test_two_percent_rounded_half_up() -> None:
    assert platform_fee_idr(100_000, date(2026, 1, 1)) == 2_000
    assert platform_fee_idr(25, date(2026, 1, 1)) == 1
    assert platform_fee_idr(24, date(2026, 1, 1)) == 0


def test_no_schedule_before_the_first() -> None:
    with pytest.raises(ValueError, match="no fee schedule"):
        fee_schedule(date(2023, 10, 3))
