"""Lists as texts, as programs of other languages and years save them: read as what they are, or named."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from lapak.moving.documents import sorted_by_content
from lapak.moving.errors import FileUnreadable
from lapak.moving.table import TextTable

HEADER = ("ID Produk", "Nama Produk", "Harga", "Keterangan")
ROWS = (HEADER, ("0017", "Kain, batik", "125.000", 'Ukuran 2"; halus'), ("0018", "Sarung", "99.000", "–"))


def text(rows: Sequence[Sequence[str]] = ROWS, separator: str = ",") -> str:
    to = io.StringIO()
    csv.writer(to, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return to.getvalue()


def rows_of(content: str, encoding: str = "utf-8") -> list[tuple[str, ...]]:
    read = TextTable("x.csv", content.encode(encoding)).rows()
    return [tuple(str(cell) for cell in cells) for _number, cells in read]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_whatever_parts_its_cells_and_in_whatever_letters(separator: str, encoding: str) -> None:
    assert rows_of(text(separator=separator), encoding) == [*ROWS]


@pytest.mark.parametrize("title", ["Daftar produk", "Daftar produk, 2023", '"Daftar produk, per Oktober"', ""])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_title_above_it_does_not_say_what_parts_the_cells(title: str, separator: str) -> None:
    assert rows_of(f"{title}\r\n\r\n{text(separator=separator)}")[-3:] == [*ROWS]


@pytest.mark.parametrize("is_header_packed", [True, False])
def test_a_list_that_a_spreadsheet_took_for_one_column_has_its_columns(is_header_packed: bool) -> None:
    """Opened where a semicolon parts cells and saved: a line is one cell, in quotes where it had some."""
    lines = text().splitlines()
    packed = [line if n == 0 and not is_header_packed else text([[line]]).strip() for n, line in enumerate(lines)]
    assert packed[1].startswith('"0017,""Kain, batik""')
    assert rows_of("\r\n".join(packed)) == [*ROWS]


def test_a_sentence_among_the_rows_stays_one() -> None:
    told = "Jangan ubah, hapus, atau tukar kolom ini"
    assert rows_of(text([HEADER, [told], *ROWS[1:]]))[1] == (told,)


def test_a_list_of_one_column_stays_one() -> None:
    assert rows_of('Nama\r\n"Kain, batik"\r\n"Sarung, tenun"\r\n') == [("Nama",), ("Kain, batik",), ("Sarung, tenun",)]


@pytest.mark.parametrize("cell", ['"=""0017"""', '="0017"'])
def test_what_was_kept_from_being_a_number_is_the_text_it_was(cell: str) -> None:
    assert rows_of(f"ID Produk,Nama Produk,Harga\r\n{cell},Kain,1\r\n")[1] == ("0017", "Kain", "1")


@pytest.mark.parametrize("cell", ['="', "=1+1", '=""', '\'="0017"'])
def test_other_cells_that_begin_so_stay(cell: str) -> None:
    table = TextTable("x.csv", text([("ID Produk", "Nama Produk", "Harga"), (cell, "Kain", "1")]).encode())
    assert [*table.rows()][1][1][0] == cell


@pytest.mark.parametrize(
    "content",
    [
        "<html><table><tr><td>ID Produk</td></tr></table></html>",
        '\ufeff<!DOCTYPE html>\n<html lang="id">',
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:x">',
    ],
)
def test_a_page_that_is_called_a_spreadsheet_is_named_as_that(content: str, tmp_path: Path) -> None:
    path = tmp_path / "produk.xls"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FileUnreadable, match="save it as"):
        sorted_by_content([path])
