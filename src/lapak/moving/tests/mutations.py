"""What people, programs and the way here do to a list: each changes the cells of one, by chance."""

import csv
import io
import random
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from lapak.moving.formats.registry import FORMATS
from lapak.moving.tests import incomes, programmes, reviews
from lapak.moving.tests.files import EXAMPLES
from lapak.moving.tests.own_lists import OWN
from lapak.moving.tests.test_formats import LISTS_OF_TEXT
from lapak.moving.workbook import cell_text

Grid = list[list[str]]
"""Rows of texts."""
Lists = dict[str, Grid]
"""The sheets of a file by name; the one of a text file has none."""
Mutation = Callable[[Grid, random.Random], None]

_ROWS = 12
"""Of each list so many: enough for some products with several SKUs below the longest header."""
_ODD = (
    "=1+1", "'", "-", "0", "-1", "#REF!", "{most}", "%s %(x)s", "[/bold]", "<script>", "&#0;", "\u202eBatik", "\u200b",
    "\U0001f469", "2023-10-04", "1.72E+18", "null", "a\nb", "https://[::1", "C:\\a", "/", ">", ",", ";", "\u0660\u0661",
    "\xb2", "9" * 40,
)  # fmt: skip


@cache
def samples() -> dict[str, dict[str, Lists]]:
    """The beginnings of all lists of each platform, by file."""
    found = {
        folder.name: {file.name: _read(file) for file in sorted(folder.iterdir()) if file.suffix in {".xlsx", ".csv"}}
        for folder in sorted(EXAMPLES.parent.iterdir())
    }
    found["tiktok_shop"]["income.xlsx"] = {
        "Order details": [[*row] for row in incomes.tiktok(*map(incomes.settled, range(9)))]
    }
    found["shopee"]["Income.xlsx"] = {"Summary": [["Total"]], "Income": [[*row] for row in incomes.shopee(6)]}
    found["shopify"]["reviews.csv"] = {"": _list(*(reviews.judged(body=f"Soft {n}.") for n in range(9)))}
    found["shopee"]["comments.csv"] = {"": _list(*(reviews.commented(comment_id=str(n)) for n in range(9)))}
    for platform, text in (LISTS_OF_TEXT | OWN).items():
        separator = max(",;\t", key=text.partition("\n")[0].count)
        found[platform] = {f"{platform}.csv": {"": list(csv.reader(io.StringIO(text), delimiter=separator))}}
    for platform, lists in programmes.LISTS.items():
        found[platform] = {name: {"": programmes.cells(text)} for name, text in lists.items()}
    return found


def _list(*rows: dict[str, str]) -> Grid:
    return [[*rows[0]], *([*row.values()] for row in rows)]


def _read(file: Path) -> Lists:
    if file.suffix == ".csv":
        return {"": list(csv.reader(io.StringIO(file.read_text("utf-8-sig"))))[:_ROWS]}
    book = CalamineWorkbook.from_path(file)
    rows = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)[:_ROWS] for name in book.sheet_names}
    return {name: [[cell_text(cell) for cell in row] for row in sheet] for name, sheet in rows.items()}


def write(lists: Lists, path: Path, chance: random.Random) -> None:
    """As a text, in one of the ways texts are saved, where it is one; else as a workbook."""
    if list(lists) == [""]:
        encoding, separator = chance.choice(["utf-8", "utf-8-sig", "utf-16", "cp1252"]), chance.choice(",;\t|")
        with path.open("w", encoding=encoding, errors="replace", newline="") as file:
            csv.writer(file, delimiter=separator).writerows(lists[""])
        return
    with xlsxwriter.Workbook(path, {"strings_to_urls": False}) as book:
        for name, grid in lists.items():
            page = book.add_worksheet(name)
            for row, cells in enumerate(grid):
                for column, cell in enumerate(cells):
                    if cell.isdecimal() and cell.isascii() and chance.random() < 0.02:
                        page.write_number(row, column, float(cell))
                    elif cell:
                        page.write_string(row, column, cell[:32_767])


def cells_swapped(grid: Grid, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 20)):
        (a, b), (c, d) = _place(grid, chance), _place(grid, chance)
        grid[a][b], grid[c][d] = grid[c][d], grid[a][b]


def columns_shuffled(grid: Grid, chance: random.Random) -> None:
    order = list(range(max(map(len, grid))))
    chance.shuffle(order)
    for row in grid:
        cells = [*row, *[""] * (len(order) - len(row))]
        row[:] = [cells[n] for n in order]


def column_removed(grid: Grid, chance: random.Random) -> None:
    column = _place(grid, chance)[1]
    for row in grid:
        del row[column : column + 1]


def column_doubled(grid: Grid, chance: random.Random) -> None:
    column, at = _place(grid, chance)[1], _place(grid, chance)[1]
    for row in grid:
        row[at:at] = row[column : column + 1]


def labels_renamed(grid: Grid, chance: random.Random) -> None:
    """Some columns of the head are called otherwise: in the other language, as of another year, or as nobody does."""
    for row in grid[:5]:
        for n, label in enumerate(row):
            if label and chance.random() < 0.3:
                row[n] = chance.choice([*_also_called(label), label.upper(), f" {label}*", "Kolom"])


def numbers_respelled(grid: Grid, chance: random.Random) -> None:
    for row in grid:
        for n, cell in enumerate(row):
            if cell.isdecimal() and len(cell) < 10 and chance.random() < 0.5:
                row[n] = _spelled(int(cell), chance)


def cell_huge(grid: Grid, chance: random.Random) -> None:
    a, b = _place(grid, chance)
    grid[a][b] = chance.choice(["x", "<b ", "&lt;", "9", "a,", "\u00e9\n"]) * chance.choice([300, 5_000, 60_000])


def emptied(grid: Grid, chance: random.Random) -> None:
    del grid[chance.randrange(len(grid)) :]


def rows_mixed(grid: Grid, chance: random.Random) -> None:
    """Doubled, left out and in another order, the head as well."""
    first = chance.choice([0, 1, 3, 5])
    grid[first:] = chance.choices(grid[first:], k=len(grid[first:])) if grid[first:] else []


def cells_odd(grid: Grid, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 15)):
        a, b = _place(grid, chance)
        grid[a][b] = chance.choice(_ODD)


def members_swapped(path: Path, chance: random.Random) -> None:
    """Two files within a workbook have taken each other's place; a text stays as it is."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    one, other = chance.sample(sorted(members), 2)
    members[one], members[other] = members[other], members[one]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


MUTATIONS: tuple[Mutation, ...] = (
    cells_swapped, columns_shuffled, column_removed, column_doubled, labels_renamed, numbers_respelled, cell_huge, emptied,
    rows_mixed, cells_odd,
)  # fmt: skip


def _place(grid: Grid, chance: random.Random) -> tuple[int, int]:
    """A cell of a grid that has any."""
    row = chance.choice([n for n, cells in enumerate(grid) if cells])
    return row, chance.randrange(len(grid[row]))


def has_cells(grid: Grid) -> bool:
    """Whether there is anything to be changed."""
    return any(grid)


@cache
def _also_called(label: str) -> tuple[str, ...]:
    return tuple(_spellings(label))


def _spellings(label: str) -> Iterator[str]:
    for layout in (layout for fmt in FORMATS for layout in (*fmt.layouts, *fmt.past)):
        if name := layout.field_of(label):
            yield from layout.spellings.get(name, ())


def _spelled(number: int, chance: random.Random) -> str:
    dots = f"{number:,}".replace(",", ".")
    ways = (
        f"Rp {dots}", f"Rp{dots},00", dots, f"{number:,}", f"{number:,}.00", f"{number}.0", f"{number},-", f"{number / 1000:g}rb",
        f"{number:.2E}", f"-{number}", f" {number} ", f"{number} pcs", f"{number}\u00a0kg", f"{number / 7:.3f}", "NaN", "", "1/2",
        "".join(chr(0xFF10 + int(digit)) for digit in str(number)),
    )  # fmt: skip
    return chance.choice(ways)
