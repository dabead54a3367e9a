"""The page about OWASP ASVS 5.0: each requirement of levels 1 and 2 stands there once, and what it points to exists."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs/reference/asvs.md").read_text()

LEVELS = {
    1: "22 1111122223 112222222223 222 123",
    2: "122 112 12223 23",
    3: "3 113 12223 11222233 11122333 3 22333",
    4: "12233 23333 22 1222",
    5: "2 112333 113 222",
    6: "122 111111112222 11223333 112233 22222333 2223 33 2222",
    7: "222 1111 22 11222 223 22",
    8: "1233 1123 133 23",
    9: "111 1222",
    10: "22 223 22223 1111122222233333 22222 22 222",
    11: "2233 22233 11233 1222 23 23 33",
    12: "12233 11 22223",
    13: "2333 222223 2233 1222233",
    14: "22 12223333 122",
    15: "12233 12233 1222222 3333",
    16: "2 22222 2222 222 2223",
    17: "23 22223333 22",
}
"""Of each chapter its sections, of each section the level of its first requirement, its second, and so on."""

LEVEL = {
    f"{chapter}.{section}.{number}": int(level)
    for chapter, sections in LEVELS.items()
    for section, levels in enumerate(sections.split(), 1)
    for number, level in enumerate(levels, 1)
}

PARTS = {
    title: text
    for title, text in re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    if title != "Level 3, where money moves"
}
OF_MONEY = PAGE.partition("## Level 3, where money moves")[2].partition("\n## ")[0]
ROW = re.compile(r"^\| (\d+\.[\d., *]+?) \| (.+) \|$", re.MULTILINE)


def numbers(cell: str) -> list[str]:
    """`1.2.3, 1.2.4`; a whole section or chapter is `17.*`, of which only levels 1 and 2 are meant."""
    found = []
    for name in cell.split(", "):
        beginning = name.removesuffix("*")
        found += (
            [each for each in LEVEL if each.startswith(beginning) and LEVEL[each] < 3] if beginning != name else [name]
        )
    return found


def listed(text: str) -> list[str]:
    return [number for cell, _ in ROW.findall(text) for number in numbers(cell)]


def part(beginning: str) -> str:
    """The part of that heading."""
    (found,) = [text for title, text in PARTS.items() if title.startswith(beginning)]
    return found


def test_as_many_as_there_are() -> None:
    """253 of levels 1 and 2, and 345 with level 3, says the standard's own table."""
    assert (sum(level < 3 for level in LEVEL.values()), len(LEVEL)) == (253, 345)


def test_each_of_levels_1_and_2_is_listed_once() -> None:
    found = [number for text in PARTS.values() for number in listed(text)]
    assert sorted(set(found)) == sorted(found), "once"
    assert {number for number, level in LEVEL.items() if level < 3} - set(found) == set(), "each"
    assert {number for number in found if LEVEL.get(number, 3) == 3} == set(), "level 3 has a part of its own"


def test_level_3_is_level_3() -> None:
    found = listed(OF_MONEY)
    assert found
    assert {number for number in found if LEVEL.get(number) != 3} == set()


def test_the_counts_are_right() -> None:
    told = {
        kind: int(count) for kind, count in re.findall(r"^\| (kept|not kept|left|none) \| (\d+) \|", PAGE, re.MULTILINE)
    }
    assert told == {
        "kept": len(listed(part("What holds"))),
        "not kept": len(listed(part("Not kept"))),
        "left": len(listed(part("Left to"))),
        "none": len(listed(part("Does not apply"))),
    }


def test_what_holds_names_a_test_that_is_there_or_why_none() -> None:
    lost = []
    for cell, said in ROW.findall(part("What holds") + OF_MONEY):
        proof = said.rpartition(" | ")[2]
        tests = re.findall(r"`([\w/]+\.py)(?:::(\w+))?`", proof)
        lost += [f"{cell}: {file} {name}" for file, name in tests if not is_there(file, name)]
        lost += (
            [f"{cell}: no test, and no reason"] if not tests and not proof.startswith(("reason: ", "not kept")) else []
        )
    assert lost == []


def is_there(file: str, name: str) -> bool:
    found = [place / file for place in (ROOT, ROOT / "src/lapak") if (place / file).is_file()]
    return any(not name or re.search(rf"\bdef {name}\(", path.read_text()) for path in found)


def test_our_scripts_write_no_markup() -> None:
    """Nor evaluate, keep anything in the browser, hear other pages, or refuse what is pasted."""
    never = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|localStorage|sessionStorage|indexedDB"
        r"|document\.cookie|postMessage|onmessage|[\"']paste[\"']|onpaste"
    )
    scripts = [file for file in (ROOT / "src/lapak").glob("web/*/static/**/*.js") if "vendor" not in file.parts]
    assert len(scripts) > 4
    assert [(file.name, found) for file in scripts for found in never.findall(file.read_text())] == []
