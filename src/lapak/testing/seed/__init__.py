"""A big market that is sound: for measuring what a page, a sweep or an act costs where there is much of everything.

A few orders are brought into every state by the acts that lead there (`patterns`); the rest are their traces once more,
with another buyer, shop, goods, creator and time (`repeating`). So `lapak check-books` finds nothing, and what the acts
write in future is in the seed as well.
"""

import random
from collections.abc import Callable, Sequence

from django.db import connection, transaction

from lapak.affiliates.clicks.commands import add_up_click_days
from lapak.affiliates.discovery.commands import list_promotable_goods
from lapak.affiliates.profiles.results import COUNTED_AT_ONCE, count_all_results
from lapak.affiliates.results.commands import ADDED_UP_AT_ONCE, add_up_results
from lapak.affiliates.withholding.commands import SLIPS_AT_ONCE, issue_slips
from lapak.flows.pay_out import confirm_payout, send_due_payouts
from lapak.lib import clock
from lapak.money.ledger.commands import take_snapshots
from lapak.money.payouts.models import PayoutBatch
from lapak.money.statements.commands import close_months
from lapak.testing.cast import Cast, assemble_cast
from lapak.testing.seed.clicks import copy_clicks
from lapak.testing.seed.findings import bring_findings
from lapak.testing.seed.goods import Stocked, copy_goods, copy_stock
from lapak.testing.seed.patterns import make_patterns
from lapak.testing.seed.people import bring_people
from lapak.testing.seed.profiles import bring_profiles, invite_all
from lapak.testing.seed.promotion import seed_promotion
from lapak.testing.seed.repeating import Market, repeat_orders
from lapak.testing.seed.reviews import seed_reviews
from lapak.testing.seed.samples import bring_samples
from lapak.testing.seed.trace import Trace

Told = Callable[[str], object]

PAID_OUT_SHARE = 0.9
"""So much of the market's past has been paid out; the payout desk is to have something due."""


def seed_market(products: int, orders: int, clicks: int, *, commissions: int = 0, told: Told = lambda _: None) -> Cast:
    """The database has so many more products, orders and clicks; answers the cast, to whom a good part of it happened.

    Half of the goods are the cast's shop's, the rest 500 small shops' (fewer, while they have at least ten each); a
    twentieth of the orders are its buyer's, half of their commissions and a third of all clicks its creator's, and so are
    all `commissions`, each of one more order. The same figures make the same market, but for its ids.
    """
    chance = random.Random(20_190_515)  # noqa: S311 - no secret
    with transaction.atomic():
        cast = assemble_cast()
        people = bring_people(cast, products, orders)
        told(f"{len(people.shops):,} shops, {len(people.creators):,} creators, {len(people.buyers):,} buyers")
        goods = copy_goods(people, products, chance)
        told(f"{products:,} products")
        market = Market(people, goods, chance)
        traces = [Trace(pattern) for pattern in make_patterns(cast)]
        before, earned_before = int(orders * PAID_OUT_SHARE), int(commissions * PAID_OUT_SHARE)
        stock = _repeat(traces, market, before, earned_before)
    told(f"{before + earned_before:,} orders")
    _know_the_tables()
    _pay_out()
    told("paid out")
    with transaction.atomic():
        stock += _repeat(traces, market, orders - before, commissions - earned_before)
        seed_reviews()
        bring_samples(people, goods, orders, stock, chance)
        copy_stock(stock)
        bring_findings(people, cast.operator)
        copy_clicks(people, clicks, chance)
        seed_promotion()
        bring_profiles(people, chance)
        invite_all(people)
    _know_the_tables()
    take_snapshots()
    _let_nights_pass()
    told(f"{orders + commissions:,} orders and {clicks:,} clicks")
    return cast


def _repeat(traces: Sequence[Trace], market: Market, orders: int, commissions: int) -> Stocked:
    """Orders of every kind, and those that the first creator's links led to."""
    linked = [trace for trace in traces if trace.pattern.is_linked]
    return repeat_orders(traces, market, orders) + repeat_orders(linked, market, commissions, of_first_creator=1)


def _let_nights_pass() -> None:
    """What jobs of the night do with all that happened so far (flows/tasks.py)."""
    add_up_click_days()
    while add_up_results() == ADDED_UP_AT_ONCE:
        pass
    list_promotable_goods()
    while count_all_results() == COUNTED_AT_ONCE:
        pass
    close_months()
    while issue_slips() == SLIPS_AT_ONCE:
        pass


def _know_the_tables() -> None:
    """As autovacuum has by the time that so much is paid out: the database knows how many rows there are."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _pay_out() -> None:
    """All that is due, arrived; no provider hears of it."""
    batch = send_due_payouts(None, "sandbox")
    if batch is None:
        return
    PayoutBatch.objects.filter(id=batch.id).update(dispatched_at=clock.now())
    for payout in batch.payouts.all():
        confirm_payout(None, payout.id)
