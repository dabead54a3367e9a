"""Whoever acts, the worker and the database are killed (SIGKILL) again and again at random moments of purchases, payments,
refunds and payouts: what was answered is there, nothing happened twice, and nothing waits for ever."""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings

from lapak.config.embedded.server import Server

PEOPLE = 3
PATIENCE_S = 120
DATABASE_SHARE = 0.3
"""Of the kills; the others are shared among the people and the worker."""
KILLS = 40
ANSWERS = 200
"""Of purchases at least: killing goes on until there are as many."""

pytestmark = pytest.mark.long


class House:
    """An installation with a database of its own in a folder, and the processes that work in it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.said = home / "said"
        self.said.mkdir()
        self.errors = home / "errors"
        self.worker: subprocess.Popen[bytes] | None = None
        self.processes: list[subprocess.Popen[bytes]] = []
        self.begun = 0

    @property
    def env(self) -> dict[str, str]:
        known = {name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL")}
        return known | {
            "LAPAK_HOME": str(self.home / "data"),
            "LAPAK_SECRET_KEY": settings.SECRET_KEY,
            "LAPAK_TAXABLE_SINCE": "2023-10-04",
            "LAPAK_PLAY_MONEY_TO_REAL_BANKS": "1",
            "DJANGO_SETTINGS_MODULE": "lapak.config.settings",
            "PYTHONPATH": os.pathsep.join([str(settings.ROOT / "src"), str(settings.ROOT)]),
        }

    def people(self, what: str, said: str = "") -> str:
        """`busy_people` once, to its end; answers what it prints."""
        command = [sys.executable, "-m", "tests.crash.busy_people", what]
        done = subprocess.run(command, env=self.env, input=said, capture_output=True, text=True, check=False)
        assert not done.returncode, done.stderr[-3000:]
        return done.stdout

    def keep_working(self) -> None:
        """As many people as there should be, and a worker: those that died are replaced."""
        self.processes = [process for process in self.processes if process.poll() is None]
        if self.worker not in self.processes:
            self.worker = self.begin("lapak", "work")
        while len(self.processes) <= PEOPLE:
            self.begin("tests.crash.busy_people", "act")

    def begin(self, *module: str) -> subprocess.Popen[bytes]:
        self.begun += 1
        with (self.said / f"{self.begun}").open("wb") as said, self.errors.open("ab") as errors:
            begun = subprocess.Popen([sys.executable, "-m", *module], env=self.env, stdout=said, stderr=errors)
        self.processes.append(begun)
        return begun

    def wait_for(self, count: int) -> None:
        """Until so many answers were given in all: whoever is killed is in the middle of something."""
        deadline = time.monotonic() + PATIENCE_S
        while len(self.answered()) < count:
            assert time.monotonic() < deadline, f"nobody gets on: {self.errors.read_text()[-3000:]}"
            time.sleep(random.uniform(0.001, 0.02))
            self.keep_working()

    def kill_one(self) -> str:
        """Somebody, the worker, or the database (its processes end when they notice)."""
        postmaster = Server(self.home / "data").data / "postmaster.pid"
        if postmaster.exists() and random.random() < DATABASE_SHARE:
            with suppress(ProcessLookupError):  # still dead from the last time
                os.kill(int(postmaster.read_text().splitlines()[0]), signal.SIGKILL)
            return "database"
        victim = random.choice(self.processes)
        victim.send_signal(signal.SIGKILL)
        victim.wait()
        return "worker" if victim is self.worker else "somebody"

    def answered(self) -> list[str]:
        """Every whole line that anybody printed."""
        texts = [said.read_text() for said in sorted(self.said.iterdir())]
        return [line for text in texts for line in text.rpartition("\n")[0].splitlines() if line.count(" ") == 1]

    def close(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()
        subprocess.run([sys.executable, "-m", "lapak", "db", "stop"], env=self.env, check=False)


@pytest.fixture
def house() -> Iterator[House]:
    with tempfile.TemporaryDirectory(prefix="lapak-crash-") as folder:
        house = House(Path(folder))
        try:
            yield house
        finally:
            house.close()


def test_what_was_answered_is_there_and_nothing_twice(house: House) -> None:
    house.people("open")
    killed = Counter[str]()
    while killed.total() < KILLS or sum(line.startswith("placed") for line in house.answered()) < ANSWERS:
        house.keep_working()
        house.wait_for(len(house.answered()) + random.randint(1, 40))
        killed[house.kill_one()] += 1
    house.close()
    answered = house.answered()
    assert {"placed", "told", "cancelled", "arrived"} == {line.partition(" ")[0] for line in answered}
    assert json.loads(house.people("end", "\n".join(answered))) == []
