"""What the layout of the house promises, and no other tool looks at."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import FileField
from django.utils.translation import override

from lapak.lib.ciphers import paper_storage
from lapak.lib.private import private_storage
from lapak.lib.refusal import Forbidden, Moved, NotFound, Refusal, Unfit

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "lapak"


def python_files() -> list[Path]:
    return [file for file in SOURCES.rglob("*.py") if "tests" not in file.parts]


def test_the_operators_tables_live_on_the_operators_screens_alone() -> None:
    of_the_admin = re.compile(
        r"^(?:from|import) (?:django\.contrib\.admin|django\.contrib import admin|unfold)\b", re.MULTILINE
    )
    elsewhere = {str(file.relative_to(SOURCES)) for file in python_files() if of_the_admin.search(file.read_text())}
    assert {name for name in elsewhere if not name.startswith(("web/staff/", "config/"))} == set()


def test_no_file_that_people_give_is_public_but_pictures_painted_anew() -> None:
    """What phones write into pictures, where its giver lives among it, was public with each (goods/catalogue/images.py)."""
    public = {
        str(field)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, FileField) and field.storage not in (private_storage(), paper_storage())
    }
    assert public == {"catalogue.StoredImage.file"}
    saves = re.compile(r"default_storage\.save|storages\[.default.\]")
    savers = {str(file.relative_to(SOURCES)) for file in python_files() if saves.search(file.read_text())}
    assert savers == {"goods/catalogue/images.py"}


def test_the_tables_are_as_their_models_say() -> None:
    """Nor does any part of the house, once it runs, say something else of a column."""
    written = MigrationLoader(None)
    with override(None):
        now = MigrationAutodetector(written.project_state(), ProjectState.from_apps(apps))
        assert now.changes(written.graph) == {}


MEANT_FOR_RULES = {"TextChoices", "AccountKind", "WIB"}
"""Words alone, and a zone: a list of words is no table, and a zone is no clock."""

BEYOND_RULES = re.compile(r"django\.(?:db|conf)\b.*|lapak\..*\.(?:models|queries|commands)|lapak\.lib\.clock")
PURE = {"rules.py", "rates.py", "decision.py", "attribution.py"}


def test_rules_know_no_tables_no_clock_and_no_settings() -> None:
    known = {
        f"{file.relative_to(SOURCES)}: {node.module}.{name.name}"
        for file in python_files()
        if file.name in PURE
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module
        for name in node.names
        if name.name not in MEANT_FOR_RULES
        and (BEYOND_RULES.fullmatch(node.module) or BEYOND_RULES.fullmatch(f"{node.module}.{name.name}"))
    }
    assert known == set()


STYLE_SHEETS = sorted((SOURCES / "web").glob("*/static/**/*.css"))
OF_PAGES_OF_THEIR_OWN = {"slips.css", "staff.css"}
"""Printed slips, and the operator's pages, load no other of our style sheets."""

OF_UNFOLD = {
    "sortoptions", "sortremove", "text-", "text-link", "uppercase", "field-number", "field-of_order", "field-order", "lg",
    "change-form", "form-row", "form-rows",
}  # fmt: skip
"""Written by the library of the operator's pages."""

CLASS = re.compile(r"\.([a-zA-Z][\w-]*)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def preludes(sheet: str) -> list[tuple[str, bool]]:
    """What stands before each brace, and whether it is a rule of its own: within no other, but for `@media` and the like."""
    found, around, text = [], list[str](), ""
    for sign in COMMENT.sub("", sheet):
        if sign == "{":
            found.append((text.strip(), all(outer.startswith("@") for outer in around)))
            around.append(text.strip())
        elif sign == "}":
            around.pop()
        text = "" if sign in "{};" else text + sign
    return [(prelude, is_own) for prelude, is_own in found if not prelude.startswith("@")]


def test_a_class_is_styled_in_one_sheet() -> None:
    """What another sheet needs of it there is said within a rule of its own (`.parcel > .button`)."""
    styled: dict[str, set[str]] = {}
    for sheet in STYLE_SHEETS:
        for prelude, is_own in preludes(sheet.read_text()):
            for selector in prelude.split(",") if is_own and sheet.name not in OF_PAGES_OF_THEIR_OWN else []:
                if alone := re.fullmatch(CLASS, selector.strip()):
                    styled.setdefault(alone[1], set()).add(sheet.name)
    assert len(styled) > 100
    assert {name: sheets for name, sheets in styled.items() if len(sheets) > 1} == {}


AREAS = ("shop", "sell", "create")
"""Whose pages load the shell's styles and their own."""

WRITTEN_CLASSES = re.compile(r'class="([^"]*)"')
OF_TEMPLATES = re.compile(r"{[%{].*?[%}]}", re.DOTALL)


def classes_in(sheets: Iterable[Path]) -> set[str]:
    return {
        name
        for sheet in sheets
        if sheet.name not in OF_PAGES_OF_THEIR_OWN
        for prelude, _ in preludes(sheet.read_text())
        for name in CLASS.findall(prelude)
    }


@pytest.mark.parametrize("area", ["shell", *AREAS])
def test_what_a_page_is_dressed_in_is_in_the_sheets_that_it_loads(area: str) -> None:
    """A class that only another area styles dresses nothing here."""
    own = classes_in((SOURCES / f"web/{area}/static").rglob("*.css")) | classes_in(
        (SOURCES / "web/shell/static").rglob("*.css")
    )
    others = classes_in(sheet for other in AREAS for sheet in (SOURCES / f"web/{other}/static").rglob("*.css")) - own
    assert own
    undressed = {
        (template.name, name)
        for template in (SOURCES / f"web/{area}/templates").rglob("*.html")
        for classes in WRITTEN_CLASSES.findall(template.read_text())
        for name in OF_TEMPLATES.sub(" ", classes).split()
        if name in others
    }
    assert undressed == set()


def test_every_class_and_every_property_of_the_styles_is_used() -> None:
    sheets = "\n".join(sheet.read_text() for sheet in STYLE_SHEETS)
    pages = "\n".join(
        file.read_text()
        for file in SOURCES.rglob("*")
        if file.suffix in {".html", ".py", ".js"} and "tests" not in file.parts
    )
    names = {
        name for sheet in STYLE_SHEETS for prelude, _ in preludes(sheet.read_text()) for name in CLASS.findall(prelude)
    }
    written = set(re.findall(r"[\w-]+", pages))
    made = tuple(re.findall(r"[\s\"]([a-z]+-)\{\{", pages))  # class="tone-{{ … }}"
    assert {name for name in names - written - OF_UNFOLD if not name.startswith(made)} == set()
    properties = set(re.findall(r"(--[\w-]+)\s*:", sheets)) - {"--font-sans"}  # unfold's own, with another value
    assert {name for name in properties if not re.search(rf"var\(\s*{name}\b", sheets + pages)} == set()


LONGEST_LINE = 200
ONE_TAG = re.compile(r"(?:\{%[^%]*%\}|<[^<>]*>)")


def test_a_line_of_a_template_can_be_read() -> None:
    """But for one tag that cannot be parted. White space says nothing within tags, in `trimmed` sentences and beside blocks."""
    too_long = {
        f"{file.relative_to(SOURCES)}:{number}"
        for file in SOURCES.rglob("templates/**/*.html")
        for number, line in enumerate(file.read_text().splitlines(), start=1)
        if len(line) > LONGEST_LINE and not ONE_TAG.fullmatch(line.strip())
    }
    assert too_long == set()


LONGEST_FILE = 400
"""Lines. A longer one holds several subjects: each gets a file of its own, under its name."""


def test_a_file_is_read_in_one_go() -> None:
    python = [file for folder in ("src", "tests", "bench") for file in (ROOT / folder).rglob("*.py")]
    lengths = {str(file.relative_to(ROOT)): len(file.read_text().splitlines()) for file in python}
    too_long = {name: n for name, n in lengths.items() if n > LONGEST_FILE and "/migrations/" not in name}
    assert len(python) > 500
    assert too_long == {}


KINDS = (NotFound, Forbidden, Moved, Unfit)
"""What people are answered. A partner's trouble is written down, and a rule alone writes nothing."""

ONLY_RAISED = re.compile(r"pytest\.raises\((\w+)(?!.*# another writes meanwhile)")


def kinds_of_refusals(of: type[Refusal]) -> Iterator[str]:
    """The names of all its kinds that Lapak's own code has."""
    for kind in of.__subclasses__():
        yield from kinds_of_refusals(kind)
        if kind.__module__.startswith("lapak."):
            yield kind.__name__


def test_a_refused_act_is_shown_to_have_written_nothing() -> None:
    """`with refused(…)` (testing/refused.py), wherever there is a database."""
    kinds = {name for kind in KINDS for name in kinds_of_refusals(kind)}
    assert len(kinds) > 80
    with_database = [file for file in SOURCES.rglob("test_*.py") if "django_db" in file.read_text()]
    unproven = {
        f"{file.relative_to(SOURCES)}:{number}"
        for file in with_database
        for number, line in enumerate(file.read_text().splitlines(), start=1)
        if (raised := ONLY_RAISED.search(line)) and raised[1] in kinds
    }
    assert unproven == set()


def test_pieces_and_their_price_stand_on_one_line() -> None:
    """`1 × Rp112.000` was read as `1` at the end of one line and `× Rp112.000` on the next."""
    torn = re.compile(r"(?<!nowrap\">)\{\{[^}]*\}\} × \{\{[^}]*\|idr")
    assert [str(file.relative_to(SOURCES)) for file in SOURCES.rglob("*.html") if torn.search(file.read_text())] == []


def test_a_figure_of_a_table_says_what_it_is_of_where_a_row_is_a_card() -> None:
    """On a phone nobody sees the head of its column."""
    unsaid = re.compile(r'<td class="end"(?![^>]*data-label)>(?!<a )')
    tables = [file for file in SOURCES.rglob("*.html") if 'class="table' in file.read_text()]
    assert tables
    assert [str(file.relative_to(SOURCES)) for file in tables if unsaid.search(file.read_text())] == []
