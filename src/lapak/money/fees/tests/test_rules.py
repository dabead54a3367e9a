"""The platform's fee."""

from datetime import date

import pytest

from lapak.money.fees.rules import fee_schedule


def test_two_percent() -> None:
    assert fee_schedule(date(2026, 1, 1)).rate_bp == 200


def test_no_schedule_before_the_first() -> None:
    with pytest.raises(ValueError, match="no fee schedule"):
        fee_schedule(date(2023, 10, 3))
