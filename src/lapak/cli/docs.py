"""`lapak docs`: the pages of the reference that the code itself writes: what can happen, and what it posts.

Read from the source, without running it: from an act's docstring what becomes true and what it refuses, from its parameters
who may do it, from what it calls which postings it leads to.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lapak.cli import formats, law, processing
from lapak.cli.screen import out

PACKAGE = Path(__file__).resolve().parents[1]
ROOT = PACKAGE.parents[1]
WITHOUT_ACTS = {"cli", "config", "testing", "tests", "web", "migrations"}

Function = ast.FunctionDef | ast.AsyncFunctionDef

ACTS = """# What can happen

Every act, written by `lapak docs` from the code and held to it by a test. An act happens whole or not at all (`lib/acts.py`).
*By* whom the gates let in, of a shop with the duty that is asked for.
*Postings* are those that it may lead to: [what they move](postings.md).
"""
POSTINGS = """# What is posted

Every fact of the books, written by `lapak docs` from the code and held to it by a test. Accounts, and an order in numbers:
[whose money is where](../concepts/money.md).
"""
PERSON, CLOCK = "a person", "the clock, a partner, another act"
GATES = {"shop": "for_seller", "buyer": "for_buyer", "operator": "for_operator"}
"""How the functions are called that turn strangers away."""

THEIR_OWN = {"buyer_id", "cart", "creator", "user_id"}
"""First parameters by which people act on what is theirs: nobody else's can be named."""


def docs() -> None:
    """Write anew the pages of docs/reference/ that are made from the code: what can happen, what is posted, formats, the law."""
    for name, text in pages().items():
        (ROOT / name).write_text(text)
        out.print(name)


def pages() -> dict[str, str]:
    """The pages, by where they lie in the repository."""
    source = Source(PACKAGE)
    return {
        "docs/reference/acts.md": _acts(source),
        "docs/reference/postings.md": _postings(source),
        "docs/reference/formats.md": formats.page(),
        "docs/reference/law.md": law.page(),
        "docs/reference/processing.md": processing.page(),
    }


@dataclass(slots=True)
class Module:
    """A file: what it defines at its top, and what its names stand for elsewhere."""

    name: str
    docstring: str
    defined: dict[str, ast.AST] = field(default_factory=dict)
    imported: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return self.name.removeprefix("lapak.").replace(".", "/")


class Source:
    """The package as it is written."""

    def __init__(self, package: Path) -> None:
        files = (file for file in sorted(package.rglob("*.py")) if not WITHOUT_ACTS & set(file.parts[-4:]))
        self.modules = {module.name: module for module in (_module(package, file) for file in files)}

    def functions(self) -> Iterator[tuple[Module, Function]]:
        """Every function at the top of a module that others may call."""
        for module in self.modules.values():
            for name, node in module.defined.items():
                if isinstance(node, Function) and not name.startswith("_"):
                    yield module, node

    @cached_property
    def postings(self) -> dict[str, tuple[Module, Function]]:
        """The functions that make transfers, by their full names."""
        return {
            f"{module.name}.{function.name}": (module, function)
            for module, function in self.functions()
            if any(map(_makes_a_transfer, ast.walk(function)))
        }

    def leads_to(self, module: Module, function: Function) -> list[str]:
        """The postings that the function reaches, through whatever it names."""
        reached = self.reached(module, function)
        return [name for name in self.postings if name in reached]

    def gates(self, module: Module, function: Function) -> list[str]:
        """Whom the gates let in that the function reaches: `shop` (with the duty), `buyer`, `operator` (with the desk)."""
        reached = self.reached(module, function)
        let_in = {who for name in reached for who, gate in GATES.items() if name.rpartition(".")[2].endswith(gate)}
        for name in reached:
            where, _, own = name.rpartition(".")
            defined = (
                self.modules[where].defined.get(own)
                if where in self.modules and not where.endswith((".rules", ".operators"))
                else None
            )
            for each in ast.walk(defined) if defined else ():
                if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id == "Duty":
                    let_in.add(f"shop: {each.attr.lower()}")
                elif isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id == "Desk":
                    let_in.add(f"operator: {each.attr.lower()}")
                elif isinstance(each, ast.Attribute) and each.attr == "is_staff":
                    let_in.add("operator")
        for who in ("shop", "operator"):
            if any(each.startswith(f"{who}:") for each in let_in):
                let_in.discard(who)
        return sorted(let_in)

    def reached(self, module: Module, function: Function) -> set[str]:
        """The full names of what the function names, of what that names, and so on: itself among them."""
        waiting, seen = [f"{module.name}.{function.name}"], set[str]()
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += self._named_in(name)
        return seen

    def _named_in(self, full_name: str) -> list[str]:
        where, _, name = full_name.rpartition(".")
        module = self.modules.get(where)
        if module is None:
            return []
        if name in module.imported:  # a package that hands on what its modules define
            return [module.imported[name]]
        node = module.defined.get(name)
        names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)} if node else set()
        return [module.imported.get(each, f"{where}.{each}") for each in sorted(names)]


def _makes_a_transfer(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "NewTransfer"


def _module(package: Path, file: Path) -> Module:
    parts = file.relative_to(package.parent).with_suffix("").parts
    tree = ast.parse(file.read_text())
    module = Module(".".join(parts).removesuffix(".__init__"), ast.get_docstring(tree) or "")
    for node in tree.body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                module.defined[node.name] = node
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                module.defined[name] = node
            case ast.ImportFrom(module=str(where)):
                module.imported |= {each.asname or each.name: f"{where}.{each.name}" for each in node.names}
    return module


def _acts(source: Source) -> str:
    text, heading = [ACTS], ""
    for module, function in source.functions():
        if not (_is_act(function) or any(map(_is_act, _own_steps(module, function)))):
            continue
        if heading != module.path:
            heading = module.path
            text.append(
                f"\n## {heading}\n\n| act | by | what becomes true | refuses | postings |\n|---|---|---|---|---|\n"
            )
        says = ast.get_docstring(function) or ""
        refuses = dict.fromkeys(re.findall(r"`([A-Z][a-z]+[A-Za-z]*)`", says))
        postings = [f"`{name.rpartition('.')[2]}`" for name in source.leads_to(module, function)]
        cells = [
            f"`{function.name}`",
            _who(source, module, function),
            _first(says),
            ", ".join(refuses),
            ", ".join(postings),
        ]
        text.append(f"| {' | '.join(cells)} |\n")
    return "".join(text)


def _is_act(function: Function) -> bool:
    return "act" in {name.id for name in function.decorator_list if isinstance(name, ast.Name)}


def _own_steps(module: Module, function: Function) -> Iterator[Function]:
    """The functions of its module alone that it names: what is done before or after its lock stands outside the act."""
    for each in ast.walk(function):
        if isinstance(each, ast.Name) and each.id.startswith("_"):
            step = module.defined.get(each.id)
            if isinstance(step, Function):
                yield step


def _who(source: Source, module: Module, function: Function) -> str:
    """Who acts, as the parameters and the gates say."""
    given = function.args.args
    kinds = [ast.unparse(each.annotation) for each in given if each.annotation]
    by = next((kind for kind in kinds if "User" in kind), None)
    if by is None:
        return PERSON if given and given[0].arg in THEIR_OWN else CLOCK
    people = ", ".join(source.gates(module, function)) or PERSON
    return f"{people}; {CLOCK}" if "None" in by else people


def _postings(source: Source) -> str:
    text, heading = [POSTINGS], ""
    for module, function in source.postings.values():
        if heading != module.path:
            heading = module.path
            text.append(f"\n## {heading}\n{_below_first_line(module.docstring)}")
        says = ast.get_docstring(function) or ""
        text.append(f"\n**`{function.name}`.** {says}\n")
    return "".join(text)


def _below_first_line(docstring: str) -> str:
    _, _, rest = docstring.partition("\n\n")
    return f"\n{rest}\n" if rest else ""


def _first(docstring: str) -> str:
    """The first paragraph, as a cell of a table."""
    return " ".join(docstring.partition("\n\n")[0].split()).replace("|", "\\|")
