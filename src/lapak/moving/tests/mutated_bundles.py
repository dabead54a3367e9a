"""Lapak's own file as it should never be given: changed in one of its lists, in its seal, in its bytes, or in what it holds."""

import csv
import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

from lapak.moving.seal import MANIFEST, SIGNATURE, Seal
from lapak.moving.tests.mutations import MUTATIONS
from lapak.moving.tests.test_damaged import damaged, damaged_inside

Members = dict[str, bytes]


def mutate_bundle(path: Path, chance: random.Random) -> None:
    """The file at the path is changed in one way."""
    chance.choice(_WAYS)(path, chance)


def _list_changed(path: Path, chance: random.Random) -> None:
    """By somebody who signs anew, or takes the seal away, or forgets both."""
    members = _members(path)
    name = chance.choice([name for name in members if name.endswith(".csv")])
    grid = list(csv.reader(io.StringIO(members[name].decode("utf-8-sig"))))
    for mutate in chance.sample(MUTATIONS, chance.randint(1, 2)):
        if any(grid):
            mutate(grid, chance)
    text = io.StringIO()
    csv.writer(text).writerows(grid)
    members[name] = text.getvalue().encode()
    chance.choice([_write, _seal_anew, _without_seal])(path, members)


def _manifest_wrong(path: Path, chance: random.Random) -> None:
    members = _members(path)
    name = chance.choice([MANIFEST, SIGNATURE])
    wrong = (damaged(members[name], chance), b"", b"{}", b"null", b'{"files":{}}', b"\xff" * 64, members["goods.csv"])
    members[name] = chance.choice(wrong)
    _write(path, members)


def _members_added(path: Path, chance: random.Random) -> None:
    members = _members(path)
    nested = path.read_bytes()
    content = chance.choice(
        [nested, damaged(nested, chance), members["goods.csv"], b"", b"PK\x03\x04", b"\xff\xd8\xff"]
    )
    members[
        chance.choice(["b.zip", "../b.csv", "pictures/x.jpg", "goods2.csv", "b/b/goods.csv", "manifest.json/x"])
    ] = content
    chance.choice([_write, _seal_anew, _without_seal])(path, members)


def _member_lost(path: Path, chance: random.Random) -> None:
    members = _members(path)
    del members[chance.choice(sorted(members))]
    chance.choice([_write, _seal_anew, _without_seal])(path, members)


def _bytes_damaged(path: Path, chance: random.Random) -> None:
    path.write_bytes(chance.choice([damaged, damaged_inside])(path.read_bytes(), chance))


_WAYS: tuple[Callable[[Path, random.Random], None], ...] = (
    _list_changed, _list_changed, _list_changed, _manifest_wrong, _members_added, _member_lost, _bytes_damaged,
)  # fmt: skip


def _members(path: Path) -> Members:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _write(path: Path, members: Members) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def _without_seal(path: Path, members: Members) -> None:
    _write(path, {name: content for name, content in members.items() if name not in {MANIFEST, SIGNATURE}})


def _seal_anew(path: Path, members: Members) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        seal = Seal(archive)
        for name, content in members.items():
            if name not in {MANIFEST, SIGNATURE}:
                with seal.open(name) as member:
                    member.write(content)
        seal.close({})
