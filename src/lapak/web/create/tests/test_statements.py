"""A creator's month: its balance at the beginning and at the end, on the page, on paper and as a table."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pypdf import PdfReader

from lapak.flows.credit_creator import credit_creator
from lapak.flows.pay_out import confirm_payout, send_due_payouts
from lapak.flows.ship_order import confirm_receipt
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payouts.models import Payout
from lapak.money.statements.commands import close_months
from lapak.money.statements.models import MonthEnd
from lapak.testing.cast import Cast, click_on, link_to
from lapak.testing.histories import delivered_order

NOVEMBER = datetime(2026, 11, 24, 3, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 14, 3, tzinfo=UTC)


def sell(cast: Cast, variant: Variant) -> None:
    order = delivered_order(cast, (variant, 1), click=click_on(link_to(cast, variant.product)))
    confirm_receipt(cast.buyer, order.id)
    credit_creator(cast.creator.id)


@pytest.fixture
def two_months(cast: Cast, variant: Variant) -> AccountKey:
    """One sale in November; another in December, when the first is paid out."""
    with clock.stopped_at(NOVEMBER):
        sell(cast, variant)
    with clock.stopped_at(DECEMBER):
        assert close_months() == 2, "the shop's and the creator's"
        assert close_months() == 0
        send_due_payouts(None, "bank_file")
        for payout in Payout.objects.all():
            confirm_payout(None, payout.id)
        sell(cast, variant)
    return AccountKey(AccountKind.CREATOR_PAYABLE, str(cast.creator.id))


def table_of(creator: Client, month: str) -> list[list[str]]:
    text = creator.get(f"/create/statements/{month}.csv").getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_each_month_begins_where_the_one_before_ended(creator: Client, two_months: AccountKey) -> None:
    with clock.stopped_at(DECEMBER + timedelta(hours=1)):
        november, december = table_of(creator, "2026-11"), table_of(creator, "2026-12")
        assert [row[4] for row in november[1:]] == ["0", "10000", "9750", "9750"]
        assert [row[4] for row in december[1:]] == ["9750", "0", "10000", "9750", "9750"]
        assert balance_idr(two_months) == 9_750
        page = creator.get("/create/statements").text
        for words in ("+Rp10.000", "−Rp250", "−Rp9.750", "Balance now"):
            assert words in page
        over = creator.get("/create/statements?month=2026-11").text
        assert "Balance at the end" in over
        assert "−Rp9.750" not in over
        assert creator.get("/create/statements/2027-01.pdf").status_code == 404
        assert creator.get("/create/statements/2026-13.csv").status_code == 404


def test_the_paper_says_the_same(creator: Client, two_months: AccountKey) -> None:
    with clock.stopped_at(DECEMBER + timedelta(hours=1)):
        answer = creator.get("/create/statements/2026-12.pdf")
    words = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    for expected in ("December 2026", "Rp9.750", "Rp10.000", "–Rp250", "@ceu-edoh"):
        assert expected in words


def test_a_statement_without_closed_months_reads_them_itself(creator: Client, two_months: AccountKey) -> None:
    MonthEnd.objects.all().delete()
    with clock.stopped_at(DECEMBER + timedelta(hours=1)):
        assert [row[4] for row in table_of(creator, "2026-12")[1:]] == ["9750", "0", "10000", "9750", "9750"]


def test_nothing_moved_says_so(creator: Client, cast: Cast) -> None:
    page = creator.get("/create/statements?month=nonsense").text
    assert "No money moved in this month." in page
