"""The report of the law from the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lapak.cli import app
from lapak.cli.law import page
from lapak.compliance.law import LAW
from lapak.lib.trouble import Trouble
from lapak.testing.cast import Cast

pytestmark = pytest.mark.django_db


def said(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["compliance", "report", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_each_rule_is_one_object(cast: Cast) -> None:
    lines = json.loads(said("--on", "2023-10-05", "--format", "json"))
    assert [line["id"] for line in lines] == [rule.id for rule in LAW]
    assert {"in_force": True, "source": "Permendag 31/2023", "confirmed": True, "holds": True}.items() <= lines[
        0
    ].items()


def test_it_is_read_by_people_in_their_language(cast: Cast, tmp_path: Path) -> None:
    assert "## PMSE-SEP: Social media and selling are apart" in said()
    assert "## PMSE-SEP: Media sosial dan jual beli terpisah" in said("--language", "id")
    assert "<h2>PMSE-SEP: Social media" in said("--format", "html")
    said("--format", "pdf", "--to", str(tmp_path / "law.pdf"))
    assert (tmp_path / "law.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("typed", ["yesterday", "0001-01-01", "2022-12-31", "9999-12-31"])
def test_what_is_no_day_of_the_report_is_refused(typed: str) -> None:
    result = CliRunner().invoke(app, ["compliance", "report", "--on", typed])
    assert isinstance(result.exception, Trouble)


def test_the_page_of_the_reference_names_every_rule_with_its_mark() -> None:
    written = page()
    assert all(f"## {rule.id}: " in written for rule in LAW)
    assert "| Permendag 19/2026 (?) | 2026-06-08 | – |" in written
