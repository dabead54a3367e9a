"""How a claim is measured and told: ours and the raw limit in turn, medians, and what it ran on."""

import dataclasses
import json
import os
import platform
import re
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TypeVar

from django.db import connection
from rich.console import Console
from rich.table import Table

from bench.stage import Stage, postgres_program

_LOAD_BEFORE = os.getloadavg()
"""Taken before the measurement adds its own."""

Ours = TypeVar("Ours")
Limit = TypeVar("Limit")


@dataclass(frozen=True, slots=True)
class Work:
    """Processor time for one of ours, ms: of the web workers, and of the database's processes."""

    python_ms: float
    database_ms: float

    @classmethod
    def median(cls, works: Sequence["Work"]) -> "Work":
        """Of several runs."""
        return cls(
            round(statistics.median(work.python_ms for work in works), 3),
            round(statistics.median(work.database_ms for work in works), 3),
        )


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
    work: Work | None = None


def alternate(ours: Callable[[], Ours], limit: Callable[[], Limit], rounds: int) -> tuple[list[Ours], list[Limit]]:
    """Ours, limit, ours, limit …: whatever else the machine does meanwhile falls on both."""
    pairs = [(ours(), limit()) for _ in range(rounds)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def summarise(
    name: str,
    unit: str,
    ours: Sequence[float],
    limit: Sequence[float],
    latencies_ms: Sequence[float],
    *,
    work: Work | None = None,
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
        work=work,
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
    if result.work:
        notes = [
            f"processor time of one: Python {result.work.python_ms} ms, database {result.work.database_ms} ms",
            *notes,
        ]
    for note in (f"ours: p50 {result.p50_ms} ms, p99 {result.p99_ms} ms", *notes, _machine()):
        console.print(note, highlight=False, soft_wrap=True)
    if as_json:
        print(json.dumps(dataclasses.asdict(result)))


def pgbench(stage: Stage, script: str, *, clients: int, seconds: float) -> float:
    """Transactions a second that pgbench counts for a script."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        finished = subprocess.run(
            [
                postgres_program("pgbench"), "--no-vacuum", "--protocol=prepared", f"--client={clients}", "--jobs=2",
                f"--time={max(1, round(seconds))}", f"--file={file.name}", stage.database_url,
            ],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    counted = re.search(r"tps = ([\d.]+)", finished.stdout)
    if finished.returncode or not counted:
        raise SystemExit(f"pgbench did not run: {finished.stderr.strip()}")
    return float(counted[1])


def database_version() -> int:
    """`180004` for 18.4."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int")
        return int(cursor.fetchone()[0])


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
