"""`hot-sku`: many buyers on one variant with 1,000 pieces, against the same contended update in pgbench.

./lapak bench hot-sku [--json] [--seconds 5] [--rounds 5] [--buyers 64]
"""

import itertools
from collections.abc import Iterator

from bench.load import Load, run_load
from bench.market import analyse, open_market, variant_id
from bench.measure import Result, Work, alternate, pgbench, report, summarise
from bench.stage import Server, running_server, throwaway_stage
from lapak.goods.catalogue.models import Stock
from lapak.testing.books import broken_rules

PIECES = 1_000
TOO_MANY = 50
"""Buyers who come after the last piece was sold."""

LIMIT = f"""
UPDATE catalogue_stock SET reserved = reserved + 1 WHERE variant_id = '{variant_id(0)}' AND on_hand - reserved >= 1;
"""


def main(*, json: bool = False, seconds: float = 5, rounds: int = 5, buyers: int = 64) -> Result:
    """Measure, print, and answer the result. Fails unless exactly the pieces there were are sold, in every round."""
    with throwaway_stage() as stage, running_server("lapak.config.worker:load", stage) as server:
        # The first variant is the limit's and has pieces for ever; each round of ours empties another.
        market = open_market(buyers=(rounds + 1) * (PIECES + TOO_MANY), on_hand=[2 * 10**9] + [PIECES] * (rounds + 1))
        asked = iter(itertools.chain.from_iterable([n] * (PIECES + TOO_MANY) for n in itertools.count(1)))
        purchases = market.purchases(asked)
        _sold_out(server, purchases, buyers)
        analyse()
        ours, limit = alternate(
            lambda: _sold_out(server, purchases, buyers),
            lambda: pgbench(stage, LIMIT, clients=buyers, seconds=seconds),
            rounds,
        )
        Stock.objects.filter(variant_id=variant_id(0)).update(reserved=0)
        sold = set(Stock.objects.exclude(variant_id=variant_id(0)).values_list("on_hand", "reserved"))
        problems = broken_rules()
    rates = [load.per_second for load, _ in ours]
    latencies = [ms for load, _ in ours for ms in load.latencies_ms]
    result = summarise("hot-sku", "pieces/s", rates, limit, latencies, work=Work.median([work for _, work in ours]))
    notes = [
        f"{buyers} buyers at a time; of {PIECES:,} pieces each time {PIECES:,} were sold; books: {problems or 'sound'}"
    ]
    report(result, rates, limit, notes, as_json=json)
    if problems or sold != {(PIECES, PIECES)}:
        raise SystemExit(f"expected all pieces sold and no more, got {sold}")
    return result


def _sold_out(server: Server, purchases: Iterator[bytes], buyers: int) -> tuple[Load, Work]:
    """All pieces sold, and those who come too late told so."""
    ready = list(itertools.islice(purchases, PIECES))
    before = server.cpu_seconds(), server.database_cpu_seconds()
    load = run_load(server.port, ready, connections=buyers)
    python_s, database_s = server.cpu_seconds() - before[0], server.database_cpu_seconds() - before[1]
    late = run_load(server.port, list(itertools.islice(purchases, TOO_MANY)), connections=buyers)
    if set(load.statuses) != {303} or set(late.statuses) != {409}:
        raise SystemExit(f"expected 303, then 409; got {dict(load.statuses)}, then {dict(late.statuses)}")
    return load, Work(1000 * python_s / load.answers, 1000 * database_s / load.answers)
