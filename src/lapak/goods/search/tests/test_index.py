"""The index's files: built beside, exchanged in one step, never half; and readers that notice."""

from pathlib import Path
from unittest.mock import Mock

import pytest

from lapak.goods.search import reader
from lapak.goods.search.follow import index_status
from lapak.goods.search.index import (
    BUILDING,
    SCHEMA_VERSION,
    build_index,
    current_folder,
    exclusive,
    index_home,
    open_index,
    stored_position,
)
from lapak.goods.search.queries import search
from lapak.goods.search.tests.conftest import listing, put_on_sale
from lapak.lib.follow import Position

NOWHERE = Position("none", "1:1:", 0)


@pytest.fixture
def folder() -> Path:
    """An index of one shirt."""
    put_on_sale(listing("Kemeja Batik"))
    folder = current_folder()
    assert folder is not None
    return folder


def test_holds_the_position_it_was_built_at() -> None:
    position = Position("7711679858992091113/16384", "900:905:900,903", 12)
    build_index([], position)
    folder = current_folder()
    assert folder is not None
    assert stored_position(open_index(folder).searcher()) == position


def test_a_new_index_takes_the_place_of_the_old(folder: Path) -> None:
    assert search("kemeja").total == 1
    put_on_sale(listing("Sarung Tenun"))
    assert (search("kemeja").total, search("sarung").total) == (0, 1)
    assert list(index_home().glob("index-*")) == [current_folder()] != [folder]


def test_a_build_that_fails_leaves_the_index_in_use_and_is_cleaned_up_by_the_next(folder: Path) -> None:
    def interrupt(count: int) -> None:
        raise OSError(f"disk full after {count}")

    with pytest.raises(OSError, match="disk full after 1"):
        build_index([[listing("Sarung Tenun")]], NOWHERE, interrupt)
    assert current_folder() == folder
    assert (search("kemeja").total, search("sarung").total) == (1, 0)
    put_on_sale(listing("Kain Songket"))
    assert list(index_home().glob("index-*")) == [current_folder()]


def test_indexes_of_older_schemas_are_removed_and_nothing_else(search_index: Path) -> None:
    for name in ("schema-0", f"schema-{SCHEMA_VERSION + 1}", "schema-mine"):
        (search_index / name).mkdir(parents=True)
    put_on_sale()
    left = {path.name for path in search_index.iterdir()}
    assert left == {f"schema-{SCHEMA_VERSION}", f"schema-{SCHEMA_VERSION + 1}", "schema-mine"}


def test_only_one_builds_at_a_time() -> None:
    with exclusive(BUILDING, wait=False), pytest.raises(BlockingIOError), exclusive(BUILDING, wait=False):
        pass
    with exclusive(BUILDING, wait=False):
        pass


@pytest.mark.usefixtures("folder")
def test_readers_look_only_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LOOK_EVERY_S", 3600)
    assert search("kemeja").total == 1
    put_on_sale(listing("Sarung Tenun"))
    assert search("kemeja").total == 1


def test_readers_go_on_when_the_files_are_deleted(folder: Path, search_index: Path) -> None:
    assert search("kemeja").total == 1
    folder.rename(search_index / "deleted")
    assert search("kemeja sekali").total == 1


@pytest.mark.parametrize("damage", ["gone", "empty", "half"])
@pytest.mark.parametrize("kind", ["meta.json", "*.idx", "*.term", "*.store", "*.fast", "*.fieldnorm"])
def test_damage_is_noticed(folder: Path, kind: str, damage: str) -> None:
    [file] = folder.glob(kind)
    data = file.read_bytes()
    file.unlink()
    if damage != "gone":
        file.write_bytes(data[: len(data) // 2] if damage == "half" else b"")
    assert not search("kemeja").index_ready
    assert not index_status().is_sound


def test_an_index_that_is_not_ours_is_not_read(folder: Path) -> None:
    empty = open_index(folder).writer(15_000_000, 1)
    empty.delete_all_documents()
    empty.commit()
    empty.wait_merging_threads()
    assert not search("kemeja").index_ready
    assert not index_status().is_sound


@pytest.mark.usefixtures("folder")
def test_a_snapshot_remembers_only_so_many_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_REMEMBERED", 1)
    snapshot = reader.current_snapshot()
    assert snapshot is not None
    work = Mock(side_effect=["first", "other", "again"])
    answers = [snapshot.remembered(question, work) for question in ("a", "a", "b", "a")]
    assert answers == ["first", "first", "other", "again"]
