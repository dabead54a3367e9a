"""`settle`: completed orders split in the ledger and credited to their creators, against the same transfers as one INSERT.

./lapak bench settle [--json] [--rounds 5]
"""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

from bench.measure import Result, alternate, report, summarise
from bench.stage import ROOT, Stage, throwaway_stage
from lapak.affiliates.models import Commission, Creator
from lapak.goods.catalogue.models import Variant
from lapak.lib.owner import as_owner
from lapak.money.ledger.models import Transfer
from lapak.testing.cast import Cast, assemble_cast, link_to, stocked_variant
from lapak.testing.crowd import many_commissions, many_orders, many_promoters
from lapak.trade.orders.models import Order

ORDERS_IN_A_ROUND = 20_000
CREATORS = 100
WORKERS = 2
"""As many as cores; the database works on the same ones."""

Workers = Sequence[subprocess.Popen[str]]


def main(*, json: bool = False, seconds: float = 0, rounds: int = 5) -> Result:  # noqa: ARG001 - a round is a number of orders
    """Measure, print, and answer the result. Fails if an order is left, or commission is left."""
    with throwaway_stage() as stage, _running_workers(stage) as workers:
        cast = assemble_cast()
        variant = stocked_variant(cast.shop)
        creators = many_promoters(cast.programme, CREATORS)
        _settle(workers, cast, variant, creators, 1_000)  # the first plans, and pages that are no longer empty
        ours, limit = alternate(
            lambda: _settle(workers, cast, variant, creators, ORDERS_IN_A_ROUND),
            lambda: _insert(ORDERS_IN_A_ROUND),
            rounds,
        )
        left = Order.objects.filter(settled_at=None).count() + Commission.objects.exclude(state="payable").count()
    result = summarise("settle", "orders/s", ours, limit, [1000 / rate for rate in ours])
    notes = [
        f"{WORKERS} workers; {CREATORS} creators, one of whom earns on each of {ORDERS_IN_A_ROUND:,} orders a round"
    ]
    report(result, ours, limit, notes, as_json=json)
    if left:
        raise SystemExit(f"{left} orders or commissions were not settled")
    return result


@contextmanager
def _running_workers(stage: Stage) -> Iterator[Workers]:
    command = [sys.executable, "-m", "bench.settle_worker"]
    workers = [
        subprocess.Popen(command, env=stage.env, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(WORKERS)
    ]
    _await(workers)
    try:
        yield workers
    finally:
        for worker in workers:
            worker.communicate()  # the end of its input is its end


def _settle(workers: Workers, cast: Cast, variant: Variant, creators: list[Creator], count: int) -> float:
    """Orders a second."""
    orders = many_orders(cast, variant, count, Order.State.COMPLETED)
    many_commissions(cast, link_to(cast, variant.product), orders, creators)
    _vacuum()
    started = time.perf_counter()
    for worker in workers:
        print("settle", file=worker.stdin, flush=True)
    _await(workers)
    return count / (time.perf_counter() - started)


def _await(workers: Workers) -> None:
    for worker in workers:
        if not (worker.stdout and worker.stdout.readline()):
            raise SystemExit("a worker has ended")


def _insert(count: int) -> float:
    """Orders a second, if all that settling posted in the last round were one INSERT … SELECT."""
    fields = Transfer._meta.concrete_fields  # noqa: SLF001 - Django documents the name
    named = ", ".join(str(field.column) for field in fields if field.column != "id")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM ledger_transfer WHERE reference = "
            "(SELECT reference FROM ledger_transfer ORDER BY posted_at DESC LIMIT 1)"
        )
        (each,) = cursor.fetchone()
        cursor.execute(
            f"CREATE TEMPORARY TABLE posted AS SELECT * FROM ledger_transfer ORDER BY posted_at DESC LIMIT {count * each}"
        )
        cursor.execute("ANALYZE posted")
    _vacuum()
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO ledger_transfer (id, {named}) SELECT gen_random_uuid(), {named} FROM posted")
        rate = count / (time.perf_counter() - started)
        cursor.execute("DROP TABLE posted")
    return rate


def _vacuum() -> None:
    """What autovacuum would do in quiet moments."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
