"""What the layout of the house promises, and no other tool looks at."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "lapak"


def python_files() -> list[Path]:
    return [file for file in SOURCES.rglob("*.py") if "tests" not in file.parts]


def test_the_operators_tables_live_on_the_operators_screens_alone() -> None:
    of_the_admin = re.compile(
        r"^(?:from|import) (?:django\.contrib\.admin|django\.contrib import admin|unfold)\b", re.MULTILINE
    )
    elsewhere = {str(file.relative_to(SOURCES)) for file in python_files() if of_the_admin.search(file.read_text())}
    assert {name for name in elsewhere if not name.startswith("web/staff/")} == set()
