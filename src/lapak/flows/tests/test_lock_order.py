"""Whatever anyone does, rows are locked in the order of lib/acts.py: then nobody waits in a ring."""

import random
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lapak.flows.credit_creator import credit_creator
from lapak.flows.place_purchase import place_purchase
from lapak.flows.receive_dispute import receive_dispute
from lapak.flows.receive_payment import receive_payment
from lapak.flows.refund_return import approve_return
from lapak.flows.ship_order import confirm_receipt, ship_order
from lapak.flows.tests.everyone import ACTS, at, time_passes
from lapak.lib import clock
from lapak.lib.refusal import Refusal
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payments.models import PaymentIntent
from lapak.testing.cast import Cast, asked_for
from lapak.testing.histories import tracking_number
from lapak.testing.market import Market, charge_report, dispute_report, open_market
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.models import Order
from lapak.trade.returns.models import Return

pytestmark = pytest.mark.django_db

ORDER = (
    "orders_order",
    "returns_return",
    "reviews_review",
    "samples_sample",
    "catalogue_stock",
    "payments_paymentintent",
    "payments_refund",
    "affiliates_commission",
    "posts_post",
    "posts_postoffer",
    "integrity_finding",
    "payouts_payout",
    "withholding_taxmonth",
    "ledger_account",
)
AN_ID = re.compile(r"[0-9a-f]{32}")
START = datetime(2026, 12, 21, 3, 0, tzinfo=UTC)


def locks_of_each_act(statements: list[str]) -> Iterator[list[str]]:
    """The tables whose rows each outermost act locks, in the order of their first lock."""
    depth, locked = 0, list[str]()
    for statement in statements:
        if statement.startswith("SAVEPOINT"):
            depth += 1
        elif statement.startswith(("RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")):
            depth -= statement.startswith("RELEASE")
        elif "FOR NO KEY UPDATE" in statement:
            locked += [table for table in ORDER if table in statement and table not in locked]
        if depth == 0 and locked:
            yield locked
            locked = []


def anyone_does_anything(market: Market, chance: random.Random) -> Iterator[list[str]]:
    """Four purchases are paid; then acts by chance, the usual steps most, with time going by."""
    now, usual = START, [name for name in sorted(ACTS) if "on" in name.split() or name in {"credit", "pay out"}]
    for n in range(100):
        name = "buy" if n < 4 else chance.choice(usual if n % 2 else sorted(ACTS))
        with CaptureQueriesContext(connection) as captured, suppress(Refusal):
            if n % 20 == 19:
                now += timedelta(hours=chance.choice((1, 49, 150)))
                time_passes(now)
            else:
                at(now, ACTS[name], market, chance.randrange(1000))
        yield from locks_of_each_act([query["sql"] for query in captured])
        if n == 4:
            with CaptureQueriesContext(connection) as captured, clock.stopped_at(now):
                for intent in PaymentIntent.objects.all():
                    receive_payment(charge_report(intent), intent.provider)
            yield from locks_of_each_act([query["sql"] for query in captured])


def refuse_another_order(acts: Iterator[list[str]]) -> set[str]:
    """Answers which tables were locked at all."""
    seen = set()
    for locked in acts:
        assert locked == sorted(locked, key=ORDER.index), f"not in the order of lib/acts.py: {locked}"
        seen.update(locked)
    return seen


@pytest.mark.usefixtures("partner")
def test_everyone_locks_in_one_order() -> None:
    with clock.stopped_at(START):
        market = open_market()
    seen = refuse_another_order(anyone_does_anything(market, random.Random(1)))
    assert {"orders_order", "payments_paymentintent", "affiliates_commission", "ledger_account"} <= seen


def test_a_refund_after_settlement_too(cast: Cast, delivered: Order, ask: Callable[..., Return]) -> None:
    confirm_receipt(cast.buyer, delivered.id)
    credit_creator(cast.creator.id)
    return_ = ask(1, goods_come_back=False)
    with CaptureQueriesContext(connection) as captured:
        approve_return(cast.seller, return_.id)
    seen = refuse_another_order(locks_of_each_act([query["sql"] for query in captured]))
    assert {"orders_order", "affiliates_commission", "withholding_taxmonth", "ledger_account"} <= seen


def test_a_dispute_of_two_settled_orders_locks_all_accounts_at_once() -> None:
    """Order by order it would wait in a ring with whoever pays out or credits the same people."""
    market = open_market()
    cast, variants = market.casts[0], market.variants[1:3]
    purchase_id = place_purchase(cast.buyer.id, asked_for(cast, (variants[0], 1), (variants[1], 1)))
    intent = PaymentIntent.objects.get(pays_for=purchase_id)
    receive_payment(charge_report(intent), intent.provider)
    for order in Order.objects.filter(purchase_id=purchase_id):
        pack_order(market.seller_of(order), order.id)
        ship_order(market.seller_of(order), order.id, tracking_number())
        confirm_receipt(cast.buyer, order.id)
    with CaptureQueriesContext(connection) as captured:
        receive_dispute(dispute_report(intent, status="lost", reference="dp1"), intent.provider)
    statements = [query["sql"] for query in captured]
    refuse_another_order(locks_of_each_act(statements))
    first, *later = [
        set(AN_ID.findall(sql)) for sql in statements if "FOR NO KEY UPDATE" in sql and "ledger_account" in sql
    ]
    shops = {AccountKey(AccountKind.SELLER_PAYABLE, str(variant.product.shop_id)).id.hex for variant in variants}
    assert shops <= first
    assert later
    assert all(again <= first for again in later)
