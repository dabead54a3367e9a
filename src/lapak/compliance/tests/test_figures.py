"""The figures of a quarter: what is in it, that they agree with the ledger, and that few people are not shown alone."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count
from uuid import UUID

import pytest
import uuid_utils.compat
from django.db.models import Sum

from lapak.compliance.errors import NoSuchPeriod
from lapak.compliance.figures import (
    LEAST_PEOPLE,
    OTHERS,
    POSTED,
    Group,
    Quarter,
    closed_quarter,
    closed_quarters,
    figures_of,
    gathered,
    last_closed,
    quarter_of,
)
from lapak.flows.cancel_order import cancel_paid_order
from lapak.flows.settle_order import settle_order
from lapak.flows.ship_order import confirm_receipt
from lapak.flows.tests.disputed import tell
from lapak.lib import clock
from lapak.lib.ids import first_id_at
from lapak.money.ledger.models import Transfer
from lapak.money.ledger.transfers import TransferCode
from lapak.people.shops.models import Shop
from lapak.testing.cast import Cast, assemble_cast, stocked_variant
from lapak.testing.histories import delivered_order, paid_order
from lapak.trade.orders.models import Order

TODAY = date(2026, 11, 28)
Q3 = Quarter(2026, 3)


def test_a_quarter_is_three_whole_months() -> None:
    assert (Q3.begin, Q3.end, str(Q3)) == (date(2026, 7, 1), date(2026, 10, 1), "2026-Q3")
    assert [str(quarter_of(date(2026, month, 1))) for month in (1, 3, 4, 12)] == [
        "2026-Q1", "2026-Q1", "2026-Q2", "2026-Q4",
    ]  # fmt: skip
    assert (Quarter(2025, 4).next, Quarter(2026, 1).before) == (Quarter(2026, 1), Quarter(2025, 4))


def test_only_what_is_over_is_told() -> None:
    assert closed_quarter("2026-Q3", TODAY) == last_closed(TODAY) == Q3
    assert closed_quarter("2026-Q3", date(2026, 10, 1)) == Q3
    assert closed_quarters(TODAY, date(2026, 2, 3)) == [Q3, Quarter(2026, 2), Quarter(2026, 1)]
    for text in ("2026-Q4", "2026-Q5", "2026", "", "0000-Q1", "9999-Q4", "2026-Q3 "):
        with pytest.raises(NoSuchPeriod):
            closed_quarter(text, TODAY)
    with pytest.raises(NoSuchPeriod):
        closed_quarter("2026-Q3", date(2026, 9, 30))


@pytest.mark.parametrize(
    ("people", "shown"),
    [
        ([9, 5], [9, 5]),
        ([9, 3, 2], [9]),  # the same people may be in several groups: those of the largest are counted
        ([9, 7, 1], [9, 7]),  # small groups would be known by what is left: another goes with them
        ([9, 1], [9]),
        ([2, 1], []),
        ([], []),
    ],
)
def test_few_people_are_shown_with_others_or_not_at_all(people: list[int], shown: list[int]) -> None:
    groups = gathered([Group(f"{n}", count, count * 2, count * 10) for n, count in enumerate(people)])
    assert [group.people for group in groups] == shown
    assert sum(group.amount_idr for group in groups) == (sum(people) * 10 if shown else 0)
    assert [group.name == OTHERS for group in groups] == [
        min(people) < LEAST_PEOPLE and n == len(shown) - 1 for n in range(len(shown))
    ]


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 3, tzinfo=UTC)


@pytest.fixture
def ids_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids are made by the machine's own clock, which cannot be stopped; orders are found by them."""
    one_more, bits_of_uuid7 = count(), 7 << 76 | 0b10 << 62
    monkeypatch.setattr(
        uuid_utils.compat, "uuid7", lambda: UUID(int=first_id_at(clock.now()).int | bits_of_uuid7 | next(one_more))
    )


@pytest.fixture
def traded(db: None, ids_by_the_clock: None) -> Iterator[Cast]:
    """In the third quarter two orders were settled and one cancelled; before and after it, one each was paid."""
    with clock.stopped_at(at(6, 20)):
        cast = assemble_cast()
        Shop.objects.update(created_at=at(6, 20))
        goods = stocked_variant(cast.shop, on_hand=50)
        paid_order(cast, (goods, 1))
    with clock.stopped_at(at(8, 3)):
        for pieces in (1, 2):
            order = delivered_order(cast, (goods, pieces))
            confirm_receipt(cast.buyer, order.id)
            settle_order(order.id)
        cancel_paid_order(cast.buyer, paid_order(cast, (goods, 1)).id, reason="Salah pesan.")
    with clock.stopped_at(at(10, 2)):
        paid_order(cast, (goods, 1))
        yield cast


def posted(code: TransferCode) -> int:
    quarter = Transfer.objects.filter(code=code, posted_at__gte=at(7, 1), posted_at__lt=at(10, 1))
    return int(quarter.aggregate(idr=Sum("amount_idr", default=0))["idr"])


def test_it_says_what_the_quarter_was_and_the_ledger_says_the_same(traded: Cast) -> None:
    totals = figures_of(Q3).totals
    assert totals["orders"] == 3
    assert (totals["orders_completed"], totals["orders_cancelled"]) == (2, 1)
    assert (totals["shops"], totals["shops_that_sold"], totals["buyers"]) == (1, 1, 1)
    assert totals["goods_idr"] == 400_000
    assert totals["goods_idr"] + totals["shipping_idr"] == posted(TransferCode.PAYMENT_RECEIVED)
    assert totals["refunded_idr"] == posted(TransferCode.ORDER_REFUNDED) == 115_000
    assert {name: totals[name] for name in POSTED} == {
        name: sum(posted(code) for code in codes) for name, codes in POSTED.items()
    }
    assert totals["fees_idr"] > 0


def test_one_buyer_is_in_no_table_and_five_are(traded: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not any(figures_of(Q3).tables.values())
    monkeypatch.setattr("lapak.compliance.figures.LEAST_PEOPLE", 1)
    figures = figures_of(Q3)
    for name, groups in figures.tables.items():
        assert sum(group.orders for group in groups) == figures.totals["orders"], name
        paid_idr = figures.totals["goods_idr"] + (figures.totals["shipping_idr"] if name == "payment" else 0)
        assert sum(group.amount_idr for group in groups) == paid_idr, name
    assert figures.tables["shops_by_province"][0].name == traded.shop.province_code


def test_an_empty_quarter_is_all_noughts(db: None) -> None:
    figures = figures_of(Q3)
    assert set(figures.totals.values()) == {0}
    assert not any(figures.tables.values())


def test_what_was_undone_is_told_no_more(market: Cast) -> None:
    order = Order.objects.get()
    told_before = figures_of(quarter_of(clock.today())).totals
    tell(order, "lost", 115_000)
    tell(order, "won", 115_000)
    assert figures_of(quarter_of(clock.today())).totals == told_before
