"""What this installation keeps is closed to other users of the machine."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from lapak.config.embedded.tests.conftest import as_root

WRITE = """
import django
django.setup()
from pathlib import Path
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from lapak.goods.search.index import exclusive
default_storage.save("pictures/ab/a.jpg", ContentFile(b"x"))
storages["private"].save("payouts/a.csv", ContentFile(b"x"))
(settings.HOME / "search").mkdir()
(settings.HOME / "search" / "lock").write_text("")
"""


def start(home: Path, code: str = WRITE) -> None:
    """A process of Lapak, begun by somebody whose files everybody may read."""
    environment = os.environ | {"LAPAK_HOME": str(home), "DJANGO_SETTINGS_MODULE": "lapak.config.settings"}
    environment.pop("LAPAK_SECRET_KEY", None)
    subprocess.run(
        [sys.executable, "-P", "-c", code], check=True, umask=0o022,
        env=environment | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )  # fmt: skip


def open_to_others(home: Path) -> list[str]:
    return [str(path) for path in (home, *home.rglob("*")) if path.lstat().st_mode & 0o077]


def test_nothing_in_a_new_data_folder_is_open_to_others(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    start(home)
    assert (home / "private" / "payouts" / "a.csv").exists()
    assert (home / "secret_key").exists()
    assert open_to_others(home) == []


@pytest.mark.parametrize("mode", [0o755, 0o777, 0o750])
def test_a_data_folder_that_was_open_is_closed_by_the_next_start(tmp_path: Path, mode: int) -> None:
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(mode)
    start(home)
    assert open_to_others(home) == []


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that every user can enter; pytest's own are root's alone."""
    with tempfile.TemporaryDirectory(prefix="lapak-home-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@as_root
def test_what_was_open_inside_can_be_reached_by_nobody_else_any_more(reachable: Path) -> None:
    before = reachable / "home" / "private" / "list.csv"
    before.parent.mkdir(parents=True)
    before.write_text("account")
    for path in (before.parent.parent, before.parent, before):
        path.chmod(0o755)
    look = ["cat", str(before)]
    assert subprocess.run(look, user=65534, capture_output=True, check=False).returncode == 0
    start(reachable / "home", "import lapak.config.settings")
    assert subprocess.run(look, user=65534, capture_output=True, check=False).returncode != 0


@as_root
def test_a_folder_of_somebody_else_s_is_left_as_it_is(reachable: Path) -> None:
    """Who may not close it is not kept from looking at what they may see."""
    home = reachable / "home"
    home.mkdir()
    home.chmod(0o755)
    as_nobody = f"import os; os.setuid(65534); os.environ['LAPAK_HOME'] = {str(home)!r}; settings._home()"
    start(reachable / "other", f"from lapak.config import settings; {as_nobody}")
    assert home.stat().st_mode & 0o777 == 0o755
