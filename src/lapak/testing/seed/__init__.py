"""A big market that is sound: for measuring what a page, a sweep or an act costs where there is much of everything.

A few orders are brought into every state by the acts that lead there (`patterns`); the rest are their traces once more,
with another buyer, shop, goods, creator and time (`repeating`). So `lapak check-books` finds nothing, and what the acts
write in future is in the seed as well.
"""

import random
from collections.abc import Callable

from django.db import connection, transaction

from lapak.affiliates.discovery.commands import list_promotable_goods
from lapak.flows.pay_out import confirm_payout, send_due_payouts
from lapak.lib import clock
from lapak.lib.owner import as_owner
from lapak.money.ledger.commands import take_snapshots
from lapak.money.payouts.models import PayoutBatch
from lapak.testing.cast import Cast, assemble_cast
from lapak.testing.seed.clicks import copy_clicks
from lapak.testing.seed.goods import copy_goods, copy_stock
from lapak.testing.seed.patterns import make_patterns
from lapak.testing.seed.people import bring_people
from lapak.testing.seed.promotion import seed_promotion
from lapak.testing.seed.repeating import repeat_orders
from lapak.testing.seed.reviews import seed_reviews
from lapak.testing.seed.trace import Trace

Told = Callable[[str], object]

PAID_OUT_SHARE = 0.9
"""So much of the market's past has been paid out; the payout desk is to have something due."""


def seed_market(products: int, orders: int, clicks: int, told: Told = lambda _: None) -> Cast:
    """The database has so many more products, orders and clicks; answers the cast, to whom a good part of it happened.

    Half of the goods are the cast's shop's, the rest 500 small shops' (fewer, while they have at least ten each); a
    twentieth of the orders are its buyer's, half of all commissions and a third of all clicks its creator's. The same
    figures make the same market, but for its ids.
    """
    chance = random.Random(20_190_515)  # noqa: S311 - no secret
    with transaction.atomic():
        cast = assemble_cast()
        people = bring_people(cast, products, orders)
        told(f"{len(people.shops):,} shops, {len(people.creators):,} creators, {len(people.buyers):,} buyers")
        goods = copy_goods(people, products, chance)
        told(f"{products:,} products")
        traces = [Trace(pattern) for pattern in make_patterns(cast)]
        before = int(orders * PAID_OUT_SHARE)
        stock = repeat_orders(traces, people, goods, before, chance)
    told(f"{before:,} orders")
    _know_the_tables()
    _pay_out()
    told("paid out")
    with transaction.atomic():
        stock += repeat_orders(traces, people, goods, orders - before, chance)
        seed_reviews()
        copy_stock(stock)
        copy_clicks(people, clicks, chance)
        seed_promotion()
    take_snapshots()
    list_promotable_goods()
    told(f"{orders:,} orders and {clicks:,} clicks")
    return cast


def _know_the_tables() -> None:
    """As autovacuum has by the time that so much is paid out: the database knows how many rows there are."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _pay_out() -> None:
    """All that is due, arrived; no provider hears of it."""
    batch = send_due_payouts(None, "sandbox")
    if batch is None:
        return
    PayoutBatch.objects.filter(id=batch.id).update(dispatched_at=clock.now())
    for payout in batch.payouts.all():
        confirm_payout(None, payout.id)
