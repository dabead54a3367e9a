"""The number of an order or a payout stands in one piece, wherever a page shows it."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

import lapak.web

PRINTED = re.compile(r"(?:order|payout)\.number(?P<unbroken>\|numbers_whole)?(?= }}|[ %])")
NOT_SEEN = re.compile(r'block (?:page_)?title|aria-label="|visually-hidden|class="number">{{ [\w.]*number }}|{% if ')


def test_every_page_shows_it_so() -> None:
    templates = list(Path(lapak.web.__file__).parent.glob("*/templates/**/*.html"))
    shown = [
        (template.name, line.strip(), found["unbroken"])
        for template in templates
        for line in template.read_text().splitlines()
        for found in PRINTED.finditer(line)
    ]
    assert len(shown) > 20
    assert [(name, line) for name, line, unbroken in shown if not unbroken and not NOT_SEEN.search(line)] == []


@pytest.mark.parametrize(
    ("sheet", "rule"), [("shell/css/base.css", r"\.number {"), ("staff/staff.css", r"\.nowrap, \.number.*{")]
)
def test_what_is_one_piece_does_not_wrap(sheet: str, rule: str) -> None:
    assert re.search(rule + r"[^}]*white-space: nowrap", Path(str(finders.find(sheet))).read_text())
