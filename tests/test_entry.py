"""`./lapak` sets itself up, once, and says what to do when it cannot."""

import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

ENTRY = settings.ROOT / "lapak"
LOCKS = ("requirements.lock", "requirements-dev.lock")
TOOLS = ("cat", "cksum", "cut", "dirname", "grep", "mktemp", "readlink", "rm", "sh", "tail")

STAND_IN = r"""#!/bin/sh
# In place of a Python: tells what was asked of it, and has the answers that a test gave it.
case "$*" in
    *version_info\[*) echo "${VERSION-3.11}" ;;
    *'sys.exit(sys.version_info'*) exit "${TOO_OLD-0}" ;;
    *ensurepip*) exit "${WITHOUT_VENV-0}" ;;
    *fcntl*) exec "$REAL_PYTHON" "$@" ;;
    -V) echo "Python ${VERSION-3.11}.2" ;;
    '-m venv '*)
        echo "venv" >>"$ASKED"
        /bin/mkdir -p "$3/bin"
        /bin/cp "$0" "$3/bin/python"
        ;;
    *' pip '*)
        for lock; do :; done
        echo "pip ${lock##*/}" >>"$ASKED"
        echo 'Collecting something==1.0'
        /bin/sleep "${PIP_TAKES-0}"
        if [ "${PIP_SAYS-}" ]; then
            echo "$PIP_SAYS" >&2
            exit 1
        fi
        ;;
    *) echo "ran: $*" ;;
esac
"""


@dataclass(frozen=True)
class Clone:
    """A clone of Lapak on a machine that has nothing but the usual tools and what `python` puts there."""

    root: Path
    bin: Path

    def python(self, name: str = "python3", script: str = STAND_IN) -> None:
        program = self.bin / name
        program.write_text(script)
        program.chmod(0o755)

    def start(self, *arguments: str, **environment: str) -> "subprocess.Popen[str]":
        machine = {"PATH": str(self.bin), "REAL_PYTHON": sys.executable, "ASKED": str(self.bin / "asked")}
        return subprocess.Popen(
            [self.root / "lapak", *arguments],
            env={**machine, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            text=True,
        )

    def run(self, *arguments: str, **environment: str) -> tuple[int, str, str]:
        process = self.start(*arguments, **environment)
        out, err = process.communicate()
        return process.returncode, out, err

    def asked(self) -> list[str]:
        """What was asked of the Pythons since the last time."""
        log = self.bin / "asked"
        lines = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return lines


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    root, programs = tmp_path / "a clone", tmp_path / "bin"
    root.mkdir()
    programs.mkdir()
    for name in (ENTRY.name, *LOCKS):
        shutil.copy(settings.ROOT / name, root / name)
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found
        (programs / tool).symlink_to(found)
    return Clone(root, programs)


def test_sets_itself_up_once(clone: Clone) -> None:
    clone.python()
    code, out, err = clone.run("serve", "--port", "8001")
    assert (code, out) == (0, "ran: -P -m lapak serve --port 8001\n")
    assert "Setting up Lapak" in err
    assert clone.asked() == ["venv", "pip requirements.lock"]
    assert clone.run("--help") == (0, "ran: -P -m lapak --help\n", "")
    assert clone.asked() == []


def test_the_checks_need_more(clone: Clone) -> None:
    clone.python()
    clone.run("serve")
    clone.asked()
    assert clone.run("test")[0] == 0
    assert clone.asked() == ["pip requirements-dev.lock"]
    clone.run("serve")
    assert clone.asked() == []


def test_for_the_checks_one_installation_is_enough(clone: Clone) -> None:
    clone.python()
    clone.run("test")
    clone.run("serve")
    assert clone.asked() == ["venv", "pip requirements-dev.lock"]


def test_a_new_lock_makes_a_new_environment(clone: Clone) -> None:
    clone.python()
    clone.run("serve")
    clone.asked()
    lock = clone.root / "requirements.lock"
    lock.write_text(lock.read_text() + "# one more\n")
    clone.run("serve")
    assert clone.asked() == ["venv", "pip requirements.lock"]


def test_another_python_makes_a_new_environment(clone: Clone) -> None:
    clone.python()
    clone.run("serve")
    clone.asked()
    clone.run("serve", VERSION="3.13")
    assert clone.asked() == ["venv", "pip requirements.lock"]


def test_two_at_once_take_turns(clone: Clone) -> None:
    clone.python()
    both = [clone.start("serve", PIP_TAKES="1") for _ in range(2)]
    said = [process.communicate() for process in both]
    assert [out for out, _ in said] == ["ran: -P -m lapak serve\n"] * 2
    assert clone.asked() == ["venv", "pip requirements.lock"]
    assert sum("waiting for it" in err for _, err in said) == 1


def test_broken_off_it_leaves_nothing_half_made(clone: Clone) -> None:
    clone.python()
    process = clone.start("serve", PIP_TAKES="60")
    deadline = time.monotonic() + 60
    while "pip requirements.lock" not in clone.asked() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert (clone.root / ".venv").exists()
    os.killpg(process.pid, signal.SIGTERM)  # not SIGINT: what starts in the background may have it ignored
    process.communicate(timeout=90)
    assert process.returncode == 130
    assert not (clone.root / ".venv").exists()


def test_the_newest_python_that_can_do_it_is_taken(clone: Clone) -> None:
    clone.python("python3.13", STAND_IN.replace("WITHOUT_VENV-0", "WITHOUT_VENV-1"))
    clone.python("python3.12", STAND_IN.replace("VERSION-3.11", "VERSION-3.12"))
    clone.python()
    assert "with Python 3.12" in clone.run("serve")[2]


def test_no_python(clone: Clone) -> None:
    code, out, err = clone.run("serve")
    assert (code, out) == (1, "")
    assert "found no Python here" in err
    assert "apt install python3 python3-venv" in err


def test_old_python(clone: Clone) -> None:
    clone.python()
    code, _, err = clone.run("serve", VERSION="3.9", TOO_OLD="1")
    assert code == 1
    assert "needs Python 3.11 or newer; the newest found here is Python 3.9" in err


def test_python_without_venv(clone: Clone) -> None:
    clone.python()
    code, _, err = clone.run("serve", WITHOUT_VENV="1")
    assert code == 1
    assert "apt install python3-venv" in err
    assert not (clone.root / ".venv").exists()


def test_full_disk(clone: Clone) -> None:
    clone.python()
    code, _, err = clone.run("serve", PIP_SAYS="ERROR: [Errno 28] No space left on device")
    assert code == 1
    assert "The disk is full" in err
    assert not (clone.root / ".venv").exists()


def test_what_pip_said_is_shown(clone: Clone) -> None:
    clone.python()
    code, _, err = clone.run("serve", PIP_SAYS="ERROR: THESE PACKAGES DO NOT MATCH THE HASHES")
    assert code == 1
    assert "DO NOT MATCH THE HASHES" in err


def test_failing_to_add_the_tools_of_the_checks_leaves_the_rest_as_it_was(clone: Clone) -> None:
    clone.python()
    clone.run("serve")
    assert clone.run("test", PIP_SAYS="ERROR: no")[0] == 1
    clone.asked()
    assert clone.run("serve")[0] == 0
    assert clone.asked() == []


def test_no_network(clone: Clone) -> None:
    """With a real Python and the real pip, against a port where nothing listens."""
    (clone.bin / "python3").symlink_to(Path(sys.base_prefix) / "bin" / "python3")
    nowhere = "http://127.0.0.1:9/simple"
    code, _, err = clone.run(
        "serve", PIP_INDEX_URL=nowhere, PIP_RETRIES="1", PIP_CONFIG_FILE=os.devnull, PIP_NO_CACHE_DIR="1"
    )
    assert code == 1
    assert "No network" in err
    assert not (clone.root / ".venv").exists()
