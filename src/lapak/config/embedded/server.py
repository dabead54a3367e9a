"""One PostgreSQL server that all processes of an installation share, started by the first and stopped by the last.

Three lock files say everything; the kernel drops a lock when its last holder dies, so no crash leaves a lie behind:

- `turn`: held for a moment by whoever starts or stops the server;
- `users`: shared by every Lapak process that uses the server; who can have it alone at its end was the last;
- `alive`: held by PostgreSQL itself, which inherits it when launched. While it is held the server lives, or is still
  coming up or going down; when it is free, nothing of it is left, whatever `postmaster.pid` says after a crash.
"""

import fcntl
import os
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping

from lapak.config.embedded.place import SOCKET_NAME, Place, prepare_place
from lapak.lib.trouble import Trouble

DATABASE = OWNER = "lapak"
PLAIN = "lapak_plain"
"""Whoever runs the marketplace: reads and writes rows, and owns nothing (lib/owner.py)."""

PORT = "5432"
"""Only part of the socket's name: nothing listens on the network."""

START_TIMEOUT_S = 120
"""Long enough to replay a crash's write-ahead log (1 GB at most by default) from a slow disk."""

WAL_SEGMENT_BYTES = 16 * 2**20
"""What PostgreSQL may need at once: it writes ahead in files of this size."""

SETTINGS_WHEN_MADE = {"shared_buffers": "256MB", "max_connections": "200"}
"""For a laptop: a quarter of a gigabyte, and eight connections for each of many processes. `postgresql.conf` and
`ALTER SYSTEM` may change them; durability stays as PostgreSQL ships it."""


class Server:
    """The embedded server of one data folder."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._users_lock: int | None = None

    @cached_property
    def place(self) -> Place:
        return prepare_place(self.home)

    @property
    def data(self) -> Path:
        return self.place.folder / "data"

    @property
    def log(self) -> Path:
        return self.place.folder / "server.log"

    @property
    def address(self) -> dict[str, str]:
        """Where a client connects. Whoever can enter the socket's folder is trusted; nobody else can."""
        return {"host": str(self.place.sockets), "port": PORT}

    def ensure_running(self) -> None:
        """Start the server, or join the one that runs already. Cheap once joined: one look at a lock."""
        if self._users_lock is not None and self.is_alive():
            return
        with self._lock("turn"):
            if self._users_lock is None:
                self._users_lock = self._open_lock("users")
                fcntl.flock(self._users_lock, fcntl.LOCK_SH)
            self._start_or_adopt()

    def leave(self) -> None:
        """Stop using the server; the last to leave stops it."""
        if self._users_lock is None:
            return
        with self._lock("turn"):
            os.close(self._users_lock)
            self._users_lock = None
            self._stop_if_unused()

    def stop(self) -> bool:
        """Stop the server if no process uses it; say whether it is stopped now."""
        with self._lock("turn"):
            return self._stop_if_unused()

    def is_alive(self) -> bool:
        """Whether any part of the server runs."""
        if _took(self._alive_probe, fcntl.LOCK_SH | fcntl.LOCK_NB):
            fcntl.flock(self._alive_probe, fcntl.LOCK_UN)
            return False
        return True

    @cached_property
    def _alive_probe(self) -> int:
        """Kept open, since every connection asks."""
        return self._open_lock("alive")

    def _start_or_adopt(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT_S
        launched = False
        while not self._answers():
            with self._lock("alive", fcntl.LOCK_EX | fcntl.LOCK_NB) as alive_lock:
                if alive_lock is not None:
                    if launched:
                        raise self._trouble(self._log_tail())
                    self._launch(alive_lock)
                    launched = True
            if time.monotonic() > deadline:
                raise self._trouble(self._log_tail())
            time.sleep(0.05)
        self._make_database_and_roles()

    def _answers(self) -> bool:
        return PGconn.ping(self._conninfo.encode()) == Ping.OK

    @property
    def _conninfo(self) -> str:
        return make_conninfo(**self.address, user=OWNER, dbname="postgres", connect_timeout=5)

    def _launch(self, alive_lock: int) -> None:
        if not self.data.exists():
            self._make_cluster(alive_lock)
        # Nothing of the server is left (we hold `alive`), so these are remains of a crash. PostgreSQL itself would
        # refuse to start if another process had by now been given the number that they name.
        for remains in (
            self.data / "postmaster.pid",
            self.place.sockets / SOCKET_NAME,
            self.place.sockets / f"{SOCKET_NAME}.lock",
        ):
            remains.unlink(missing_ok=True)
        if self.log.exists():
            self.log.replace(self.log.with_suffix(".log.old"))
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.place.sockets),
            "unix_socket_permissions": "0700",
            # Its log names what went wrong, never the row or statement it went wrong with: they hold people's data.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
            "log_parameter_max_length_on_error": "0",
        }
        flags = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in options.items())
        self._run("pg_ctl", "start", "--no-wait", "-D", self.data, "-l", self.log, "-o", flags, holding=alive_lock)

    def _make_cluster(self, alive_lock: int) -> None:
        draft = self.place.folder / "data.draft"
        if draft.exists():
            shutil.rmtree(draft)
        # Code-point order and Unicode letters, the same on every system: no locale of the machine's is involved.
        locale = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        settings = [f"--set={name}={value}" for name, value in SETTINGS_WHEN_MADE.items()]
        self._run("initdb", "-D", draft, f"--username={OWNER}", "--auth=trust", *locale, *settings, holding=alive_lock)
        draft.rename(self.data)
        folder = os.open(self.place.folder, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)

    def _make_database_and_roles(self) -> None:
        with psycopg.connect(self._conninfo, autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE}")
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [PLAIN]).fetchone():
                connection.execute(f"CREATE ROLE {PLAIN} LOGIN")

    def _stop_if_unused(self) -> bool:
        with self._lock("users", fcntl.LOCK_EX | fcntl.LOCK_NB) as alone:
            if alone is None:
                return False
            if self.is_alive():
                self._run("pg_ctl", "stop", "--mode=fast", "-D", self.data)
            return True

    def _run(self, program: str, *arguments: str | Path, holding: int | None = None) -> None:
        """Run one of PostgreSQL's programs as the database's account, and hand it a lock to hold for its life."""
        account = self.place.account
        as_root = os.geteuid() == 0
        done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs, no shell
            [self.place.programs / program, *arguments],
            user=account.uid if as_root else None,
            group=account.gid if as_root else None,
            extra_groups=[] if as_root else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            cwd=self.place.folder,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            umask=0o077,
            pass_fds=() if holding is None else (holding,),
        )
        if done.returncode:
            raise self._trouble(done.stdout)

    @contextmanager
    def _lock(self, name: str, how: int = fcntl.LOCK_EX) -> Iterator[int | None]:
        """Hold a lock for the length of a block; without waiting (`LOCK_NB`) it may be none."""
        lock = self._open_lock(name)
        try:
            yield lock if _took(lock, how) else None
        finally:
            os.close(lock)

    def _open_lock(self, name: str) -> int:
        lock = os.open(self.place.folder / f"{name}.lock", os.O_RDWR | os.O_CREAT, mode=0o600)
        self.place.account.take(lock)
        return lock

    def _log_tail(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def _trouble(self, said: str) -> Trouble:
        free = shutil.disk_usage(self.place.folder).free
        if "No space left on device" in said or free < WAL_SEGMENT_BYTES:  # on a full disk there may be no log either
            return Trouble(f"The disk that holds {self.place.folder} is full. Free some space, then start Lapak again.")
        tail = "\n".join(said.strip().splitlines()[-15:])
        return Trouble(
            f"The embedded database does not start. The last it said (all of it is in {self.log}):\n\n{tail}"
        )


def _took(lock: int, how: int) -> bool:
    try:
        fcntl.flock(lock, how)
    except BlockingIOError:
        return False
    return True
