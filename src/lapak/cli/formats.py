"""`lapak formats`: whose files are read, and in whose form goods are written out."""

import json
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Annotated

import django
import typer
from django.utils import translation

from lapak.cli.screen import out

if TYPE_CHECKING:
    from lapak.moving.layout import Format

FORMATS = """# Formats

Whose lists of goods are read, and in whose form they are written out, written by `lapak docs` from the code and held to it
by a test. What the columns are called: [export formats](../concepts/export-formats.md).

"""
_SAID_BY = {
    "attributes": ("attribute",),
    "sides": ("length_cm", "width_cm", "height_cm"),
    "options": ("variation", "option_value_1", "colour", "size"),
    "stock": ("stock", "stock_at"),
    "pictures": ("images",),
}
"""What a product has (`outgoing.FIELDS`), by the fields of a layout that say it, where those have other names."""


def formats(as_json: Annotated[bool, typer.Option("--json", help="Names alone, as one JSON object.")] = False) -> None:
    """List the formats that goods are read from and written into. What each can hold: docs/reference/formats.md."""
    django.setup()
    from lapak.moving.formats.outgoing_registry import OUTGOING
    from lapak.moving.formats.registry import FORMATS as INCOMING

    if as_json:
        print(json.dumps({"in": [fmt.platform for fmt in INCOMING], "out": list(OUTGOING)}))
        return
    for fmt in INCOMING:
        both_ways = "in, out" if fmt.platform in OUTGOING else "in"
        out.print(f"{fmt.platform:16} {fmt.title:34} {both_ways}", highlight=False)
    for each in OUTGOING.values():
        if each.platform not in {fmt.platform for fmt in INCOMING}:
            out.print(f"{each.platform:16} {each.title:34} out", highlight=False)


def page() -> str:
    """What each format can hold, as docs/reference/formats.md."""
    django.setup()
    with translation.override("en"):
        return FORMATS + "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    from lapak.moving.formats.outgoing_registry import OUTGOING
    from lapak.moving.formats.registry import FORMATS as INCOMING
    from lapak.moving.outgoing import FIELDS

    yield "## Read\n\nA list that lacks something says so; a column that has no place here is kept with the goods.\n"
    yield from _table(["format", "where", "lists of goods", "of what was sold", "does not say"])
    for fmt in INCOMING:
        lists, past = (", ".join(dict.fromkeys(f"`{each.called}`" for each in of)) for of in (fmt.layouts, fmt.past))
        unsaid = _in_words(FIELDS.keys() - _held(fmt)) if fmt.layouts else "–"
        yield _row(f"{fmt.title} (`{fmt.platform}`)", str(fmt.how), lists or "–", past or "–", unsaid)
    yield "\n## Written\n\nWhat a format has no place for is said before, and lies beside it in the zip.\n"
    yield from _table(["format", "where to", "file", "does not hold"])
    for each in OUTGOING.values():
        yield _row(
            f"{each.title} (`{each.platform}`)",
            str(each.how),
            f"`{each.form.file}`",
            _in_words(FIELDS.keys() - each.holds),
        )


def _held(fmt: "Format") -> set[str]:
    from lapak.moving.outgoing import FIELDS

    held = {name for name in FIELDS if not fmt.holds.isdisjoint(_SAID_BY.get(name, (name,)))}
    return held | {"attributes" for layout in fmt.layouts if layout.pairs_describe}


def _in_words(names: AbstractSet[str]) -> str:
    from lapak.moving.outgoing import FIELDS

    return ", ".join(str(word) for name, word in FIELDS.items() if name in names) or "–"


def _table(headings: list[str]) -> Iterator[str]:
    yield _row(*headings)
    yield "|" + "---|" * len(headings)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
