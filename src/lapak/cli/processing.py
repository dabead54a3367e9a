"""The page of the register of processing in the reference, from the register itself."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import django
from django.utils import translation

if TYPE_CHECKING:
    from lapak.compliance.processing import Processing

HEAD = """# What is kept about people

The register of processing that UU 27/2022 asks for, written by `lapak docs` from the code (`compliance/processing.py`, terms in
`compliance/retention.py`) and held to it by a test: every table is in it, or named there as holding nothing of people. Users read
the same at `/privacy`. What erasure does: [law and practice](../concepts/law-and-practice.md).
"""


def page() -> str:
    """The register, as docs/reference/processing.md."""
    django.setup()
    from lapak.compliance.processing import REGISTER

    with translation.override("en"):
        return HEAD + "".join(part for each in REGISTER for part in _section(each))


def _section(each: "Processing") -> Iterator[str]:
    from lapak.compliance.retention import Term
    from lapak.lib import clock

    yield f"\n## {each.title}\n\n{each.what} {each.why}\n\n"
    yield f"- Ground: {each.ground.label}.\n- Kept: {Term(each.keep, clock.today()).words}.\n- Seen by: {each.seen_by}.\n"
    yield f"- Tables: {', '.join(f'`{table}`' for table in each.tables)}.\n"
    if each.kept:
        named = (f"`{table}` ({', '.join(columns)})" for table, columns in each.kept.items())
        yield f"- Words that stay after an erasure: {'; '.join(named)}.\n"
