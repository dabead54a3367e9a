"""The page that lists the components names every one there is, and no other."""

import re

from django.conf import settings

PAGE = settings.ROOT / "docs/reference/components.md"
SHELL = settings.PACKAGE / "web/shell"


def section(title: str) -> str:
    return PAGE.read_text().partition(f"## {title}")[2].partition("\n## ")[0]


def test_every_include_is_listed_and_no_other() -> None:
    first_cells = re.findall(r"^\| (`.*?) \|", section("Includes"), re.MULTILINE)
    listed = {name for cell in first_cells for name in re.findall(r"`(\w+)`", cell.partition(" (")[0])}
    assert listed == {file.stem for file in (SHELL / "templates/shell/components").glob("*.html")}


def test_every_layout_is_listed_with_its_blocks() -> None:
    for layout, blocks in re.findall(r"^\| `(shell/\w+\.html)` \|[^|]*\|([^|]*)\|", section("Layouts"), re.MULTILINE):
        text = (SHELL / "templates" / layout).read_text()
        base = (SHELL / "templates/shell/base.html").read_text()
        shop = (SHELL / "templates/shell/shop.html").read_text()
        for block in re.findall(r"`(\w+)`", blocks):
            assert f"{{% block {block} %}}" in text + base + shop, (layout, block)


def test_every_tag_is_listed_and_no_other() -> None:
    source = (SHELL / "templatetags/lapak.py").read_text()
    registered = set(re.findall(r"@register\.[^\n]*\n(?:@[^\n]*\n)*def (\w+)", source))
    registered |= set(re.findall(r"^register\.filter\((\w+)\)", source, re.MULTILINE))
    words = set(re.findall(r"(?:\\\||\{% )(\w+)", section("Tags and filters").partition("\n")[2]))
    assert words == registered


def test_every_class_is_styled() -> None:
    styles = "".join(sheet.read_text() for sheet in (SHELL / "static/shell/css").glob("*.css"))
    named = set(re.findall(r"`\.([a-z][\w-]*)`", PAGE.read_text()))
    assert {name for name in named if not re.search(rf"\.{name}\b", styles)} == set()
