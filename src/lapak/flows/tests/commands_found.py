"""Every command that a person can start, found in the source: by whom it is told, and by who calls it."""

import ast
from collections.abc import Iterator

from lapak.cli.docs import PACKAGE, Function, Module, Source

WRITES = {
    "bulk_create",
    "bulk_update",
    "create",
    "defer",
    "delete",
    "get_or_create",
    "save",
    "update",
    "update_or_create",
}
"""What writes rows, or has a job do it. An act writes, however it does."""

SOURCE = Source(PACKAGE)


def told_who_acts() -> set[str]:
    """Every public function outside the screens whose first parameter is `by`: its module and its name."""
    return {
        f"{module.name} {function.name}"
        for module, function in SOURCE.functions()
        if _first_parameter(function) == "by"
    }


def written_by_screens_without() -> set[str]:
    """Every function that a screen names, that writes, and that is not told who acts."""
    found = set()
    for name in _named_on_screens():
        where, _, own = name.rpartition(".")
        module = SOURCE.modules.get(where)
        function = module and module.defined.get(own)
        if not isinstance(module, Module) or not isinstance(function, Function) or _first_parameter(function) == "by":
            continue
        if any(map(_writes, SOURCE.reached(module, function))):
            found.add(f"{where} {own}")
    return found


def _named_on_screens() -> Iterator[str]:
    """Full names; partners (hooks) are no persons."""
    for path in sorted((PACKAGE / "web").rglob("*.py")):
        if {"tests", "hooks"} & set(path.parts):
            continue
        tree = ast.parse(path.read_text())
        imported = {
            each.asname or each.name: f"{node.module}.{each.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module
            for each in node.names
        }
        for name in imported.values():
            yield _handed_on(name)
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in imported:
                yield _handed_on(f"{imported[node.value.id]}.{node.attr}")


def _handed_on(name: str) -> str:
    """Where it is defined, if a package only hands it on."""
    where, _, own = name.rpartition(".")
    module = SOURCE.modules.get(where)
    return module.imported[own] if module and own in module.imported else name


def _writes(full_name: str) -> bool:
    where, _, own = full_name.rpartition(".")
    function = SOURCE.modules[where].defined.get(own) if where in SOURCE.modules else None
    return isinstance(function, Function) and (
        any(isinstance(each, ast.Name) and each.id == "act" for each in function.decorator_list)
        or any(
            isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr in WRITES
            for each in ast.walk(function)
        )
    )


def _first_parameter(function: Function) -> str:
    return function.args.args[0].arg if function.args.args else ""
