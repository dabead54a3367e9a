"""What the old platform paid and took, as its seller sees it beside Lapak's own rules."""

from pathlib import Path

import pytest
from django.test import Client, override_settings
from hypothesis import given
from hypothesis import strategies as st

from lapak.lib import clock
from lapak.moving.move_in import move_in
from lapak.moving.past.compared import Paid, RatesOfToday
from lapak.moving.past.models import PastIncomeMonth, PastOrder
from lapak.moving.tests.incomes import as_workbook, settled, shopee, tiktok
from lapak.moving.tests.test_past_orders import as_csv, bought
from lapak.people.shops.models import Member
from lapak.testing.cast import Cast
from lapak.testing.rows_read import plan_as_in_service, rows_read
from lapak.web.sell.tests.conftest import said

PAGE = "/sell/batik-sekar/before/income"


@pytest.fixture
def reports(cast: Cast, tmp_path: Path) -> None:
    """Two months of one platform, 300,000 sold, and one of another; and an order that no report names."""
    rows = [
        settled(1, **{"Biaya =baru": "0"}),
        settled(2, platform="-24000", fees="-35500", paid="64500"),
        settled(3, on="2023/10/02", **{"Biaya =baru": "-700"})
        | {"Total Fees": "-16200", "Total settlement amount": "83800"},
    ]
    files = [
        as_workbook(tmp_path / "income.xlsx", tiktok(*rows)),
        as_workbook(tmp_path / "Income.xlsx", shopee(), "Income"),
        as_csv(tmp_path / "orders.csv", [bought(n) for n in (1, 2, 3, 4)]),
    ]
    move_in(cast.seller, files, cast.shop)


def text_of(client: Client, path: str = PAGE) -> str:
    return " ".join(said(client, path).split())


def test_without_reports_the_page_says_how_they_come(seller: Client) -> None:
    assert "No report of income is here" in text_of(seller)
    assert seller.get(f"{PAGE}/file").status_code == 404
    assert "/before" not in said(seller, "/sell/batik-sekar/products")


@pytest.mark.usefixtures("reports")
def test_both_stand_side_by_side(seller: Client) -> None:
    page = text_of(seller)
    assert "What TikTok Shop paid you" in page
    assert "3 orders" in page
    assert "Rp67.200" in page  # taken there: 15,500 + 35,500 + 16,200
    assert "22.4% of the revenue" in page
    assert "Rp232.800" in page  # paid out
    assert "Rp6.000" in page  # 2 % of 300,000
    assert "Rp660" in page  # 11 % of that
    assert "Rp263.340" in page  # less 30,000 of commission
    assert all(words in page for words in ("Platform commission", "Biaya =baru", "September 2023", "October 2023"))
    assert "What Shopee paid you" in text_of(seller, f"{PAGE}?from=shopee")
    assert PAGE in said(seller, "/sell/batik-sekar/before")


@pytest.mark.usefixtures("reports")
def test_an_order_that_no_report_names_is_listed(seller: Client) -> None:
    page = text_of(seller)
    assert "Not found in the reports you loaded" in page
    assert "515447248805000004" in page
    assert "515447248805000003" not in page


@pytest.mark.usefixtures("reports")
def test_the_months_leave_as_a_file_in_which_nothing_reckons(seller: Client) -> None:
    header, september, october = seller.get(f"{PAGE}/file").getvalue().decode("utf-8-sig").splitlines()
    assert header.startswith("month,orders,revenue_idr,")
    assert header.endswith(
        "adjustment_idr,paid_idr,here_fee_idr,here_vat_idr,here_tax_idr,here_commission_idr,here_kept_idr"
    )
    assert "Biaya =baru" in header
    assert september.startswith("2023-09,2,200000,")
    assert september.endswith(",0,149000,4000,440,0,20000,175560")
    assert october.startswith("2023-10,1,100000,")


@pytest.mark.usefixtures("reports")
def test_vat_is_told_where_the_operator_owes_it(seller: Client) -> None:
    assert "VAT on Lapak" in text_of(seller)
    with override_settings(TAXABLE_SINCE=None):
        page = text_of(seller)
    assert "VAT on Lapak" not in page
    assert "Rp264.000" in page


@pytest.mark.usefixtures("reports")
def test_who_packs_orders_reads_no_money(client: Client, cast: Cast) -> None:
    Member.objects.create(shop=cast.shop, user=cast.stranger, role=Member.Role.ORDERS)
    client.force_login(cast.stranger)
    for path in (PAGE, f"{PAGE}/file"):
        answer = client.get(path)
        assert answer.status_code == 403
        assert "232.800" not in answer.content.decode()


@pytest.mark.usefixtures("reports")
def test_a_stranger_sees_nothing_of_it(client: Client, cast: Cast) -> None:
    client.force_login(cast.stranger)
    for path in (PAGE, f"{PAGE}/file"):
        assert client.get(path).status_code == 404


def test_the_page_reads_no_more_with_many_orders(seller: Client, cast: Cast) -> None:
    read = []
    for orders in (100, 5_000):
        PastIncomeMonth.objects.all().delete()
        PastIncomeMonth.objects.create(
            shop=cast.shop, platform="shopee", month="2023-09-01", orders=orders, revenue_idr=9, fees={}, adjustment_idr=0,
            paid_idr=9,
        )  # fmt: skip
        PastOrder.objects.bulk_create(
            PastOrder(
                shop=cast.shop, platform="shopee", source_id=f"{orders}-{n}", state="completed", placed_at=clock.now(),
                is_unpaid=n < 10 and orders == 100,
            )
            for n in range(orders)
        )  # fmt: skip
        plan_as_in_service()
        seller.get(PAGE)
        with rows_read() as rows:
            assert seller.get(PAGE).status_code == 200
        read.append(rows.total())
    assert read[1] <= read[0]


IDR = st.integers(-1_000_000_000, 1_000_000_000)


@given(
    revenue=IDR,
    fees=st.dictionaries(st.sampled_from(["affiliate", "platform", "income_tax", "Biaya baru"]), IDR),
    adjustment=IDR,
    paid=IDR,
    rates=st.builds(RatesOfToday, st.integers(0, 3_000), st.sampled_from([0, 50]), st.booleans()),
)
def test_all_parts_come_to_the_whole(
    revenue: int, fees: dict[str, int], adjustment: int, paid: int, rates: RatesOfToday
) -> None:
    month = PastIncomeMonth(orders=1, revenue_idr=revenue, fees=fees, adjustment_idr=adjustment, paid_idr=paid)
    two = Paid([month, month])
    assert two.revenue_idr - two.all_taken_idr + two.adjustment_idr + two.unexplained_idr == two.paid_idr
    here = two.here(rates)
    parts = (here.fee_idr, here.vat_idr, here.tax_idr, here.commission_idr, here.kept_idr)
    assert min(parts) >= 0
    assert sum(parts) == here.sold_idr == max(0, 2 * revenue)
