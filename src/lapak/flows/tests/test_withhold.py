"""PPh 22: set for a day to come, and withheld from what is paid from then on."""

from datetime import date, timedelta

import pytest

from lapak.flows.ship_order import confirm_receipt
from lapak.lib import clock
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import PLATFORM, AccountKey
from lapak.money.taxes.commands import set_pph22
from lapak.money.taxes.errors import StepChangesNothing, StepDayRefused, TaxDeskNotFound, TaxWordsRefused
from lapak.money.taxes.models import Pph22Step
from lapak.money.taxes.pph22_rules import Step, is_withheld
from lapak.money.taxes.queries import pph22_bp
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import delivered_order
from lapak.testing.refused import refused
from lapak.testing.taxes import DECREE, on, pph22_begins, set_from, sold_on

AUGUST, SUSPENDED, NOVEMBER = date(2026, 8, 1), date(2026, 8, 5), date(2026, 11, 1)


def withheld_idr() -> int:
    return balance_idr(AccountKey(AccountKind.TAX_PPH22, PLATFORM))


@pytest.mark.parametrize(
    ("day", "held"),
    [("2026-07-31", False), ("2026-08-01", True), ("2026-08-04", True), ("2026-08-05", False), ("2026-11-01", True)],
)
def test_the_days_of_the_announcements(day: str, held: bool) -> None:
    steps = [Step(AUGUST, is_on=True), Step(SUSPENDED, is_on=False), Step(NOVEMBER, is_on=True)]
    assert is_withheld(date.fromisoformat(day), steps) is held


def test_of_two_for_one_day_the_later_one_holds() -> None:
    assert not is_withheld(NOVEMBER, [Step(NOVEMBER, is_on=True), Step(NOVEMBER, is_on=False)])


@pytest.mark.django_db
class TestSwitch:
    def test_off_until_somebody_sets_it(self, cast: Cast) -> None:
        assert pph22_bp(date(2030, 1, 1)) == 0
        sold_on(cast, AUGUST)
        assert withheld_idr() == 0

    def test_an_order_goes_by_the_day_it_was_paid(self, cast: Cast) -> None:
        set_from(cast, AUGUST, is_on=True)
        set_from(cast, SUSPENDED, is_on=False)
        days = [AUGUST - timedelta(days=1), AUGUST, SUSPENDED - timedelta(days=1), SUSPENDED]
        assert [sold_on(cast, day).pph22_bp for day in days] == [0, 50, 50, 0]
        assert withheld_idr() == 2 * 500

    def test_what_was_paid_before_the_end_and_settles_after_it_is_withheld(self, cast: Cast) -> None:
        set_from(cast, AUGUST, is_on=True)
        set_from(cast, SUSPENDED, is_on=False)
        with on(SUSPENDED - timedelta(days=1)):
            order = delivered_order(cast, (stocked_variant(cast.shop), 1))
        with on(SUSPENDED):
            confirm_receipt(cast.buyer, order.id)
        assert withheld_idr() == 500

    def test_who_set_what_stays_on_record(self, cast: Cast) -> None:
        step = set_pph22(cast.operator, **pph22_begins())
        assert (step.set_by, step.words, step.is_on) == (cast.operator, DECREE, True)

    def test_the_past_stays(self, cast: Cast) -> None:
        with refused(StepDayRefused):
            set_pph22(cast.operator, begins_on=clock.today(), is_on=True, words=DECREE)

    def test_what_is_so_already(self, cast: Cast) -> None:
        with refused(StepChangesNothing):
            set_pph22(cast.operator, **{**pph22_begins(), "is_on": False})

    def test_without_saying_on_what_it_rests(self, cast: Cast) -> None:
        with refused(TaxWordsRefused):
            set_pph22(cast.operator, **{**pph22_begins(), "words": "  because  "})

    def test_a_seller_sets_nothing(self, cast: Cast) -> None:
        with refused(TaxDeskNotFound):
            set_pph22(cast.seller, **pph22_begins())
        assert not Pph22Step.objects.exists()
