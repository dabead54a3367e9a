"""No page may need an inline style, an inline script or another site: the content policy would refuse it anyway."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils.translation import override

from lapak.trade.orders.models import Order

# A mail carries its own looks: who reads it loads no style sheet of ours.
TEMPLATES = sorted(set(settings.PACKAGE.glob("**/templates/**/*.html")) - set(settings.PACKAGE.glob("**/mail.html")))
STYLES = sorted(settings.PACKAGE.glob("web/shell/static/shell/css/*.css"))

REFUSED = {
    "an inline style": r"\sstyle\s*=|<style\b",
    # Data for search engines is no script: nothing runs, and the content policy lets it be.
    "an inline script": r"<script\b(?![^>]*\bsrc=)(?![^>]*\bnonce=)(?! type=\"application/ld\+json\">)",
    "an event attribute": r"\son[a-z]+\s*=|\shx-on",
    "script in an htmx attribute": r"hx-(?:vals|headers)=\W?js:",
    "a file of another site": (
        r"<(?:script|img|link|iframe|source|use|video|audio|embed|object)\b"
        r"[^>]*\b(?:src|srcset|href|data)=\"(?:https?:)?//"
    ),
    "a form that posts to another site": r"<form\b[^>]*\baction=\"(?:https?:)?//",
}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: "/".join(path.parts[-3:]))
def test_template_obeys_the_content_policy(template: Path) -> None:
    text = template.read_text()
    assert [what for what, pattern in REFUSED.items() if re.search(pattern, text, re.IGNORECASE)] == []


@pytest.mark.parametrize(
    "line",
    [
        '<p style="color: red">',
        "<script>alert(1)</script>",
        '<button onclick="go()">',
        '<script src="https://cdn.example/x.js"></script>',
        '<img alt="" src="//pixel.example/1.gif">',
        '<form method="post" action="https://elsewhere.example/">',
    ],
)
def test_the_scan_finds_what_it_looks_for(line: str) -> None:
    assert any(re.search(pattern, line, re.IGNORECASE) for pattern in REFUSED.values())


@pytest.mark.parametrize("sheet", STYLES, ids=lambda path: path.name)
def test_style_sheet_loads_nothing_and_stays_in_its_layers(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    assert "url(" not in text
    assert "@import" not in text
    outside = re.sub(r"\{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\})*\}", "{}", text)
    assert re.sub(r"@layer [\w, ]+(?:;|\{\})", "", outside).split() == []


UNSEEMLY = {
    "a hyphen for a minus": r">-\{\{",
    "pieces and price that may part at a line's end": r"(?<!nowrap\">)\{\{ \w+\.quantity \}\} × \{\{ [\w.]+\|idr",
}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: "/".join(path.parts[-3:]))
def test_figures_are_set_well(template: Path) -> None:
    text = template.read_text()
    assert [what for what, pattern in UNSEEMLY.items() if re.search(pattern, text)] == []


def test_a_state_s_badge_begins_as_a_sentence_does() -> None:
    badge = Template('{% load lapak %}{% state order "buyer" %}')
    with override("id"):
        assert ">Menunggu pembayaran<" in badge.render(Context({"order": Order(state="awaiting_payment")}))


def test_what_the_frame_names_no_page_is_given_under_that_name() -> None:
    """A page's form was gone from it: the frame, which is drawn first, had called something else by its name."""
    frame = (settings.PACKAGE / "web/shell/templates/shell/base.html").read_text()
    depth, named = 0, set[str]()
    for tag in re.findall(r"{%\s*(.*?)\s*%}", frame):
        depth += tag.startswith("block ") - tag.startswith("endblock")
        if depth == 0 and (called := re.search(r" as (\w+)$", tag)):
            named.add(called[1])
    given = {
        name
        for file in settings.PACKAGE.glob("web/*/*.py")
        for name in re.findall(r'^\s+"(\w+)": ', file.read_text(), re.MULTILINE)
    }
    assert "is_play" in named
    assert len(given) > 300
    assert named & given == set()
