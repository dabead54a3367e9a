"""Pictures beside the files: found by their address's path; bombs and tricks refused, what is none passed over."""

import stat
import zipfile
from pathlib import Path

import pytest

from lapak.moving import pictures as module
from lapak.moving.documents import sorted_by_content
from lapak.moving.errors import FileUnreadable, PicturesRefused
from lapak.moving.pictures import Pictures, picture_key
from lapak.moving.tests.files import EXPORT, PICTURES, address, packed, picture

HASH = "44f442c9a788321d815e2c1780a33a98"


@pytest.mark.parametrize(
    ("address", "key"),
    [
        (f"https://p16-oec-va.ibyteimg.com/tos-x/{HASH}~tplv-a-origin-jpeg.jpeg?dr=1&idc=my2", f"tos-x/{HASH}"),
        (f"https://p19-oec-sg.ibyteimg.com/tos-x/{HASH}~tplv-b-resize.webp?from=2", f"tos-x/{HASH}"),
        (f"tos-x/{HASH}.jpeg", f"tos-x/{HASH}"),
        ("https://cdn.example.com/a%20b/c.PNG#x", "a b/c"),
        ("foto 1.jpg", "foto 1"),
        ("v1.2/foto", "v1.2/foto"),
        ("https://example.com/a%00%07b.jpg", "ab"),
        ("https://example.com/", ""),
        ("", ""),
    ],
)
def test_a_picture_is_named_by_its_path_alone(address: str, key: str) -> None:
    assert picture_key(address) == key


def found_in(path: Path, *keys: str) -> list[bool]:
    given = sorted_by_content([path])
    found = [key in given.pictures for key in keys]
    given.pictures.close()
    return found


def test_the_example_zip_holds_its_pictures() -> None:
    assert found_in(PICTURES, f"tos-alisg-i-aphluv4xwc-sg/{HASH}", "tos-alisg-i-aphluv4xwc-sg/other") == [True, False]


def test_folders_around_a_zips_pictures_do_not_matter(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {f"unduhan/gambar/tos-x/{HASH}.jpeg": picture(), "__MACOSX/._x.jpeg": b"litter"})
    assert found_in(path, f"tos-x/{HASH}", f"lain/{HASH}") == [True, True]


def test_a_zip_packed_by_windows_itself_parts_folders_by_backslashes(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {f"foto\\tos-x\\{HASH}.jpeg": picture(), "foto\\Thumbs.db": b"litter"})
    assert found_in(path, f"tos-x/{HASH}") == [True]


def test_what_a_mac_leaves_in_a_folder_with_an_icon_is_passed_over(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {f"foto/{HASH}.jpeg": picture(), "foto/Icon\r": b""})
    assert found_in(path, f"foto/{HASH}") == [True]


def test_a_short_name_alone_is_no_picture_of_another_folder(tmp_path: Path) -> None:
    """`1.jpg` of one product must never be shown for another."""
    path = packed(tmp_path / "a.zip", {"merah/1.jpg": picture("red"), "biru/2.jpg": picture("blue")})
    assert found_in(path, "merah/1", "biru/1", "hijau/2") == [True, False, False]


def test_of_two_with_one_long_name_neither_stands_for_the_other(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {f"a/{HASH}.jpg": picture("red"), f"b/{HASH}.jpg": picture("blue")})
    assert found_in(path, f"a/{HASH}", f"b/{HASH}", f"c/{HASH}") == [True, True, False]


def test_a_folder_is_searched_below(tmp_path: Path) -> None:
    (tmp_path / "tos-x").mkdir()
    (tmp_path / "tos-x" / f"{HASH}.jpeg").write_bytes(picture())
    (tmp_path / "catatan.txt").write_text("bukan gambar")
    given = sorted_by_content([tmp_path])
    assert given.pictures.read(f"tos-x/{HASH}") == picture()
    assert [document.name for document in given.documents] == ["catatan.txt"]


def test_bytes_come_from_the_zip(tmp_path: Path) -> None:
    given = sorted_by_content([packed(tmp_path / "a.zip", {f"{HASH}.png": picture(kind="PNG")})])
    assert given.pictures.read(picture_key(address(HASH))) == picture(kind="PNG")
    with pytest.raises(KeyError):
        given.pictures.read("tiada")
    given.pictures.close()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("../luar.jpeg", picture(), "leads out"),
        ("a/../../luar.jpeg", picture(), "leads out"),
        ("/etc/luar.jpeg", picture(), "leads out"),
        ("C:/luar.jpeg", picture(), "leads out"),
        ("a\\..\\luar.jpeg", picture(), "leads out"),
        ("bom.jpeg", picture() + bytes(5_000_000), "far more than pictures"),
    ],
)
def test_tricks_and_bombs_are_refused(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    with pytest.raises(PicturesRefused, match=reason):
        sorted_by_content([packed(tmp_path / "a.zip", {"baik.jpeg": picture(), name: content})])


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("gambar.jpeg", b"<html>bukan gambar</html>", "no JPEG"),
        ("BACA SAYA.txt", b"Toko Batik", "no JPEG"),
        ("logo.svg", b"<svg/>", "no JPEG"),
        ("video.mp4", b"\0\0\0\x18ftypmp42" + bytes(50), "no JPEG"),
        ("gerak.jpg", picture(kind="GIF"), "no JPEG"),
        ("berat.jpeg", picture() + bytes(10 * 1024 * 1024), "larger than 10 MB"),
        ("lagi.zip", b"PK\3\4" + bytes(50), "packed a second time"),
        ("kosong.jpeg", b"", "empty"),
    ],
)
def test_one_odd_file_in_a_zip_is_passed_over(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    given = sorted_by_content([packed(tmp_path / "a.zip", {"baik.jpeg": picture(), name: content})])
    assert "baik" in given.pictures
    (aside,) = given.pictures.asides({"baik"})
    assert (aside.file, name in aside.message, reason in aside.message) == ("a.zip", True, True)
    given.pictures.close()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("video.mp4", b"\0\0\0\x18ftypmp42" + bytes(50), "no JPEG"),
        ("berat.jpeg", picture() + bytes(10 * 1024 * 1024), "larger than 10 MB"),
        ("export.xlsx", b"", "empty"),
    ],
)
def test_one_odd_file_beside_others_is_passed_over(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / "baik.jpeg").write_bytes(picture())
    (tmp_path / name).write_bytes(content)
    given = sorted_by_content([tmp_path / "baik.jpeg", tmp_path / name])
    (aside,) = given.pictures.asides({"baik"})
    assert (aside.file, name in aside.message, reason in aside.message) == ("", True, True)


def test_many_odd_files_are_one_note(tmp_path: Path) -> None:
    members = {f"{n}.gif": picture(kind="GIF") for n in range(5)}
    given = sorted_by_content([packed(tmp_path / "a.zip", members)])
    (aside,) = given.pictures.asides(())
    assert str(aside).startswith("a.zip: 5 files such as “0.gif” were passed over")


def test_pictures_nobody_asks_for_are_counted_and_say_how_they_must_be_called(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"1.jpg": picture("red"), "2.jpg": picture("blue"), f"{HASH}.jpg": picture()})
    given = sorted_by_content([path])
    (aside,) = given.pictures.asides([f"tos-x/{HASH}", "tos-x/lain"])
    assert aside.message.startswith("2 pictures were not used")
    assert "“tos-x/lain.jpeg”" in aside.message
    given.pictures.close()


@pytest.mark.parametrize("name", [f"{HASH.upper()}.JPG", f"{HASH} (1).jpeg", f"tos-x/{HASH}(12).webp"])
def test_a_picture_is_found_as_phones_and_computers_name_it(tmp_path: Path, name: str) -> None:
    assert found_in(packed(tmp_path / "a.zip", {name: picture()}), f"tos-x/{HASH}") == [True]


def test_numbered_pictures_are_not_taken_for_copies(tmp_path: Path) -> None:
    """Windows numbers what it renames so: each is a picture of its own."""
    members = {f"kain batik tulis halus ({n}).jpg": picture(colour) for n, colour in ((1, "red"), (2, "blue"))}
    given = sorted_by_content([packed(tmp_path / "a.zip", members)])
    assert given.pictures.read("kain batik tulis halus (2)") == picture("blue")
    assert "kain batik tulis halus" not in given.pictures
    given.pictures.close()


def test_loose_pictures_are_found_by_their_names(tmp_path: Path) -> None:
    (tmp_path / f"{HASH}.jpeg").write_bytes(picture())
    given = sorted_by_content([tmp_path / f"{HASH}.jpeg"])
    assert given.pictures.read(f"tos-x/{HASH}") == picture()
    assert given.pictures.asides([f"tos-x/{HASH}"]) == []


def test_a_folder_may_hold_the_export_and_a_zip_of_pictures(tmp_path: Path) -> None:
    (tmp_path / "export.xlsx").write_bytes(EXPORT.read_bytes())
    (tmp_path / "~$export.xlsx").write_bytes(b"\5Sekar")
    (tmp_path / "lagi.xlsx").write_bytes(EXPORT.read_bytes())
    packed(tmp_path / "images.zip", {f"tos-x/{HASH}.jpeg": picture()})
    given = sorted_by_content([tmp_path])
    assert [document.name for document in given.documents] == ["export.xlsx"]
    assert given.pictures.read(f"tos-x/{HASH}") == picture()
    given.pictures.close()


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("gambar.jpeg")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(PicturesRefused, match="leads out"):
        sorted_by_content([tmp_path / "a.zip"])


def test_a_link_in_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rahasia.jpeg").write_bytes(picture())
    folder = tmp_path / "gambar"
    folder.mkdir()
    (folder / "tautan.jpeg").symlink_to(tmp_path / "rahasia.jpeg")
    with pytest.raises(PicturesRefused, match="leads out"):
        sorted_by_content([folder])


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"gambar.jpeg": picture()})
    data = bytearray(path.read_bytes())
    for signature, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags_at] |= 1
    path.write_bytes(data)
    with pytest.raises(PicturesRefused, match="password"):
        sorted_by_content([path])


def test_more_files_or_bytes_than_pictures_need_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed(tmp_path / "a.zip", {f"{n}.jpeg": picture() for n in range(4)})
    monkeypatch.setattr(module, "_MAX_MEMBERS", 3)
    with pytest.raises(PicturesRefused, match="more than 3 files"):
        Pictures().add_zip(path)
    monkeypatch.setattr(module, "_MAX_MEMBERS", 4)
    monkeypatch.setattr(module, "_MAX_TOTAL_BYTES", 1_000)
    with pytest.raises(PicturesRefused, match="more than 0 GB"):
        Pictures().add_zip(path)


def test_a_damaged_member_is_passed_over(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"gambar.jpeg": picture()})
    data = bytearray(path.read_bytes())
    data[30 + len("gambar.jpeg") : 60] = b"\xff" * (30 - len("gambar.jpeg"))
    path.write_bytes(data)
    (aside,) = sorted_by_content([path]).pictures.asides(())
    assert "damaged" in aside.message


def test_a_broken_zip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(PICTURES.read_bytes()[:100_000])
    with pytest.raises(FileUnreadable, match="broken"):
        sorted_by_content([tmp_path / "a.zip"])


def test_workbooks_may_come_packed_beside_pictures(tmp_path: Path) -> None:
    members = {"export_1.xlsx": EXPORT.read_bytes(), "export_2.xlsx": EXPORT.read_bytes(), "a.jpeg": picture()}
    given = sorted_by_content([packed(tmp_path / "a.zip", members)])
    assert [document.name for document in given.documents] == ["a.zip/export_1.xlsx", "a.zip/export_2.xlsx"]
    assert "a" in given.pictures
    given.pictures.close()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_a_text_table_is_one_in_whatever_letters_packed_or_not(tmp_path: Path, encoding: str) -> None:
    text = "Handle,Title\nkain-lasem,Kain Lasem\n".encode(encoding)
    (tmp_path / "products.csv").write_bytes(text)
    zipped = packed(tmp_path / "a.zip", {"ekspor/products.csv": text, "ekspor/._products.csv": b"litter"})
    given = sorted_by_content([tmp_path / "products.csv", zipped])
    assert [document.name for document in given.documents] == ["products.csv", "a.zip/ekspor/products.csv"]
    assert given.pictures.asides(()) == []


@pytest.mark.parametrize("litter", ["__MACOSX/._export.xlsx", "ekspor/._export.xlsx", "ekspor/~$export.xlsx"])
def test_what_stands_beside_packed_workbooks_is_passed_over(tmp_path: Path, litter: str) -> None:
    """A Mac packs a twin of each file, Excel's mark of an open one has its name: neither is a broken workbook."""
    members = {"ekspor/export.xlsx": EXPORT.read_bytes(), litter: b"\0\5\x16\7litter"}
    given = sorted_by_content([packed(tmp_path / "a.zip", members)])
    assert [document.name for document in given.documents] == ["a.zip/ekspor/export.xlsx"]


def test_a_short_name_stands_for_the_one_picture_that_has_it(tmp_path: Path) -> None:
    members = dict.fromkeys(("depan.JPG", "samping (1).jpg", "sama.jpg", "7.jpg"), picture())
    given = sorted_by_content([packed(tmp_path / "a.zip", members)])
    given.pictures.ask_for(["v3/toko/depan", "v3/toko/samping", "v3/a/sama", "v3/b/sama", "v3/toko/7"])
    found = {key for key in ("v3/toko/depan", "v3/toko/samping", "v3/a/sama", "v3/toko/7") if key in given.pictures}
    given.close()
    assert found == {"v3/toko/depan", "v3/toko/samping"}


def test_a_zip_of_zips_is_opened_once_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "sementara"))
    (tmp_path / "sementara").mkdir()
    twice = packed(tmp_path / "dua.zip", {f"{HASH}.jpeg": picture()}).read_bytes()
    inner = packed(tmp_path / "dalam.zip", {"baju/depan-belakang-1.jpeg": picture(), "dua.zip": twice})
    lists = packed(tmp_path / "ekspor.zip", {EXPORT.name: EXPORT.read_bytes()})
    members = {"Unduhan/gambar.zip": inner.read_bytes(), "Unduhan\\ekspor.zip": lists.read_bytes()}
    given = sorted_by_content([packed(tmp_path / "a.zip", members)])
    assert [document.name for document in given.documents] == [f"a.zip/Unduhan\\ekspor.zip/{EXPORT.name}"]
    assert ["baju/depan-belakang-1" in given.pictures, HASH in given.pictures] == [True, False]
    assert any("packed a second time" in str(aside) for aside in given.pictures.asides(["baju/depan-belakang-1"]))
    given.close()
    assert not [*(tmp_path / "sementara").iterdir()]


@pytest.mark.parametrize("trick", ["../keluar.jpeg", "/etc/keluar.jpeg"])
def test_a_zip_in_a_zip_is_looked_at_as_closely(trick: str, tmp_path: Path) -> None:
    inner = packed(tmp_path / "dalam.zip", {trick: picture()})
    with pytest.raises(PicturesRefused, match="leads out"):
        sorted_by_content([packed(tmp_path / "a.zip", {"dalam.zip": inner.read_bytes()})])


@pytest.mark.parametrize("member", ["content.xml", "xl/workbook.bin", "Index/Document.iwa"])
def test_a_document_of_another_program_is_named_as_that(member: str, tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match=r"Save it as \.xlsx or CSV"):
        sorted_by_content([packed(tmp_path / "a.ods", {"mimetype": b"application/x", member: b"<x/>"})])
