"""Workbooks in all the shapes exporters give them, and those built to harm."""

import zipfile
from pathlib import Path

import pytest

from lapak.moving import workbook
from lapak.moving.errors import FileUnreadable
from lapak.moving.tests.files import EXPORT, export, inline, packed, sku, table, with_sheet_xml
from lapak.moving.workbook import Workbook, column_letters


def rows_of(path: Path) -> list[tuple[int, list[object]]]:
    return [(number, list(cells)) for number, cells in Workbook(path.name, path).rows("Template")]


def test_the_example_is_read_whole_in_spite_of_its_dimension() -> None:
    """Its data are in `sheet2.xml`, as inline strings, under `<dimension ref="A1"/>`."""
    book = Workbook(EXPORT.name, EXPORT)
    assert "Category" in book.sheet_names
    rows = list(book.rows("Template"))
    assert len(rows) == 5 + 633
    assert rows[0][1][:2] == ["product_id", "category"]
    assert rows[-1][0] == 638


@pytest.mark.parametrize("block_bytes", [500, 5_000, 100_000])
def test_blocks_of_any_size_give_the_same_rows(monkeypatch: pytest.MonkeyPatch, block_bytes: int) -> None:
    whole = rows_of(EXPORT)
    monkeypatch.setattr(workbook, "_BLOCK_BYTES", block_bytes)
    assert rows_of(EXPORT) == whole


def test_shared_strings_are_read_in_blocks_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = export(tmp_path / "a.xlsx", [sku(n) for n in range(40)])
    whole = rows_of(path)
    monkeypatch.setattr(workbook, "_BLOCK_BYTES", 1_000)
    assert rows_of(path) == whole
    assert len(whole) == 45


@pytest.mark.parametrize("block_bytes", [60, 4_000_000])
@pytest.mark.parametrize(
    ("xml", "rows"),
    [
        # Each cell in a row element of its own.
        (
            f'<row r="1">{inline("A1", "a")}</row><row r="1">{inline("B1", "b")}</row><row r="2">{inline("A2", "c")}</row>',
            [(1, ["a", "b"]), (2, ["c"])],
        ),
        # No numbers at all.
        (f"<row>{inline('', 'a')}{inline('', 'b')}</row><row>{inline('', 'c')}</row>", [(1, ["a", "b"]), (2, ["c"])]),
        # Numbered rows, nameless cells.
        (f'<row r="1">{inline("", "a")}</row><row r="2">{inline("", "b")}</row>', [(1, ["a"]), (2, ["b"])]),
        # A column and a row left empty.
        (f'<row r="2">{inline("B2", "a")}</row><row r="4">{inline("A4", "b")}</row>', [(2, ["", "a"]), (4, ["b"])]),
        # Numbers and entities.
        (
            '<row r="1"><c r="A1"><v>125000</v></c><c r="B1" t="str"><v>a &amp; b</v></c></row>',
            [(1, [125000.0, "a & b"])],
        ),
    ],
)
def test_malformed_rows_are_put_right(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, xml: str, rows: list[tuple[int, list[object]]], block_bytes: int
) -> None:
    monkeypatch.setattr(workbook, "_BLOCK_BYTES", block_bytes)
    sheet = f'<worksheet><dimension ref="A1:A1"/><sheetData>{xml}</sheetData></worksheet>'
    found = rows_of(with_sheet_xml(tmp_path / "a.xlsx", sheet))
    trimmed = [(number, cells[: len(wanted)]) for (number, cells), (_, wanted) in zip(found, rows, strict=True)]
    assert trimmed == rows
    assert not any(cell for (_, cells), (_, wanted) in zip(found, rows, strict=True) for cell in cells[len(wanted) :])


def test_no_more_than_a_block_and_a_row_is_parsed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    whole = Workbook._small_workbook

    def measured(book: Workbook, sheets: dict[str, bytes]) -> object:
        sizes.extend(map(len, sheets.values()))
        return whole(book, sheets)

    monkeypatch.setattr(workbook, "_BLOCK_BYTES", 50_000)
    monkeypatch.setattr(Workbook, "_small_workbook", measured)
    assert len(rows_of(EXPORT)) == 638
    assert len(sizes) > 20
    assert max(sizes) < 50_000 + 10_000


def test_prefixed_elements_are_read_in_blocks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rows = "".join(f'<x:row r="{n}"><x:c r="A{n}"><x:v>{n}</x:v></x:c></x:row>' for n in range(1, 30))
    xml = f'<x:worksheet xmlns:x="{main}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    monkeypatch.setattr(workbook, "_BLOCK_BYTES", 300)
    assert rows_of(with_sheet_xml(tmp_path / "a.xlsx", xml)) == [(n, [float(n)]) for n in range(1, 30)]


def test_excels_strict_workbooks_are_read(tmp_path: Path) -> None:
    plain = table(tmp_path / "a.xlsx", [["a", "b"], ["x", 17]])
    strict = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/": b"http://purl.oclc.org/ooxml/officeDocument/",
    }
    with zipfile.ZipFile(plain) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for loose, its in strict.items():
        members = {name: content.replace(loose, its) for name, content in members.items()}
    assert rows_of(packed(tmp_path / "b.xlsx", members)) == rows_of(plain) == [(1, ["a", "b"]), (2, ["x", 17])]


def test_a_sheet_without_rows_has_none(tmp_path: Path) -> None:
    assert rows_of(with_sheet_xml(tmp_path / "a.xlsx", "<worksheet><sheetData/></worksheet>")) == []
    assert rows_of(with_sheet_xml(tmp_path / "b.xlsx", "<worksheet><sheetData></sheetData></worksheet>")) == []


def test_the_head_keeps_the_rows_numbers(tmp_path: Path) -> None:
    path = table(tmp_path / "a.xlsx", [["a"], [], ["c"], ["d"]])
    assert Workbook("a", path).heads(3) == {"Template": [["a"], [], ["c"]]}


def test_a_cell_far_away_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    xml = f'<row r="1">{inline("A1", "a")}</row><row r="1048576">{inline("XFD1048576", "b")}</row>'
    path = with_sheet_xml(tmp_path / "a.xlsx", f"<worksheet><sheetData>{xml}</sheetData></worksheet>")
    with pytest.raises(FileUnreadable, match="far outside"):
        rows_of(path)


def test_an_endless_row_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(workbook, "_BLOCK_BYTES", 1_000)
    monkeypatch.setattr(workbook, "_MAX_ROW_BYTES", 10_000)
    xml = f'<worksheet><sheetData><row r="1">{inline("A1", "x" * 50_000)}</row></sheetData></worksheet>'
    with pytest.raises(FileUnreadable, match="too large"):
        rows_of(with_sheet_xml(tmp_path / "a.xlsx", xml))


def test_huge_shared_texts_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(workbook, "_MAX_COMMON_BYTES", 10_000)
    path = export(tmp_path / "a.xlsx", [sku(n, product_description="x" * 500 + str(n)) for n in range(40)])
    with pytest.raises(FileUnreadable, match="too large"):
        Workbook("a", path)


def test_a_huge_sheet_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_MAX_SHEET_BYTES", 1_000_000)
    with pytest.raises(FileUnreadable, match="too large"):
        Workbook("a", EXPORT)


@pytest.mark.parametrize(
    "members",
    [
        {"xl/workbook.xml": b"<not xml"},
        {"xl/workbook.xml": b"<workbook/>"},
        {"xl/other.xml": b""},
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, members: dict[str, bytes]) -> None:
    with pytest.raises(FileUnreadable, match="broken"):
        Workbook("a", packed(tmp_path / "a.xlsx", members))


def test_broken_xml_in_a_sheet_is_refused(tmp_path: Path) -> None:
    path = with_sheet_xml(tmp_path / "a.xlsx", "<worksheet><sheetData><row r='1'><c></row></sheetData></worksheet>")
    with pytest.raises(FileUnreadable, match="broken"):
        rows_of(path)


def test_a_cut_off_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(EXPORT.read_bytes()[:-5_000])
    with pytest.raises(FileUnreadable, match="broken"):
        Workbook("a", tmp_path / "a.xlsx")


def test_a_damaged_sheet_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(EXPORT) as archive:
        info = archive.getinfo("xl/worksheets/sheet2.xml")
    data = bytearray(EXPORT.read_bytes())
    data[info.header_offset + 5_000 : info.header_offset + 5_100] = bytes(100)
    (tmp_path / "a.xlsx").write_bytes(data)
    with pytest.raises(FileUnreadable, match="broken"):
        rows_of(tmp_path / "a.xlsx")


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_excel_names_them(index: int, letters: str) -> None:
    assert column_letters(index) == letters
