"""`settle`: completed orders split in the ledger and credited to their creators, against the same transfers as one INSERT.

python -m bench.settle [--json] [--rounds 5]
"""

import argparse
import time

from django.db import connection

from bench.measure import Result, alternate, report, summarise
from bench.stage import throwaway_stage
from lapak.affiliates.models import Commission, Creator
from lapak.flows.clocks import credit_due_creators
from lapak.flows.settle_order import settle_in_batches
from lapak.goods.catalogue.models import Variant
from lapak.lib.owner import as_owner
from lapak.money.ledger.models import Transfer
from lapak.testing.cast import Cast, assemble_cast, link_to, stocked_variant
from lapak.testing.crowd import many_commissions, many_orders, many_promoters
from lapak.trade.orders import clocks as due
from lapak.trade.orders.models import Order

ORDERS_IN_A_ROUND = 20_000
CREATORS = 100


def main(*, json: bool = False, seconds: float = 0, rounds: int = 5) -> Result:  # noqa: ARG001 - a round is a number of orders
    """Measure, print, and answer the result. Fails if an order is left, or commission is left."""
    with throwaway_stage():
        cast = assemble_cast()
        variant = stocked_variant(cast.shop)
        creators = many_promoters(cast.programme, CREATORS)
        _settle(cast, variant, creators, 1_000)  # the first plans, and pages that are no longer empty
        ours, limit = alternate(
            lambda: _settle(cast, variant, creators, ORDERS_IN_A_ROUND),
            lambda: _insert(ORDERS_IN_A_ROUND),
            rounds,
        )
        left = Order.objects.filter(settled_at=None).count() + Commission.objects.exclude(state="payable").count()
    result = summarise("settle", "orders/s", ours, limit, [1000 / rate for rate in ours])
    notes = [f"{rounds} rounds of {ORDERS_IN_A_ROUND:,} orders, each with a commission of one of {CREATORS} creators"]
    report(result, ours, limit, notes, as_json=json)
    if left:
        raise SystemExit(f"{left} orders or commissions were not settled")
    return result


def _settle(cast: Cast, variant: Variant, creators: list[Creator], count: int) -> float:
    """Orders a second."""
    commissions = many_commissions(
        cast, link_to(cast, variant.product), many_orders(cast, variant, count, Order.State.COMPLETED)
    )
    for n, creator in enumerate(creators):
        Commission.objects.filter(pk__in=[each.pk for each in commissions[n :: len(creators)]]).update(creator=creator)
    _vacuum()
    started = time.perf_counter()
    while settle_in_batches(due.orders_to_settle()):
        pass
    while credit_due_creators():
        pass
    return count / (time.perf_counter() - started)


def _insert(count: int) -> float:
    """Orders a second, if all that settling posted in the last round were one INSERT … SELECT."""
    fields = Transfer._meta.concrete_fields  # noqa: SLF001 - Django documents the name
    named = ", ".join(str(field.column) for field in fields if field.column != "id")
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE posted AS SELECT * FROM ledger_transfer ORDER BY posted_at DESC LIMIT {count * 8}"
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


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", action="store_true", help="print the result as one JSON object in the last line")
    arguments.add_argument("--rounds", type=int, default=5)
    main(**vars(arguments.parse_args()))
