"""Damaged files: whatever happened to them on the way, moving in ends, and says so in words."""

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from lapak.lib.refusal import Refusal
from lapak.moving.move_in import move_in
from lapak.moving.report import write_report
from lapak.moving.tests.files import EXAMPLES, EXPORT, PICTURES, address, export, packed, picture, sku
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.refused import refused

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::UserWarning"),  # of Pillow and zipfile, on damaged files
]


def damaged(whole: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, lost, or there twice; or the end lost. Of a few bytes one is left, of none none."""
    data = bytearray(whole)
    for _ in range(chance.randint(1, 8)):
        if len(data) < 2:
            return whole[:1]
        at, length = chance.randrange(len(data)), chance.choice([1, 2, 10, 100])
        match chance.randrange(4):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = data[at : at + length]
            case _:
                del data[-length:]
    return bytes(data) or whole[:1]


def damaged_inside(whole: bytes, chance: random.Random) -> bytes:
    """The zip is sound, one of the files in it is not."""
    packed_anew = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive, zipfile.ZipFile(packed_anew, "w") as copy:
        hit = chance.choice(archive.namelist())
        for name in archive.namelist():
            content = archive.read(name)
            copy.writestr(name, damaged(content, chance) if name == hit else content)
    return packed_anew.getvalue()


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A small export, and its pictures."""
    rows = [sku(n, k, main_image=address(f"p{n}")) for n in (1, 2) for k in (1, 2)] + [sku(3, price="-1")]
    members = {f"tos-alisg-i-sg/p{n}.jpeg": picture() for n in (1, 2)} | {"x.png": picture(kind="PNG")}
    return [export(tmp_path / "export.xlsx", rows), packed(tmp_path / "pictures.zip", members)]


def ends_in_words(files: list[Path], shop: Shop, seller: User, report: Path) -> None:
    words = ""
    try:
        result = move_in(seller, files, shop)
    except Refusal as refusal:
        words = str(refusal)
    else:
        words = str(write_report(result, report))
    assert len(words) > 20


def damage(
    times: int,
    files: list[Path],
    shop: Shop,
    seller: User,
    tmp_path: Path,
    how: Callable[[bytes, random.Random], bytes],
) -> None:
    whole = [file.read_bytes() for file in files]
    for seed in range(times):
        chance = random.Random(f"{how.__name__} {seed}")
        hit = chance.randrange(len(files))
        for n, file in enumerate(files):
            file.write_bytes(how(whole[n], chance) if n == hit else whole[n])
        try:
            ends_in_words(files, shop, seller, tmp_path / "report.xlsx")
        except BaseException as unforeseen:
            raise AssertionError(f"{how.__name__} with seed {seed}, file {files[hit].name}") from unforeseen


@pytest.mark.parametrize("how", [damaged, damaged_inside])
def test_damaged_files_end_in_words(
    files: list[Path], shop: Shop, seller: User, tmp_path: Path, how: Callable[[bytes, random.Random], bytes]
) -> None:
    damage(30, files, shop, seller, tmp_path, how)


@pytest.mark.long
@pytest.mark.parametrize("how", [damaged, damaged_inside])
def test_many_more_damaged_files_end_in_words(
    files: list[Path], shop: Shop, seller: User, tmp_path: Path, how: Callable[[bytes, random.Random], bytes]
) -> None:
    damage(1_000, files, shop, seller, tmp_path, how)


@pytest.mark.long
@pytest.mark.parametrize("platform", sorted(folder.name for folder in EXAMPLES.parent.iterdir()))
@pytest.mark.parametrize("how", [damaged, damaged_inside])
def test_the_damaged_files_of_every_platform_end_in_words(
    shop: Shop, seller: User, tmp_path: Path, platform: str, how: Callable[[bytes, random.Random], bytes]
) -> None:
    files = []
    for source in sorted((EXAMPLES.parent / platform).iterdir()):
        if zipfile.is_zipfile(source) or (how is damaged and source.suffix == ".csv"):
            files.append(tmp_path / source.name)
            files[-1].write_bytes(source.read_bytes())
    damage(10, files, shop, seller, tmp_path, how)


def test_a_zip_that_lost_ten_bytes_keeps_its_other_pictures(shop: Shop, seller: User, tmp_path: Path) -> None:
    whole = move_in(seller, [EXPORT, PICTURES], shop, dry_run=True).plan.images.created
    for at in (50, 1_000, 3_000_000):
        data = PICTURES.read_bytes()
        (tmp_path / "a.zip").write_bytes(data[:at] + data[at + 10 :])
        result = move_in(seller, [EXPORT, tmp_path / "a.zip"], shop, dry_run=True)
        assert 0 < result.plan.images.created < whole
        assert any("damaged" in line for line in result.in_words)


def test_an_unknown_encoding_is_refused(shop: Shop, seller: User, tmp_path: Path, nothing_written: None) -> None:
    with zipfile.ZipFile(export(tmp_path / "a.xlsx", [sku()])) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    whole = members["xl/workbook.xml"]
    members["xl/workbook.xml"] = whole.replace(b'encoding="UTF-8"', b'encoding="klingon"')
    assert members["xl/workbook.xml"] != whole
    with refused(Refusal, match="broken", of_this_family=True):
        move_in(seller, [packed(tmp_path / "b.xlsx", members)], shop)


def test_a_picture_damaged_behind_its_first_bytes_leaves_only_itself_out(
    shop: Shop, seller: User, tmp_path: Path
) -> None:
    large = io.BytesIO()
    Image.effect_noise((400, 400), 80).save(large, "PNG")
    members = {f"tos-alisg-i-sg/p{n}.png": large.getvalue() for n in (1, 2)}
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:  # not compressed, so that only the checksum tells
        for name, content in members.items():
            archive.writestr(name, content)
    data = (tmp_path / "a.zip").read_bytes()
    at = data.index(b"p2.png") + 90_000
    (tmp_path / "a.zip").write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    rows = [sku(n, main_image=address(f"p{n}")) for n in (1, 2)]
    result = move_in(seller, [export(tmp_path / "a.xlsx", rows), tmp_path / "a.zip"], shop)
    assert result.done is not None
    assert (result.done.products.created, result.done.images.created, result.done.images.left_out) == (2, 1, 1)
    assert any("not a picture Lapak can read" in note.message for note in result.notes)
