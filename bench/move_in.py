"""`move-in`: a seller's file of 100,000 SKUs moved in, against the same file parsed and its rows copied into a bare table.

./lapak bench move-in [--json] [--rounds 5] [--rows 100000]
"""

import json as json_module
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection

from bench.measure import Result, report, summarise
from bench.move_in_file import write_export
from bench.stage import ROOT, Stage, throwaway_stage
from lapak.lib import clock
from lapak.lib.owner import as_owner
from lapak.moving.models import Upload
from lapak.people.shops.commands import open_shop
from lapak.people.shops.models import Shop
from lapak.people.users.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveInMeasured(Result):
    """Beside the ratio: the most memory that a process needed for any of it, and how the other acts compare.

    `look_ratio` and `undo_ratio` are those of the dry run and of taking the whole back, against the same limit.
    """

    rows: int
    peak_mib: float
    base_mib: float
    look_ratio: float
    undo_ratio: float


@dataclass(frozen=True, slots=True)
class _Done:
    """What a process of its own says of its work: how long, and its memory before it began and at its most."""

    seconds: float
    base_mib: float
    peak_mib: float


@dataclass(frozen=True, slots=True)
class _Round:
    look: _Done
    move_in: _Done
    undo: _Done
    limit: _Done

    @property
    def ours(self) -> list[_Done]:
        return [self.look, self.move_in, self.undo]


def main(*, json: bool = False, seconds: float = 0, rounds: int = 5, rows: int = 100_000) -> Result:  # noqa: ARG001 - a round is a file
    """Measure, print, and answer the result. Fails if a row of the file is not among the goods."""
    with throwaway_stage() as stage:
        file = write_export(stage.home / "all_information.xlsx", rows)
        seller = User.objects.create_user("sekar@example.com")
        done = [_round(stage, seller, n, file, rows) for n in range(rounds)]
        result = _summary(done, rows)
        report(
            result,
            [rows / each.move_in.seconds for each in done],
            [rows / each.limit.seconds for each in done],
            _notes(result, done, file),
            as_json=json,
        )
    return result


def _round(stage: Stage, seller: User, n: int, file: Path, rows: int) -> _Round:
    """One shop: looked at, moved in, taken back."""
    shop = open_shop(seller, slug=f"toko-{n}", name=f"Toko {n}", city="Cirebon", province_code="32")
    upload = upload_of(seller, shop)
    look = _worker(stage, "look", file, upload, rows)
    move_in = _worker(stage, "move_in", file, upload, rows)
    Upload.objects.filter(id=upload.id).update(state=Upload.State.DONE)
    undo = _worker(stage, "undo", file, upload, rows)
    return _Round(look, move_in, undo, _worker(stage, "parse_and_copy", file, upload, rows))


def upload_of(seller: User, shop: Shop) -> Upload:
    """The one by which the goods are known, and can be taken back."""
    now = clock.now()
    return Upload.objects.create(shop=shop, by=seller, language="id", given_at=now, touched_at=now, file_names=[])


def _worker(stage: Stage, act: str, file: Path, upload: Upload, rows: int) -> _Done:
    """In a process of its own, so that its memory is nobody else's."""
    _vacuum()
    finished = subprocess.run(
        [sys.executable, "-m", "bench.move_in_worker", act, str(file), str(upload.id)],
        env=stage.env, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if finished.returncode:
        raise SystemExit(f"{act} failed: {finished.stderr.strip()}")
    said: dict[str, Any] = json_module.loads(finished.stdout.splitlines()[-1])
    if said.pop("skus") != rows:
        raise SystemExit(f"{act} did not account for every row")
    return _Done(**said)


def _summary(done: list[_Round], rows: int) -> MoveInMeasured:
    def ratio(ours: list[_Done]) -> float:
        return round(median(each.limit.seconds for each in done) / median(each.seconds for each in ours), 3)

    ours = [each.move_in for each in done]
    common = summarise(
        "move-in",
        "SKUs/s",
        [rows / each.seconds for each in ours],
        [rows / each.limit.seconds for each in done],
        [1000 * each.seconds / rows for each in ours],
    )
    return MoveInMeasured(
        **{name: getattr(common, name) for name in Result.__slots__},
        rows=rows,
        peak_mib=max(each.peak_mib for one in done for each in one.ours),
        base_mib=max(each.base_mib for one in done for each in one.ours),
        look_ratio=ratio([each.look for each in done]),
        undo_ratio=ratio([each.undo for each in done]),
    )


def _notes(result: MoveInMeasured, done: list[_Round], file: Path) -> list[str]:
    def seconds(ours: list[_Done]) -> str:
        return f"{median(each.seconds for each in ours):.1f} s"

    times = (
        f"{result.rows:,} SKUs in {file.stat().st_size >> 20} MiB: moved in in {seconds([each.move_in for each in done])}, "
        f"looked at in {seconds([each.look for each in done])} ({result.look_ratio:.2f} of the limit), "
        f"taken back in {seconds([each.undo for each in done])} ({result.undo_ratio:.2f})"
    )
    return [
        times,
        f"memory of a process: {result.peak_mib:.0f} MiB at most, of which {result.base_mib:.0f} before it began",
    ]


def _vacuum() -> None:
    """What autovacuum would do in quiet moments."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
