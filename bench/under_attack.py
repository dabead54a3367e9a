"""`under-attack`: purchases over HTTP while strangers hold connections and bring too much, against the same without them.

./lapak bench under-attack [--json] [--seconds 5] [--rounds 5] [--buyers 8]
"""

import itertools
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.checkout import FASTEST_PER_S, VARIANTS, WARM_UP, measured, warm_up
from bench.load import Load
from bench.market import open_market
from bench.measure import Result, Work, alternate, report, summarise
from bench.stage import ROOT, Server, running_web, throwaway_stage
from lapak.testing.books import broken_rules

ALL_THERE_AFTER_S = 3


def main(*, json: bool = False, seconds: float = 5, rounds: int = 5, buyers: int = 8) -> Result:
    """Measure, print, and answer the result. Fails if a purchase is refused, or the books are off."""
    there = int(2 * seconds * rounds * FASTEST_PER_S / 5) + 2 * WARM_UP
    with throwaway_stage() as stage, running_web(stage) as server:
        market = open_market(buyers=there, on_hand=[10**6] * VARIANTS)
        purchases = market.purchases(n * 7919 % VARIANTS for n in itertools.count())
        warm_up(server, purchases, buyers)

        def calm() -> tuple[Load, Work]:
            return measured(server, purchases, seconds, buyers)

        def attacked() -> tuple[Load, Work]:
            with _attackers(server):
                return calm()

        ours, limit = alternate(attacked, calm, rounds)
        problems = broken_rules()
    rates, calm_rates = [load.per_second for load, _ in ours], [load.per_second for load, _ in limit]
    latencies = [ms for load, _ in ours for ms in load.latencies_ms]
    work = Work.median([work for _, work in ours])
    result = summarise("under-attack", "purchases/s", rates, calm_rates, latencies, work=work)
    report(result, rates, calm_rates, [f"{buyers} buyers at a time; books: {problems or 'sound'}"], as_json=json)
    if problems:
        raise SystemExit("the books are off")
    return result


@contextmanager
def _attackers(server: Server) -> Iterator[None]:
    """At work, all of them, as long as this lasts."""
    process = subprocess.Popen([sys.executable, "-m", "bench.attackers", str(server.port)], cwd=ROOT)
    try:
        time.sleep(ALL_THERE_AFTER_S)
        yield
    finally:
        process.kill()
        process.wait()
