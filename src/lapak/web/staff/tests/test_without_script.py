"""unfold hides its pages until its script has run: whoever runs none sees them all the same, and not what only it closes."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders
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
