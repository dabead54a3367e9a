"""What of the law is not kept, on the operator's desk and as a file."""

import json
import re
from collections.abc import Mapping

import pytest
from django.test import Client
from django.utils.translation import override

from lapak.compliance.law import LAW
from lapak.compliance.report import report
from lapak.lib import clock
from lapak.testing.cast import Cast
from lapak.web.staff.found_words import NAMES, NOT_TOLD, VALUES, in_words

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


def test_what_was_found_is_read_in_words(operator: Client, cast: Cast) -> None:
    operator.cookies["django_language"] = "id"
    page = operator.get(DESK).text
    assert "Terisi: <b>tidak</b>" in page
    assert "Biaya layanan: <b>2%</b>" in page
    assert "Asal paket: <b>Bali dan Nusa Tenggara, Jawa, Kalimantan" in page
    with override("id"):
        assert in_words({"address": None}) == [("Halaman", "belum ada di versi ini")]
    assert "Wajib PPN di atas: <b>Rp4.800.000.000</b>" in page
    assert "{&quot;" not in page


def test_everything_that_a_proof_finds_has_a_name(cast: Cast) -> None:
    """Else its reader would see the word that programs know it by."""
    found = [each.found.what for line in report(clock.today()) for each in line.evidence]
    found += [{"tax": "PPN", "idr": 1, "due_on": "2026-01-15"}]  # of taxes that are late
    names = {name for what in found for name in _names(what)}
    assert names - NOT_TOLD - NAMES.keys() - VALUES.keys() == set()


def _names(what: Mapping[str, object]) -> set[str]:
    within = [each for name, each in what.items() if isinstance(each, dict) and name != "policy"]
    return set(what).union(*(_names(each) for each in within))


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


@pytest.mark.parametrize("day", ["0001-01-01", "2022-12-31", "2050-01-01", "9999-12-31"])
def test_a_day_that_it_knows_nothing_of_is_refused_and_today_stands_there(
    operator: Client, cast: Cast, day: str
) -> None:
    page = operator.get(DESK, {"on": day}).text
    assert 'aria-invalid="true"' in page
    assert f"?on={clock.today()}&amp;format=" in page
