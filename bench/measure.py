"""How a claim is measured and told: ours and the raw limit in turn, medians, and what it ran on."""

import dataclasses
import json
import os
import platform
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TypeVar

from django.db import connection
from rich.console import Console
from rich.table import Table

_LOAD_BEFORE = os.getloadavg()
"""Taken before the measurement adds its own."""

Ours = TypeVar("Ours")
Limit = TypeVar("Limit")


@dataclass(frozen=True, slots=True)
class Result:
    """A measured claim: the medians of ours and of the raw limit, their ratio, and the latency of ours."""

    name: str
    ours: float
    limit: float
    ratio: float
    unit: str
    p50_ms: float
    p99_ms: float


def alternate(ours: Callable[[], Ours], limit: Callable[[], Limit], rounds: int) -> tuple[list[Ours], list[Limit]]:
    """Ours, limit, ours, limit …: whatever else the machine does meanwhile falls on both."""
    pairs = [(ours(), limit()) for _ in range(rounds)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def summarise(
    name: str, unit: str, ours: Sequence[float], limit: Sequence[float], latencies_ms: Sequence[float]
) -> Result:
    """The result of some rounds; `latencies_ms` are those of every request of ours in them."""
    ours_median, limit_median = statistics.median(ours), statistics.median(limit)
    ordered = sorted(latencies_ms)
    return Result(
        name=name,
        ours=round(ours_median, 1),
        limit=round(limit_median, 1),
        ratio=round(ours_median / limit_median, 3),
        unit=unit,
        p50_ms=round(_quantile(ordered, 0.50), 2),
        p99_ms=round(_quantile(ordered, 0.99), 2),
    )


def report(
    result: Result, ours: Sequence[float], limit: Sequence[float], notes: Sequence[str], *, as_json: bool
) -> None:
    """Print each round, the medians, the notes and the machine; with `as_json` the result is the last line."""
    table = Table("round", "ours", "limit", "ratio", title=f"{result.name} ({result.unit})")
    for n, (our_rate, limit_rate) in enumerate(zip(ours, limit, strict=True), start=1):
        table.add_row(str(n), f"{our_rate:,.0f}", f"{limit_rate:,.0f}", f"{our_rate / limit_rate:.2f}")
    table.add_section()
    table.add_row("median", f"{result.ours:,.0f}", f"{result.limit:,.0f}", f"{result.ratio:.2f}")
    console = Console()
    console.print(table)
    for note in (f"ours: p50 {result.p50_ms} ms, p99 {result.p99_ms} ms", *notes, _machine()):
        console.print(note, highlight=False, soft_wrap=True)
    if as_json:
        print(json.dumps(dataclasses.asdict(result)))


def _quantile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def _machine() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (postgres,) = cursor.fetchone()
    load = ", ".join(f"{average:.2f}" for average in _LOAD_BEFORE)
    return (
        f"Python {platform.python_version()}, Django {version('django')}, psycopg {version('psycopg')}, "
        f"Granian {version('granian')}, PostgreSQL {postgres.split()[0]}; {os.cpu_count()} cores, load average before {load}"
    )
