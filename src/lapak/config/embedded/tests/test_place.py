"""The database lies where its account can reach it, and where nobody else can."""

import os
import subprocess
from pathlib import Path

import pytest

from lapak.config.embedded.place import SOCKET_NAME, Account, _socket_folder, prepare_place
from lapak.config.embedded.server import Server
from lapak.config.embedded.tests.conftest import as_root
from lapak.lib.trouble import Trouble

ME = Account(os.geteuid(), os.getegid())


def test_the_socket_lies_beside_the_data_when_its_path_is_short(tmp_path: Path) -> None:
    assert _socket_folder(Path("/short"), ME) == Path("/short")


def test_a_short_folder_that_others_can_enter_is_refused() -> None:
    long_path = Path("/") / ("x" * (104 - len(SOCKET_NAME)))
    short = _socket_folder(long_path, ME)
    try:
        assert _socket_folder(long_path, ME) == short
        short.chmod(0o755)
        with pytest.raises(Trouble, match=str(short)):
            _socket_folder(long_path, ME)
    finally:
        short.rmdir()


@as_root
def test_roots_database_belongs_to_another_account_outside_the_clone(tmp_path: Path, system_folder: Path) -> None:
    place = prepare_place(tmp_path)
    assert place.account.uid != 0
    assert place.folder.parent == system_folder
    assert place.folder == (tmp_path / "postgres").resolve()
    assert prepare_place(tmp_path) == place
    for path in (place.folder, *place.programs.parents):
        assert os.geteuid() == 0
        assert path == place.folder or path.stat().st_mode & 0o005 == 0o005, f"{path} is closed to the account"


@as_root
def test_a_new_home_at_the_same_path_begins_anew(tmp_path: Path) -> None:
    before = prepare_place(tmp_path)
    (tmp_path / "postgres").unlink()
    assert prepare_place(tmp_path).folder != before.folder


@as_root
def test_a_database_that_was_removed_by_hand_is_not_replaced_in_silence(tmp_path: Path) -> None:
    prepare_place(tmp_path).folder.rmdir()
    with pytest.raises(Trouble, match="is gone"):
        prepare_place(tmp_path)


@as_root
def test_other_users_cannot_reach_the_socket(server: Server) -> None:
    account = server.place.account
    look = ["ls", str(server.place.sockets / SOCKET_NAME)]
    assert subprocess.run(look, user=account.uid, capture_output=True, check=False).returncode == 0
    refused = subprocess.run(look, user=account.uid + 1, group=account.gid, capture_output=True, check=False)
    assert b"Permission denied" in refused.stderr
