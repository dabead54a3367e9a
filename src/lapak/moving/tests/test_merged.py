"""Cells that a spreadsheet merges over the rows of a product: each row says what is shown in it, and nothing is counted twice."""

import io
import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
import xlsxwriter

from lapak.goods.catalogue.models import Product, Variant
from lapak.moving import merged, workbook
from lapak.moving import table as tables
from lapak.moving.bundle import Bundle, SourceSheet
from lapak.moving.documents import sorted_by_content
from lapak.moving.errors import FileUnreadable
from lapak.moving.formats.registry import recognise
from lapak.moving.layout import Tells
from lapak.moving.merged import filled_down
from lapak.moving.move_in import move_in
from lapak.moving.past.models import PastLine, PastOrder
from lapak.moving.past.reading import read_orders
from lapak.moving.progress import tell_nobody
from lapak.moving.reader import read
from lapak.moving.report import write_report
from lapak.moving.tests.files import LABELS, inline, sku, with_sheet_xml
from lapak.moving.tests.mutations import Grid, Lists, samples
from lapak.moving.tests.own_lists import OF_VARIANTS, SUGGESTED, taken
from lapak.moving.workbook import Workbook
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db

Run = tuple[int, int, int]
"""A column, and its first and its last row."""

WITH_VARIANTS = {
    "tiktok_shop", "shopee", "lazada", "shopify", "woocommerce", "blibli", "google_merchant", "meta_catalog",
}  # fmt: skip
"""Formats whose products have several rows."""
_ELSE = ("ncome", "comments", "reviews", "affiliate")
_LISTS = [
    (platform, file)
    for platform in sorted({*WITH_VARIANTS, "tokopedia", "bukalapak"})
    for file in samples()[platform]
    if not any(word in file for word in _ELSE)
]
"""Of goods and of orders."""
LISTS = [pytest.param(platform, file, id=file) for platform, file in _LISTS]


def lists_of(platform: str, file: str) -> Lists:
    """As they are when a spreadsheet program has saved them."""
    return {name or "Sheet1": grid for name, grid in samples()[platform][file].items()}


def saved(path: Path, lists: Lists, runs: Mapping[str, Sequence[Run]] = MappingProxyType({})) -> Path:
    """The lists as a workbook with these cells merged: of each the first alone says anything."""
    with xlsxwriter.Workbook(path, {"strings_to_urls": False}) as book:
        for name, grid in lists.items():
            page = book.add_worksheet(name)
            hidden = set()
            for column, first, last in runs.get(name, ()):
                page.merge_range(first, column, last, column, "")
                hidden |= {(row, column) for row in range(first + 1, last + 1)}
            for row, cells in enumerate(grid):
                for column, cell in enumerate(cells):
                    if cell and (row, column) not in hidden:
                        page.write_string(row, column, cell)
    return path


def lists_in(path: Path) -> list[SourceSheet]:
    return recognise(sorted_by_content([path]).documents[0])


def runs_of(sheet: SourceSheet, grid: Grid) -> Iterator[Run]:
    """Where rows of goods say the same below each other, as sellers merge it: not what is each row's own."""
    own = {n for name, columns in sheet.columns.items() if not sheet.layout.shares(name) for n in columns}
    first_row = sheet.first_data_row - 1
    for column in set(range(max(map(len, grid)))) - own:
        values = [row[column] if column < len(row) else "" for row in grid]
        for value, rows in groupby(range(first_row, len(grid)), key=values.__getitem__):
            said = list(rows)
            if value.strip() and len(said) > 1:
                yield column, said[0], said[-1]


def told(sheets: list[SourceSheet]) -> Any:
    """All that is read, but for where it stands."""
    if sheets[0].layout.tells is Tells.ORDERS:
        found = read_orders(sheets, tell_nobody)
        buyers = sorted({order.buyer for order in found.orders.values()})
        orders = [(key, o.state, o.placed_at, o.total_idr, o.lines, o.rows) for key, o in found.orders.items()]
        return orders, len(buyers), found.left_out, found.repeated
    return _goods(read(sheets, tell_nobody))


def _goods(bundle: Bundle) -> Any:
    products = [
        {
            name: getattr(product, name)
            for name in product.__struct_fields__
            if name not in {"sheet", "variants", "places"}
        }
        for product in bundle.products.values()
    ]
    variants = [
        {name: getattr(variant, name) for name in variant.__struct_fields__ if name != "sheet"}
        for variant in bundle.variants()
    ]
    return products, variants, len(bundle.nameless_rows), list(bundle.rows.values())


@pytest.mark.parametrize(("platform", "file"), LISTS)
def test_merging_what_is_the_same_changes_nothing_that_is_read(platform: str, file: str, tmp_path: Path) -> None:
    lists = lists_of(platform, file)
    plain = lists_in(saved(tmp_path / "plain.xlsx", lists))
    runs = {sheet.table.name: list(runs_of(sheet, lists[sheet.table.name])) for sheet in plain}
    wanted = told(plain)
    for seed in range(4):
        chance = random.Random(seed)
        some = {name: [run for run in all_ if not seed or chance.random() < 0.5] for name, all_ in runs.items()}
        assert told(lists_in(saved(tmp_path / "merged.xlsx", lists, some))) == wanted


def test_products_of_every_format_with_rows_of_variants_are_among_them(tmp_path: Path) -> None:
    found = {platform for platform, file in _LISTS if _merges_products(lists_of(platform, file), tmp_path)}
    assert found == WITH_VARIANTS


def _merges_products(lists: Lists, folder: Path) -> bool:
    """Whether what says which product it is can be merged in one of the lists."""
    sheets = lists_in(saved(folder / "plain.xlsx", lists))
    return any(
        any(column in sheet.columns.get(name, ()) for name in ("product_id", "title", "parent"))
        for sheet in sheets
        for column, _first, _last in runs_of(sheet, lists[sheet.table.name])
    )


def test_a_product_with_merged_cells_comes_in_whole_and_its_pieces_once(
    seller: User, shop: Shop, tmp_path: Path
) -> None:
    rows = [sku(1, n, variation_value=f"Motif {n}") for n in (1, 2, 3)]
    shared = ("product_id", "category", "product_name", "price", "quantity", "parcel_weight")
    runs = {"Template": [([*LABELS].index(name), 5, 7) for name in shared]}
    path = saved(tmp_path / "a.xlsx", _as_grid(rows), runs)
    result = move_in(seller, [path], shop)
    assert result.errors == []
    product = Product.objects.get()
    assert sorted(Variant.objects.values_list("price_idr", "stock__on_hand")) == [
        (125_000, 0),
        (125_000, 0),
        (125_000, 10),
    ]
    assert (product.title, product.weight_g) == ("Kain Batik Lasem 001", 250)
    assert [problem.row for problem in result.notes if problem.field == "stock"] == [7, 8]
    again = move_in(seller, [path], shop)
    assert again.plan.skus.unchanged == 3


def test_rows_to_correct_say_what_is_shown_in_them(seller: User, shop: Shop, tmp_path: Path) -> None:
    rows = [sku(1, n, variation_value=f"Motif {n}", price="125000" if n == 1 else "banyak") for n in (1, 2)]
    runs = {"Template": [([*LABELS].index("product_id"), 5, 6)]}
    result = move_in(seller, [saved(tmp_path / "a.xlsx", _as_grid(rows), runs)], shop)
    assert result.plan.skus.left_out == 1
    report = Workbook("report.xlsx", write_report(result, tmp_path / "report.xlsx"))
    (_number, cells) = list(report.rows("Template"))[-1]
    assert cells[0] == rows[0]["product_id"]


def test_only_where_the_sheet_says_so(seller: User, shop: Shop, tmp_path: Path) -> None:
    rows = [sku(1, 1), sku(1, 2) | {"product_id": "", "product_name": ""}]
    result = move_in(seller, [saved(tmp_path / "a.xlsx", _as_grid(rows))], shop)
    assert (result.plan.skus.created, result.plan.skus.left_out) == (1, 1)


def test_lines_of_an_order_say_which_it_is_and_its_money_counts_once(seller: User, shop: Shop, tmp_path: Path) -> None:
    header, first, *_rest = samples()["tiktok_shop"]["All order-2023-10-04-16_30.csv"][""]
    second = [*first]
    second[header.index("SKU ID")] = "1729000000000000001"
    grid = [header, first, second]
    columns = [header.index(name) for name in ("Order ID", "Order Amount", "Created Time")]
    path = saved(tmp_path / "orders.xlsx", {"Orders": grid}, {"Orders": [(column, 1, 2) for column in columns]})
    result = move_in(seller, [path], shop)
    assert result.errors == []
    assert (PastOrder.objects.count(), PastLine.objects.count()) == (1, 2)


def test_an_own_list_is_one_of_variants_where_its_names_are_merged(seller: User, shop: Shop, tmp_path: Path) -> None:
    grid = [line.split(";") for line in OF_VARIANTS.splitlines()]
    path = saved(tmp_path / "a.xlsx", {"Barang": grid}, {"Barang": [(0, 3, 5)]})
    assert taken(path).suggested == SUGGESTED[OF_VARIANTS]
    move_in(seller, [path], shop, columns=SUGGESTED[OF_VARIANTS])
    assert sorted(Product.objects.values_list("title", "variants__price_idr")) == [
        ("Kaos Polos", 55_000), ("Kaos Polos", 55_000), ("Kaos Polos", 57_000), ("Topi Rimba", 40_000),
    ]  # fmt: skip


@pytest.mark.parametrize("block_bytes", [60, 4_000_000])
def test_what_stays_as_it_is(monkeypatch: pytest.MonkeyPatch, block_bytes: int, tmp_path: Path) -> None:
    """A cell that says something itself, a row that says nothing, and all other columns of what is merged over several."""
    monkeypatch.setattr(workbook, "_BLOCK_BYTES", block_bytes)
    xml = (
        f'<worksheet><sheetData><row r="1">{inline("A1", "a")}{inline("B1", "b")}</row><row r="2">{inline("C2", "c")}</row>'
        f'<row r="3">{inline("A3", "own")}</row><row r="4"><c r="A4"/></row>'
        f'<row r="5">{inline("C5", "e")}</row><row r="6">{inline("C6", "f")}</row></sheetData>'
        '<mergeCells count="2"><mergeCell ref="A1:B5"/><mergeCell ref="C1:D1"/></mergeCells></worksheet>'
    )
    (document,) = sorted_by_content([with_sheet_xml(tmp_path / "a.xlsx", xml)]).documents
    (sheet,) = document.tables
    assert list(sheet.merged()) == [(0, 1, 5)]
    assert [cells for _row, cells in filled_down(sheet.rows(), sheet.merged())] == [
        ["a", "b", ""], ["a", "", "c"], ["own", "", ""], ["a", "", "e"], ["", "", "f"],
    ]  # fmt: skip


@pytest.mark.parametrize("piece", [1, 7, 64, 1_000])
def test_ranges_are_found_wherever_the_sheet_is_cut(monkeypatch: pytest.MonkeyPatch, piece: int) -> None:
    monkeypatch.setattr(merged, "_PIECE_BYTES", piece)
    ranges = [f"A{n}:A{n + 2}" for n in range(2, 80, 3)] + ["B2:D2", "$AB$7:$AC$9"]
    xml = "<x:mergeCells>" + "".join(f'<x:mergeCell ref="{each}"/>' for each in ranges) + "</x:mergeCells>"
    found = list(merged.merged_cells(io.BytesIO(xml.encode())))
    assert found == [(0, n, n + 2) for n in range(2, 80, 3)] + [(27, 7, 9)]


def test_more_than_any_seller_merges_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tables, "_MOST_MERGED", 2)
    path = saved(tmp_path / "a.xlsx", {"Template": [["a"]] * 9}, {"Template": [(0, n, n + 1) for n in (0, 2, 4)]})
    (document,) = sorted_by_content([path]).documents
    with refused(FileUnreadable):
        document.tables[0].merged()


def _as_grid(rows: list[dict[str, object]]) -> Lists:
    head = [[*LABELS], ["V4 | All_Information | metric"], [*LABELS.values()], ["Wajib"] * len(LABELS)]
    head.append(["Jangan ubah."] * len(LABELS))
    return {"Template": [*head, *([str(row.get(key, "")) for key in LABELS] for row in rows)]}
