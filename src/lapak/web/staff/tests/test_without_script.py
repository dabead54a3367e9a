"""unfold hides its pages until its script has run: whoever runs none sees them all the same, and not what only it closes."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.test import Client


def test_what_is_hidden_until_a_script_runs_is_shown_without(operator: Client) -> None:
    page = operator.get("/staff/payout-desk").text
    assert re.search(r"<html[^>]* x-cloak", page)
    assert 'x-show="openCommandResults"' in page
    without = re.search(
        r"@media \(scripting: none\) {(.+?)\n}", Path(str(finders.find("staff/staff.css"))).read_text(), re.DOTALL
    )
    assert without
    assert "html[x-cloak] { display: block !important; }" in without[1]
    assert '[x-show]:not([x-show^="active"]) { display: none; }' in without[1]


def test_a_row_of_a_desk_is_a_card_that_says_what_its_cells_are() -> None:
    heads = "<thead><tr><th>A &amp; B</th><th>C</th><td></td></tr></thead>"
    row = '<tbody><tr><td class="is-words">1</td><td> </td><td><b>3</b></td></tr></tbody>'
    table = f'<table class="lapak-table is-wide">{heads}{row}</table>'
    drawn = Template("{% load desk %}{% desk_table %}" + table + "{% enddesk_table %}")
    page = drawn.render(Context())
    assert 'class="lapak-table is-cards is-wide"' in page
    assert '<td data-head="A &amp; B" class="is-words">1</td><td> </td><td data-head=""><b>3</b></td>' in page


def test_every_table_of_a_desk_that_has_heads_is_drawn_so() -> None:
    folder = Path(__file__).parents[1] / "templates" / "staff"
    drawn = [
        (page.name, found)
        for page in folder.glob("*.html")
        for found in re.findall(
            r"(\{% desk_table %\})?<div class=\"lapak-scroll\"[^>]*><table(.*?)</table>", page.read_text(), re.DOTALL
        )
    ]
    assert len(drawn) > 10
    assert [name for name, (tag, table) in drawn if "<thead" in table and not tag] == []
