"""Who acts stands first, in every function that is told: `pack_order(by, order_id)`."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings


def functions_told_who_acts() -> Iterator[tuple[str, list[str]]]:
    """Where each stands, and what it takes."""
    for path in sorted(Path(settings.ROOT, "src/lapak").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                taken = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
                if "by" in taken:
                    yield f"{path.name}:{node.lineno} {node.name}", taken


def test_who_acts_is_the_first_thing_said() -> None:
    told = list(functions_told_who_acts())
    assert len(told) > 100
    assert [place for place, taken in told if next(name for name in taken if name != "self") != "by"] == []
