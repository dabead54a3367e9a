"""From the shop's clearing account to the creator's balance, with the tax of their year."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from lapak.affiliates.models import Commission
from lapak.affiliates.withholding.models import TaxMonth
from lapak.flows.clocks import credit_due_creators
from lapak.flows.credit_creator import credit_creator
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.money.ledger.commands import post_transfers
from lapak.money.ledger.models import AccountKind, Transfer
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import PLATFORM, AccountKey, NewTransfer, TransferCode
from lapak.money.taxes.rules import pph21_idr
from lapak.testing.cast import Cast
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db


def balance(kind: AccountKind, owner: object) -> int:
    return balance_idr(AccountKey(kind, str(owner)))


def test_the_oldest_first_and_again_nothing(cast: Cast, settled: Callable[..., Order]) -> None:
    settled()
    settled()
    assert credit_due_creators() == 1
    assert {(c.state, c.credits, c.taxed_as) for c in Commission.objects.all()} == {("payable", 1, "individual")}
    assert balance(AccountKind.CREATOR_PAYABLE, cast.creator.id) == 19_500
    assert balance(AccountKind.CREATOR_CLEARING, cast.shop.id) == 0
    before = Transfer.objects.count()
    assert credit_creator(cast.creator.id) == 0
    assert credit_due_creators() == 0
    assert Transfer.objects.count() == before


@pytest.mark.unsound_books  # earnings of the year without their orders
def test_tax_is_cumulative_in_the_year_and_begins_anew_with_the_next(cast: Cast, settled: Callable[..., Order]) -> None:
    TaxMonth.objects.create(
        creator=cast.creator, taxed_as="individual", month=date(2026, 3, 1), gross_idr=119_995_000, tax_idr=2_999_875
    )
    with clock.stopped_at(datetime(2026, 12, 31, 16, 59, tzinfo=UTC)):  # 23:59 of Jakarta
        settled()
        credit_creator(cast.creator.id)
    assert balance(AccountKind.TAX_PPH21, PLATFORM) == pph21_idr(10_000, 119_995_000) == 500
    with clock.stopped_at(datetime(2026, 12, 31, 17, 0, tzinfo=UTC)):  # the new year of Jakarta
        settled()
        credit_creator(cast.creator.id)
    assert balance(AccountKind.TAX_PPH21, PLATFORM) == 500 + 250
    months = TaxMonth.objects.order_by("month").values_list("month", "gross_idr", "tax_idr")
    march, december, january = date(2026, 3, 1), date(2026, 12, 1), date(2027, 1, 1)
    assert list(months) == [(march, 119_995_000, 2_999_875), (december, 10_000, 500), (january, 10_000, 250)]


def test_a_credit_over_midnight_is_of_one_year(
    cast: Cast, settled: Callable[..., Order], monkeypatch: pytest.MonkeyPatch
) -> None:
    settled()
    moments = iter([datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC)])  # the last second of the year in Jakarta
    monkeypatch.setattr(clock, "now", lambda: next(moments, datetime(2026, 12, 31, 17, 0, tzinfo=UTC)))
    credit_creator(cast.creator.id)
    assert TaxMonth.objects.get().month == date(2026, 12, 1)
    assert Commission.objects.get().credited_at == datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC)


@pytest.mark.unsound_books  # a debt out of nothing: only its repayment is under test
def test_what_the_creator_owes_is_repaid_first(cast: Cast, settled: Callable[..., Order]) -> None:
    debt = AccountKey(AccountKind.CREATOR_RECEIVABLE, str(cast.creator.id))
    income = AccountKey(AccountKind.PLATFORM_FEE, PLATFORM)
    post_transfers([NewTransfer(TransferCode.LENT_TO_CREATOR, new_id(), debt, income, 12_000)])
    settled()
    credit_creator(cast.creator.id)
    assert (balance_idr(debt), balance(AccountKind.CREATOR_PAYABLE, cast.creator.id)) == (2_250, 0)
    settled()
    credit_creator(cast.creator.id)
    assert (balance_idr(debt), balance(AccountKind.CREATOR_PAYABLE, cast.creator.id)) == (0, 7_500)
