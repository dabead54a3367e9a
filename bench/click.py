"""`click`: following a creator's link, against the same server answering a constant 302.

./lapak bench click [--json] [--seconds 5] [--rounds 5]
"""

import itertools
import random
import time

from django.db.models import Sum

from bench.load import Load, get_request, run_load
from bench.measure import Result, alternate, report, summarise
from bench.stage import Server, running_server, throwaway_stage
from lapak.affiliates.clicks.models import Click, ClickHour
from lapak.affiliates.models import Link
from lapak.affiliates.token import make_token
from lapak.lib.ids import new_id
from lapak.testing.cast import assemble_cast, link_to, stocked_variant

CONNECTIONS = 32
LINKS = 100
VISITORS = 2_000
"""Different visitors, each with a link, a browser and, every second one, tokens of earlier clicks."""


def main(*, json: bool = False, seconds: float = 5, rounds: int = 5) -> Result:
    """Measure, print, and answer the result. Fails if a click that was answered is missing from the table afterwards."""
    with (
        throwaway_stage() as stage,
        running_server("lapak.config.worker:load", stage) as server,
        running_server("bench.constant:redirect", stage) as constant,
    ):
        visits = _visits(_links())
        warm_up = run_load(server.port, visits, connections=CONNECTIONS)
        run_load(constant.port, visits, connections=CONNECTIONS)
        ours, limit = alternate(
            lambda: _measured(server, visits, seconds), lambda: _measured(constant, visits, seconds), rounds
        )
        stored_after_s = _seconds_until_stored(answers := warm_up.answers + sum(load.answers for load, _ in ours))
        last = run_load(server.port, itertools.cycle(visits), connections=CONNECTIONS, seconds=1)
        server.stop()
        answers += last.answers
        lost = answers - Click.objects.count()
        counted = Click.objects.exclude(counts_as=Click.CountsAs.NOTHING).count()
        in_hours = ClickHour.objects.filter(of_id__in=Link.objects.values("id")).aggregate(Sum("clicks"))["clicks__sum"]
    our_rates, limit_rates = [load.per_second for load, _ in ours], [load.per_second for load, _ in limit]
    result = summarise(
        "click", "clicks/s", our_rates, limit_rates, [ms for load, _ in ours for ms in load.latencies_ms]
    )
    client_share = max(load.client_share for load, _ in ours + limit)
    notes = [
        f"server CPU per answer: ours {_cpu_us(ours):.0f} µs, limit {_cpu_us(limit):.0f} µs",
        f"the load generator was busy {client_share:.0%} of the time at most",
        f"last click stored {stored_after_s:.2f} s after the load; of {answers:,} clicks {lost} lost, SIGTERM included",
    ]
    report(result, our_rates, limit_rates, notes, as_json=json)
    if lost:
        raise SystemExit(f"{lost} clicks were answered and not stored")
    if counted != in_hours:
        raise SystemExit(f"{counted} clicks count, and the hours say {in_hours}")
    return result


def _measured(server: Server, visits: list[bytes], seconds: float) -> tuple[Load, float]:
    """A run of visits, and the processor time the server spent on it."""
    cpu_before = server.cpu_seconds()
    load = run_load(server.port, itertools.cycle(visits), connections=CONNECTIONS, seconds=seconds)
    if set(load.statuses) != {302}:
        raise SystemExit(f"expected only 302, got {dict(load.statuses)}")
    return load, server.cpu_seconds() - cpu_before


def _cpu_us(runs: list[tuple[Load, float]]) -> float:
    return 1e6 * sum(cpu_seconds for _, cpu_seconds in runs) / sum(load.answers for load, _ in runs)


def _seconds_until_stored(answers: int) -> float:
    """How long after the load the last click arrives in the table."""
    started = time.monotonic()
    while Click.objects.count() < answers:
        if time.monotonic() - started > 30:
            raise SystemExit(f"only {Click.objects.count()} of {answers} clicks were stored within 30 s")
        time.sleep(0.02)
    return time.monotonic() - started


def _links() -> list[Link]:
    cast = assemble_cast()
    return [link_to(cast, stocked_variant(cast.shop).product) for _ in range(LINKS)]


def _visits(links: list[Link]) -> list[bytes]:
    """Requests as they come from many different visitors."""
    dice = random.Random(4_10_2023)
    visits = []
    for n in range(VISITORS):
        headers = [f"User-Agent: {_user_agent(dice)}", "Accept: text/html,*/*;q=0.8", "Accept-Language: id-ID,id;q=0.9"]
        if n % 2:
            tokens = [make_token(dice.choice(links).id, new_id()) for _ in range(dice.randint(1, 8))]
            headers.append(f"Cookie: lapak_clicks={'.'.join(tokens)}")
        visits.append(get_request(f"/r/{dice.choice(links).code}", *headers))
    return visits


def _user_agent(dice: random.Random) -> str:
    """One of some thousand browsers; half of them a social app's own."""
    chrome = f"Chrome/{dice.randint(100, 118)}.0.{dice.randint(4000, 5993)}.{dice.randint(0, 99)} Mobile Safari/537.36"
    app = dice.choice(["", f" musical_ly_2023{dice.randint(1, 12):02}030 BytedanceWebview/d8a21c6"])
    return (
        f"Mozilla/5.0 (Linux; Android {dice.randint(9, 14)}; SM-A{dice.randint(100, 540)}F) AppleWebKit/537.36 "
        f"(KHTML, like Gecko) {chrome}{app}"
    )
