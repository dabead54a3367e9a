"""What of the law is not kept, on the operator's desk and as a file."""

import json
import re

import pytest
from django.test import Client

from lapak.compliance.law import LAW
from lapak.testing.cast import Cast

DESK = "/staff/law-desk"


def test_what_is_not_kept_stands_first_with_what_was_found(operator: Client, cast: Cast) -> None:
    page = " ".join(operator.get(DESK).text.split())
    assert page.index("Not kept") < page.index("PMSE-COMPLAIN") < page.index(">Kept<") < page.index("PMSE-CONTRACT")
    assert "rules are not kept" in page
    assert "✗ The operator can be written to." in page
    assert "✓ Complaints have a page with their times and figures." in page
    assert "✓ Every order has its contract." in page


def test_every_cell_tells_something_and_is_read_like_a_sentence(operator: Client, cast: Cast) -> None:
    """Else the last column stands in one line, and leaves the others a word's width."""
    page = operator.get(DESK).text
    assert page.count("<td") == len(re.findall(r'<td[^>]* class="is-words"', page)) > 3


def test_it_looks_at_another_day(operator: Client, cast: Cast) -> None:
    page = operator.get(f"{DESK}?on=2023-10-05").text
    assert "On October 5, 2023" in page or "On 5 October 2023" in page
    assert page.index("Not asked that day") < page.index("PMSE-COMPLAIN")
    assert "Permendag 31/2023 Art. 13, 21 (3)" in page
    wrong = operator.get(f"{DESK}?on=someday")
    assert wrong.status_code == 200
    assert "someday" in wrong.text


@pytest.mark.parametrize(
    ("ending", "begins"),
    [("json", b"["), ("md", b"# What the law asks"), ("html", b"<!doctype html>"), ("pdf", b"%PDF-")],
)
def test_it_is_a_file(operator: Client, cast: Cast, ending: str, begins: bytes) -> None:
    file = operator.get(f"{DESK}?on=2026-06-09&format={ending}")
    assert file.headers["Content-Disposition"] == f'attachment; filename="law-2026-06-09.{ending}"'
    assert file.content.lstrip().startswith(begins)
    if ending == "json":
        assert [line["id"] for line in json.loads(file.content)] == [rule.id for rule in LAW]


def test_it_is_for_the_operator(client: Client, cast: Cast) -> None:
    client.force_login(cast.seller)
    assert client.get(DESK).status_code == 404
