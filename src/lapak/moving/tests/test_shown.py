"""What a spreadsheet shows of its numbers: kept for what is a code, and still a number where one is meant."""

from pathlib import Path

import pytest
import xlsxwriter

from lapak.moving import workbook
from lapak.moving.shown import filled_format
from lapak.moving.tests.files import LABELS, sku, with_sheet_xml
from lapak.moving.tests.test_read import bundle_of
from lapak.moving.workbook import Cell, Workbook


@pytest.mark.parametrize(
    ("code", "digits", "shown"),
    [
        ("000000", "17", "000017"),
        ("000000", "1234567", "1234567"),
        ('"SKU-"0000', "17", "SKU-0017"),
        ('"SKU-"0', "17", "SKU-17"),
        ("000-000", "17", "000-017"),
        ("000-000", "1234567", "1234-567"),
        (r"\A00\/00", "123", "A01/23"),
        ("[$-421]00000;-00000;0;@", "123", "00123"),
        ("[Red]000", "7", "007"),
        ("(0000) 0000", "8123456", "(0812) 3456"),
    ],
)
def test_what_is_shown_is_more_than_the_number(code: str, digits: str, shown: str) -> None:
    filled = filled_format(code)
    assert filled is not None
    assert filled.of(digits) == shown


@pytest.mark.parametrize(
    "code",
    [
        "",
        "General",
        "0",
        "#,##0",
        "0.00",
        "0%",
        "00.00",
        "0.00E+00",
        "dd/mm/yyyy",
        "hh:mm",
        '0" gr"',
        "@",
        '"x"',
        '"00',
        "# 0/0",
    ],
)
def test_what_is_shown_is_the_number_or_something_else(code: str) -> None:
    assert filled_format(code) is None


def formatted(path: Path, cells: list[tuple[float, str]]) -> Path:
    """A workbook whose first row holds these numbers, each in its format."""
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Template")
        for column, (number, code) in enumerate(cells):
            page.write_number(0, column, number, book.add_format({"num_format": code}))
    return path


def first_row(path: Path) -> list[Cell]:
    return next(Workbook(path.name, path).rows("Template"))[1]


@pytest.mark.parametrize("block_bytes", [200, 4_000_000])
def test_cells_are_as_they_are_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, block_bytes: int) -> None:
    monkeypatch.setattr(workbook, "_BLOCK_BYTES", block_bytes)
    path = formatted(
        tmp_path / "a.xlsx",
        [
            (17, "000000"),
            (17, "0"),
            (125_000, '"Rp"#,##0'),
            (0.5, "000"),
            (17, '"<&>"00'),
            (1.7205470310068e18, "0000"),
        ],
    )
    assert first_row(path) == ["000017", 17, 125_000, 0.5, "<&>17", 1.7205470310068e18]
    assert Workbook(path.name, path).heads(1)["Template"][0][0] == "000017"


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('<c r="A1" s="1"><v>17</v></c>', "0017"),
        ('<c s="1" r="A1"><v>17.0</v></c>', "0017"),
        ('<c r="A1" s="1" t="n"><f>8+9</f><v>17</v></c>', "0017"),
        ('<c r="A1" s="1"><f t="shared" si="0"/><v>17</v></c>', "0017"),
        ('<c r="A1" s="1" t="str"><v>17</v></c>', "17"),
        ('<c r="A1" s="11"><v>17</v></c>', 17.0),
        ('<c r="A1" s="1"/><c r="B1" s="0"><v>17</v></c>', ""),
    ],
)
def test_in_every_way_a_cell_is_written(tmp_path: Path, cell: str, read: Cell) -> None:
    formats = (
        '<numFmts><numFmt numFmtId="164" formatCode="0000"/></numFmts><cellStyleXfs><xf numFmtId="164"/></cellStyleXfs>'
    )
    used = f'<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/>{"<xf/>" * 10}</cellXfs>'
    sheet = f'<worksheet><sheetData><row r="1">{cell}<c r="Z1"><v>1</v></c></row></sheetData></worksheet>'
    assert (
        first_row(with_sheet_xml(tmp_path / "a.xlsx", sheet, styles=f"<styleSheet>{formats}{used}</styleSheet>"))[0]
        == read
    )


def test_a_sku_keeps_the_zeros_it_is_shown_with_and_numbers_stay_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    codes = {"seller_sku": "000000", "price": "000000000", "quantity": "0000", "parcel_weight": '"± "0'}
    row = sku(seller_sku=17, price=125_000, quantity=10, parcel_weight=250)
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Template")
        for column, key in enumerate(LABELS):
            page.write(0, column, key)
            page.write(5, column, row.get(key, ""), book.add_format({"num_format": codes.get(key, "")}))
    variant = next(bundle_of(path).variants())
    assert (variant.seller_sku, variant.price_idr, variant.stock) == ("000017", 125_000, 10)
