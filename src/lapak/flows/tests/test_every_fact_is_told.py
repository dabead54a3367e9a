"""No fact waits in people/notices/facts/ for a teller: each is named in flows/tell_people/."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from lapak.flows import tell_people
from lapak.people.notices.facts import FACTS

TELLERS = Path(tell_people.__file__).parent


def written() -> Iterator[str]:
    """What tellers write in quotes, as a pattern: what is filled in (`shop_{what}`) is any word."""
    for file in TELLERS.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield re.escape(node.value)
            elif isinstance(node, ast.JoinedStr):
                yield "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else r"\w+" for p in node.values)


def test_every_fact_is_told() -> None:
    patterns = {pattern for pattern in written() if re.search("[a-z]{3}", pattern)}
    untold = [code for code in FACTS if not any(re.fullmatch(pattern, code) for pattern in patterns)]
    assert untold == [], "say in flows/tell_people/ when, or take it out of people/notices/facts/"
