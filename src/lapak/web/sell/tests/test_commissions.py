"""The shop's statement of commissions: its lines sum to the books, whatever happened; on the page, on paper and as a table."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from lapak.affiliates import promotion_cost
from lapak.affiliates.creators import become_creator
from lapak.affiliates.links import create_link
from lapak.affiliates.models import Commission, Programme
from lapak.affiliates.programmes import join_programme
from lapak.affiliates.promotion_cost import cost_of_month, lines_of_month, newest_lines
from lapak.flows.credit_creator import credit_creator
from lapak.flows.place_purchase import place_purchase
from lapak.flows.receive_payment import receive_payment
from lapak.flows.refund_return import approve_return
from lapak.flows.review_commission import freeze_commission
from lapak.flows.ship_order import confirm_receipt, deliver_order, ship_order
from lapak.flows.tests.disputed import tell
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.lib.months import this_month
from lapak.money.payments.models import PaymentIntent
from lapak.money.statements.commands import close_months
from lapak.people.shops.models import Shop
from lapak.testing.cast import Cast, asked_for, click_on, link_to
from lapak.testing.findings import deny_for_good
from lapak.testing.histories import asked_return, delivered_order, tracking_number
from lapak.testing.market import charge_report
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.models import Order
from lapak.web.sell import commissions
from lapak.web.sell.tests.conftest import said

NOVEMBER = datetime(2026, 11, 24, 3, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 14, 3, tzinfo=UTC)
PAGE = "/sell/batik-sekar/balance/commissions"


def sold(cast: Cast, variant: Variant, pieces: int = 1) -> Order:
    """And settled."""
    order = delivered_order(cast, (variant, pieces), click=click_on(link_to(cast, variant.product)))
    confirm_receipt(cast.buyer, order.id)
    return Order.objects.get(id=order.id)


def sent_back(cast: Cast, order: Order, pieces: int) -> None:
    """So many pieces, after the order had settled."""
    approve_return(cast.seller, asked_return(cast, order, pieces=pieces, goods_come_back=False).id)


def denied(cast: Cast, order: Order) -> None:
    commission = Commission.objects.get(order_id=order.id)
    freeze_commission(cast.operator, commission.pk, "A look")
    deny_for_good(cast.operator, commission.pk, "Fraud")


def by_the_books(shop: Shop) -> int:
    """What all commissions cost the shop, told by the ledger's rows alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT coalesce(sum(CASE WHEN debit.kind = 'seller_payable' THEN amount_idr ELSE -amount_idr END), 0)::bigint
            FROM ledger_transfer AS moved JOIN ledger_account AS debit ON debit.id = moved.debit_account_id
            JOIN ledger_account AS credit ON credit.id = moved.credit_account_id
            WHERE debit.owner = %(shop)s AND credit.owner = %(shop)s
                AND array[debit.kind, credit.kind]::text[] @> array['seller_payable', 'creator_clearing']
            """,
            {"shop": str(shop.id)},
        )
        return int(cursor.fetchone()[0])


def by_the_rows(shop: Shop) -> int:
    """And by what the commissions say of themselves."""
    settled = Commission.objects.filter(shop=shop, settled_at__isnull=False, paid_by_platform=False)
    return sum(each.amount_idr for each in settled.exclude(state="reversed"))


def the_month_adds_up(shop: Shop) -> list[int]:
    """Its lines, its sums, the books and the rows say the same; answers the lines."""
    lines = list(lines_of_month(shop, this_month()))
    amounts = [line.amount_idr for line in lines]
    assert sum(amounts) == cost_of_month(shop, this_month()).total_idr == by_the_books(shop) == by_the_rows(shop)
    assert all(line.commission for line in lines)
    return amounts


def table_of(seller: Client, month: str) -> list[list[str]]:
    text = seller.get(f"{PAGE}/{month}.csv").getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_a_sale_a_return_and_a_denial(cast: Cast, variant: Variant) -> None:
    kept, returned, refused = sold(cast, variant), sold(cast, variant, 2), sold(cast, variant)
    credit_creator(cast.creator.id)
    sent_back(cast, returned, 1)
    denied(cast, refused)
    assert sorted(the_month_adds_up(cast.shop)) == [-10_000, -10_000, 10_000, 10_000, 20_000]
    later = {
        line.transfer.reference: line.later_idr
        for line in lines_of_month(cast.shop, this_month())
        if line.amount_idr > 0
    }
    assert later == {kept.id: 0, returned.id: 10_000, refused.id: 10_000}


def test_what_a_bank_took_and_gave_back(cast: Cast, variant: Variant) -> None:
    order = sold(cast, variant)
    tell(order, "lost", 115_000)
    assert the_month_adds_up(cast.shop) == [10_000, -10_000]
    tell(order, "won", 115_000)
    assert the_month_adds_up(cast.shop) == [10_000, -10_000, 10_000]


def test_two_creators_of_one_order_each_have_their_line(cast: Cast, variant: Variant) -> None:
    Programme.objects.filter(pk=cast.programme.pk).update(won_by=Programme.WonBy.SHARED)
    become_creator(cast.stranger, "mas-bagas")
    join_programme(cast.stranger, cast.programme)
    links = [link_to(cast, variant.product), create_link(cast.stranger, product=variant.product)]
    purchase_id = place_purchase(cast.buyer.id, asked_for(cast, (variant, 2)), [click_on(link) for link in links])
    intent = PaymentIntent.objects.get(pays_for=purchase_id)
    receive_payment(charge_report(intent), intent.provider)
    order = Order.objects.get(purchase_id=purchase_id)
    pack_order(cast.seller, order.id)
    ship_order(cast.seller, order.id, tracking_number())
    confirm_receipt(cast.buyer, deliver_order(None, order.id).id)
    sent_back(cast, order, 1)
    assert sorted(the_month_adds_up(cast.shop)) == [-5_000, -5_000, 10_000, 10_000]
    told = [
        (each.amount_idr, each.commission and str(each.commission.creator))
        for each in lines_of_month(cast.shop, this_month())
    ]
    assert {who for _, who in told} == {"@ceu-edoh", "@mas-bagas"}
    assert all(sum(idr for idr, whose in told if whose == who) == 5_000 for who in ("@ceu-edoh", "@mas-bagas"))


def test_what_the_platform_pays_is_no_cost_of_the_shop(cast: Cast, variant: Variant) -> None:
    sold(cast, variant)
    order = delivered_order(cast, (variant, 1), click=click_on(link_to(cast, variant.product)))
    Commission.objects.filter(order_id=order.id).update(paid_by_platform=True)
    confirm_receipt(cast.buyer, order.id)
    assert len(list(lines_of_month(cast.shop, this_month()))) == 1


@pytest.fixture
def two_months(cast: Cast, variant: Variant) -> Order:
    """Sold in November, and one of two pieces sent back in December, in which another was sold."""
    with clock.stopped_at(NOVEMBER):
        order = sold(cast, variant, 2)
    with clock.stopped_at(DECEMBER):
        close_months()
        sent_back(cast, order, 1)
        sold(cast, variant)
    return order


def test_each_month_has_what_moved_in_it(seller: Client, cast: Cast, two_months: Order) -> None:
    with clock.stopped_at(DECEMBER + timedelta(hours=1)):
        november, december = table_of(seller, "2026-11"), table_of(seller, "2026-12")
        assert [row[-1] for row in november[1:]] == ["20000", "20000"]
        assert november[1][2:6] == [two_months.number, "Kemeja Batik Kawung", "ceu-edoh", "10"]
        assert november[1][6] == "10%: the shop's programme for everyone, for all goods."
        assert november[1][7] == "10000", "what came back later"
        assert sorted(row[-1] for row in december[1:-1]) == ["-10000", "10000"], (
            "both at the moment at which the clock stands"
        )
        assert december[-1][-1] == "0"
        page = said(seller, PAGE)
        for words in ("December 2026", "−Rp10.000", "Came back", "@ceu-edoh", two_months.number, "so far"):
            assert words in page
        over = said(seller, f"{PAGE}?month=2026-11")
        assert "Rp10.000 came back later" in over
        assert "so far" not in over
        assert seller.get(f"{PAGE}/2027-01.pdf").status_code == 404
        assert seller.get(f"{PAGE}/2026-13.csv").status_code == 404


def test_the_paper_says_the_same(seller: Client, two_months: Order) -> None:
    with clock.stopped_at(DECEMBER + timedelta(hours=1)):
        answer = seller.get(f"{PAGE}/2026-12.pdf")
    words = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    for expected in ("December 2026", "–Rp10.000", "Rp0", "@ceu-edoh", two_months.number, "Batik Sekar"):
        assert expected in words


def test_a_paper_that_would_be_too_long_leads_to_the_table(
    seller: Client, cast: Cast, variant: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commissions, "LINES_ON_PAPER", 1)
    sold(cast, variant)
    sold(cast, variant)
    answer = seller.get(f"{PAGE}/{this_month():%Y-%m}.pdf")
    assert "more than 1 lines" in PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()


def test_pages_are_turned_to_the_last_line(cast: Cast, variant: Variant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(promotion_cost, "_AT_ONCE", 2)
    for _ in range(3):
        sold(cast, variant)
    denied(cast, Order.objects.latest("placed_at"))
    whole = [line.transfer.id for line in lines_of_month(cast.shop, this_month())]
    turned, mark = [], "nonsense"
    while mark:
        lines, mark = newest_lines(cast.shop, this_month(), mark, 2)
        turned += [line.transfer.id for line in lines]
    assert len(whole) == 4
    assert turned == whole[::-1]


def test_a_page_asks_as_often_for_many_lines(
    seller: Client, cast: Cast, variant: Variant, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(4):
        sold(cast, variant)
    with django_assert_max_num_queries(26):
        assert said(seller, PAGE).count("@ceu-edoh") == 4


def test_who_reads_it(client: Client, seller: Client, cast: Cast) -> None:
    assert "No commission in this month" in said(seller, PAGE)
    assert "Commissions" in said(seller, "/sell/batik-sekar/balance")
    client.force_login(cast.stranger)
    assert client.get(PAGE).status_code == 404
