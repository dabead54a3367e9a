"""`checkout`: a signed-in buyer's purchase over HTTP, against the same rows written by pgbench in one transaction.

./lapak bench checkout [--json] [--seconds 5] [--rounds 5] [--buyers 8]
"""

import itertools
import json as jsonlib
import re
from collections.abc import Iterator
from pathlib import Path

from bench.load import Load, run_load
from bench.market import Market, analyse, open_market
from bench.measure import Result, Work, alternate, database_version, pgbench, report, summarise
from bench.stage import Server, running_server, throwaway_stage
from lapak.testing.books import broken_rules
from lapak.trade.orders.models import Order, OrderContract

VARIANTS = 10_000
LIMIT_SCRIPT = Path(__file__).with_name("checkout_limit.sql")

FASTEST_PER_S = 3_000
"""More than any machine here came to: so many buyers are there."""

WARM_UP = 500


def main(*, json: bool = False, seconds: float = 5, rounds: int = 5, buyers: int = 8) -> Result:
    """Measure, print, and answer the result. Fails if a purchase that was answered is not there, or the books are off."""
    there = int(seconds * rounds * FASTEST_PER_S / 5) + 2 * WARM_UP
    with throwaway_stage() as stage, running_server("lapak.config.worker:load", stage) as server:
        market = open_market(buyers=there, on_hand=[10**6] * VARIANTS)
        purchases = market.purchases(n * 7919 % VARIANTS for n in itertools.count())
        warm_up(server, purchases, buyers)
        limit_script = _limit_script(market)
        ours, limit = alternate(
            lambda: measured(server, purchases, seconds, buyers),
            lambda: pgbench(stage, limit_script, clients=buyers, seconds=seconds),
            rounds,
        )
        answered = 2 * WARM_UP + sum(load.answers for load, _ in ours)
        placed = OrderContract.objects.exclude(body__has_key="pgbench").count()
        problems = broken_rules()
    rates = [load.per_second for load, _ in ours]
    works = [work for _, work in ours]
    latencies = [ms for load, _ in ours for ms in load.latencies_ms]
    result = summarise("checkout", "purchases/s", rates, limit, latencies, work=Work.median(works))
    busiest = max(load.client_share for load, _ in ours)
    notes = [
        f"{buyers} buyers at a time, {VARIANTS:,} variants",
        f"{answered:,} answered, {placed:,} stored; books: {problems or 'sound'}",
        f"the load generator used {busiest:.0%} of a core at most",
    ]
    report(result, rates, limit, notes, as_json=json)
    if problems or answered != placed:
        raise SystemExit("what was answered is not what is stored")
    return result


def warm_up(server: Server, purchases: Iterator[bytes], buyers: int) -> None:
    """Twice, with what the database knows of its tables taken anew."""
    for _ in range(2):
        run_load(server.port, list(itertools.islice(purchases, WARM_UP)), connections=buyers)
        analyse()


def measured(server: Server, purchases: Iterator[bytes], seconds: float, buyers: int) -> tuple[Load, Work]:
    """A run of purchases that were made ready before it, and the processor time each took."""
    ready = list(itertools.islice(purchases, int(seconds * FASTEST_PER_S)))
    before = server.cpu_seconds(), server.database_cpu_seconds()
    load = run_load(server.port, ready, connections=buyers, seconds=seconds)
    python_s, database_s = server.cpu_seconds() - before[0], server.database_cpu_seconds() - before[1]
    if set(load.statuses) != {303}:
        raise SystemExit(f"expected only 303, got {dict(load.statuses)}")
    return load, Work(1000 * python_s / load.answers, 1000 * database_s / load.answers)


def _limit_script(market: Market) -> str:
    """The limit's script for this stage: the buyers, shop and link it writes about, and a contract of the usual size."""
    order = Order.objects.select_related("purchase", "agreement").latest("placed_at")
    known = {
        "new_id": "uuidv7()" if database_version() >= 180_000 else "gen_random_uuid()",
        "shop": market.cast.shop.id,
        "creator": market.cast.creator.id,
        "link": market.link.id,
        "programme": market.cast.programme.id,
        "last_variant": VARIANTS - 1,
        "first_buyer": market.buyers,
        "last_buyer": 2 * market.buyers - 1,
        "address": jsonlib.dumps(order.purchase.address),
        "contract": jsonlib.dumps(order.contract | {"pgbench": True}).replace("'", "''"),
    }
    return re.sub(r"\{(\w+)\}", lambda match: str(known[match[1]]), LIMIT_SCRIPT.read_text())
