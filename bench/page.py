"""`page`: public pages, made anew and from memory, against a constant page of that size through the same stack.

./lapak bench page [--json] [--seconds 5] [--rounds 5]
"""

import dataclasses
import itertools
import json as json_module
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import httpx

from bench.load import Load, get_request, run_load
from bench.market import analyse
from bench.measure import Result, alternate, report, summarise
from bench.stage import ROOT, Server, Stage, running_server, throwaway_stage
from lapak.goods.catalogue.models import Product
from lapak.testing.seed import seed_market

PRODUCTS = 20_000
"""10,000 of one shop, 10,000 of 500 others."""

CONNECTIONS = 8
DIFFERENT = 100
"""Products asked for, half of them the big shop's."""

_visits = itertools.count()


@dataclass(frozen=True, slots=True)
class Page:
    """A kind of page: its addresses, to which anything may be added, and how large one is."""

    name: str
    addresses: Sequence[str]
    size: int = 0


def main(*, json: bool = False, seconds: float = 5, rounds: int = 5) -> dict[str, object]:
    """Measure, print, and answer the results by page and way."""
    with (
        throwaway_stage() as stage,
        running_server("lapak.config.worker:load", stage) as server,
        running_server("bench.constant:pages", stage) as constant,
    ):
        results: dict[str, object] = {"name": "page"}
        for page in _pages(stage, server):
            results[page.name] = {
                way: dataclasses.asdict(_measure(page, way, (server, constant), seconds, rounds))
                for way in ("rendered", "cached")
            }
    if json:
        print(json_module.dumps(results))
    return results


def _pages(stage: Stage, server: Server) -> Iterator[Page]:
    cast = seed_market(PRODUCTS, 100, 0)
    analyse()
    subprocess.run([sys.executable, "-P", "-m", "lapak", "search", "rebuild"], env=stage.env, cwd=ROOT, check=True)
    goods = Product.objects.order_by("id")
    half = DIFFERENT // 2
    chosen = [*goods.filter(shop=cast.shop)[:half], *goods.exclude(shop=cast.shop)[:half]]
    for page in (
        Page("product", [f"{product.path}?" for product in chosen]),
        Page("list", ["/?q=kemeja&", "/?q=batik+tulis&", "/?q=sarung&sort=cheapest&"]),
        Page("home", ["/?"]),
    ):
        first = httpx.get(f"http://localhost:{server.port}{page.addresses[0]}").raise_for_status()
        yield dataclasses.replace(page, size=len(first.content))


def _measure(page: Page, way: str, servers: tuple[Server, Server], seconds: float, rounds: int) -> Result:
    server, constant = servers
    constants = dataclasses.replace(page, addresses=[f"/{page.size}?"])
    for one, of in ((server, page), (constant, constants)):
        run_load(one.port, _requests(of, way), connections=CONNECTIONS)
    ours, limit = alternate(
        lambda: _loaded(server, page, way, seconds), lambda: _loaded(constant, constants, "rendered", seconds), rounds
    )
    our_rates, limit_rates = [load.per_second for load, _ in ours], [load.per_second for load, _ in limit]
    latencies_ms = [ms for load, _ in ours for ms in load.latencies_ms]
    result = summarise(f"{page.name}, {way}", "pages/s", our_rates, limit_rates, latencies_ms)
    notes = [
        f"{page.size:,} bytes; server's processor time: ours {_cpu_ms(ours):.2f} ms, constant {_cpu_ms(limit):.2f} ms"
    ]
    report(result, our_rates, limit_rates, notes, as_json=False)
    return result


def _loaded(server: Server, page: Page, way: str, seconds: float) -> tuple[Load, float]:
    """A run of requests, and the processor time the server spent on it."""
    before = server.cpu_seconds()
    load = run_load(server.port, _endless(page, way), connections=CONNECTIONS, seconds=seconds)
    if set(load.statuses) != {200}:
        raise SystemExit(f"expected only 200, got {dict(load.statuses)}")
    return load, server.cpu_seconds() - before


def _cpu_ms(runs: Sequence[tuple[Load, float]]) -> float:
    return 1000 * sum(cpu_seconds for _, cpu_seconds in runs) / sum(load.answers for load, _ in runs)


def _endless(page: Page, way: str) -> Iterator[bytes]:
    return itertools.cycle(_requests(page, way)) if way == "cached" else map(_request, _new_addresses(page))


def _requests(page: Page, way: str) -> list[bytes]:
    """Each address once; to be made anew it has something in it that nobody has asked for yet."""
    addresses = page.addresses if way == "cached" else list(itertools.islice(_new_addresses(page), len(page.addresses)))
    return [_request(address) for address in addresses]


def _new_addresses(page: Page) -> Iterator[str]:
    return (f"{address}visit={next(_visits)}" for address in itertools.cycle(page.addresses))


def _request(address: str) -> bytes:
    return get_request(address, "Accept: text/html,*/*;q=0.8", "Accept-Language: id-ID,id;q=0.9")
