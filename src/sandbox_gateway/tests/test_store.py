"""The gateway's memory is closed to other users of the machine: it names people's bank accounts."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sandbox_gateway.store import prepare, transaction


@pytest.fixture(autouse=True)
def open_hand() -> Iterator[None]:
    """Begun by somebody whose files everybody may read."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    return [path.name for path in (folder, *folder.iterdir()) if path.stat().st_mode & 0o077]


def test_a_new_file_and_what_sqlite_puts_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "state" / "gateway.sqlite3"
    prepare(file)
    with transaction(file) as db:
        db.execute("INSERT INTO event (id, body) VALUES ('a', '{}')")
        assert {path.suffix for path in file.parent.iterdir()} == {".sqlite3", ".sqlite3-wal", ".sqlite3-shm"}
        assert open_to_others(file.parent) == []


def test_files_that_were_open_are_closed(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    folder.mkdir(mode=0o700)
    file = folder / "gateway.sqlite3"
    with closing(sqlite3.connect(file)) as held:  # as if it had crashed: the log is still there
        held.execute("PRAGMA journal_mode = WAL")
        held.execute("CREATE TABLE before (id TEXT)")
        assert len(open_to_others(folder)) == 3
        prepare(file)
        assert open_to_others(folder) == []
