"""PPh 22 as it was announced, suspended and announced again in 2026, replayed whole: docs/concepts/taxes.md."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.test import Client

from lapak.compliance.law import LAW
from lapak.compliance.report import report
from lapak.flows.clocks import run_due_clocks
from lapak.flows.tell_people.of_taxes import tell_shops_of_withheld_back
from lapak.flows.tests.told import facts_of
from lapak.flows.withheld_back import refund_pph22
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import PLATFORM, AccountKey
from lapak.money.taxes.letters import accept_letter, name_taxpayer
from lapak.testing.cast import Cast
from lapak.testing.taxes import DECREE, NIK, on, set_from, sold_on, stated
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db

BEGINS, SUSPENDED, BEGINS_AGAIN = date(2026, 8, 1), date(2026, 8, 5), date(2026, 11, 1)
PPH22 = AccountKey(AccountKind.TAX_PPH22, PLATFORM)
A_DAY = timedelta(days=1)


def test_announced_suspended_given_back_and_announced_again(cast: Cast, operator: Client) -> None:
    before = sold_on(cast, BEGINS - A_DAY)
    with on(BEGINS - A_DAY):
        name_taxpayer(cast.seller, cast.shop.id, kind="individual", name="Sekar Ayu", number=NIK)
    set_from(cast, BEGINS, is_on=True)

    withheld = [sold_on(cast, BEGINS), sold_on(cast, SUSPENDED - A_DAY, 300_000)]
    assert _rates(before, *withheld) == [0, 50, 50]
    assert balance_idr(PPH22) == 2_000
    assert _law_holds(SUSPENDED - A_DAY)

    set_from(cast, SUSPENDED, is_on=False)
    after = sold_on(cast, SUSPENDED)
    with on(SUSPENDED):
        refund_pph22(cast.operator, first_day=BEGINS, last_day=SUSPENDED - A_DAY, words=DECREE)
        run_due_clocks()
        assert tell_shops_of_withheld_back() == 1
    assert _rates(after) == [0]
    assert balance_idr(PPH22) == 0
    assert "pph22_given_back" in facts_of(cast.seller)
    assert not _law_holds(SUSPENDED)

    set_from(cast, BEGINS_AGAIN, is_on=True)
    again = sold_on(cast, BEGINS_AGAIN)
    with on(BEGINS_AGAIN):
        accept_letter(cast.operator, stated(cast).id)
    exempt = sold_on(cast, BEGINS_AGAIN + A_DAY)
    assert _rates(again, exempt) == [50, 0]
    assert balance_idr(PPH22) == 500
    assert _law_holds(BEGINS_AGAIN)

    with on(date(2026, 12, 1)):
        assert _sum_of_file(operator, 8) == ["0", "0"]
        assert _sum_of_file(operator, 11) == ["100000", "500"]


def _rates(*orders: Order) -> list[int]:
    return [
        order.pph22_bp or 0 for order in Order.objects.filter(id__in=[each.id for each in orders]).order_by("paid_at")
    ]


def _law_holds(day: date) -> bool:
    """Whether the report of the law for that day finds it withheld."""
    with on(day):
        (line,) = report(day, [next(rule for rule in LAW if rule.id == "TAX-PPH22")])
    return bool(line.holds)


def _sum_of_file(operator: Client, month: int) -> list[str]:
    """Base and tax together, as the tax office is told."""
    answer = operator.get(f"/staff/tax-desk/pph22-2026-{month}.csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    return [rows[-1][5], rows[-1][7]]
