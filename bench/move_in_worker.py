"""One act of `move-in` in a process of its own, so that its memory can be told: see `ACTS`."""

import json
import re
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from django.db import connection
from python_calamine import CalamineWorkbook

from lapak.goods.catalogue.models import Stock
from lapak.lib.copying import copy_rows
from lapak.lib.owner import as_owner
from lapak.moving.models import Upload
from lapak.moving.move_in import MoveInResult
from lapak.moving.move_in import move_in as move_shop_in
from lapak.moving.undo import undo_upload

_HEADER_ROWS = 5


def _moved(file: Path, upload: Upload, *, dry_run: bool) -> MoveInResult:
    return move_shop_in(upload.by, [file], upload.shop, dry_run=dry_run, upload_id=upload.id)


def look(file: Path, upload: Upload) -> int:
    """The dry run; answers the SKUs it would bring."""
    return _moved(file, upload, dry_run=True).plan.skus.created


def move_in(file: Path, upload: Upload) -> int:
    """The goods stand in the catalogue; answers their SKUs."""
    done = _moved(file, upload, dry_run=False).done
    return done.skus.created if done else 0


def undo(file: Path, upload: Upload) -> int:  # noqa: ARG001 - acts are called alike
    """What the upload brought is gone; answers its SKUs."""
    skus = Stock.objects.filter(shop_id=upload.shop_id).count()
    undo_upload(upload.by, upload.id)
    return skus - Stock.objects.filter(shop_id=upload.shop_id).count()


def parse_and_copy(file: Path, upload: Upload) -> int:  # noqa: ARG001
    """The raw limit: the parser alone, and COPY of all its rows into a table without any index; answers the SKUs."""
    header, *rows = CalamineWorkbook.from_path(file).get_sheet_by_name("Template").to_python()
    columns = [f"c{n}" for n in range(len(header))]
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare ({' text, '.join(columns)} text)")
        copy_rows("bare", columns, rows)
        cursor.execute("DROP TABLE bare")
    return len(rows) - _HEADER_ROWS + 1


ACTS: dict[str, Callable[[Path, Upload], int]] = {
    "look": look,
    "move_in": move_in,
    "undo": undo,
    "parse_and_copy": parse_and_copy,
}


def main(act: str, file: str, upload_id: str) -> None:
    """The last line says how long it took, the SKUs, and the process's memory before and at its most, in MiB."""
    upload = Upload.objects.select_related("by", "shop").get(id=uuid.UUID(upload_id))
    base_mib, started = _peak_mib(), time.perf_counter()
    skus = ACTS[act](Path(file), upload)
    seconds = round(time.perf_counter() - started, 3)
    print(json.dumps({"seconds": seconds, "skus": skus, "base_mib": base_mib, "peak_mib": _peak_mib()}))


def _peak_mib() -> float:
    """Linux only. Not `ru_maxrss`, which a process inherits from the one that started it."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return round(int(found[1]) / 1024, 1) if found else 0


if __name__ == "__main__":
    main(*sys.argv[1:])
