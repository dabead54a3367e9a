"""The government's figures on the operator's page, as files and from the command line."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from lapak.cli import app
from lapak.compliance.figures import Quarter, figures_of
from lapak.lib import clock
from lapak.lib.trouble import Trouble
from lapak.testing.cast import Cast
from lapak.web.staff.figure_papers import PAPERS, TABLES, TOTALS

DESK = "/staff/government-figures"
NOW = datetime(2026, 11, 28, 3, tzinfo=UTC)


def test_the_last_quarter_stands_there_and_another_can_be_chosen(operator: Client, cast: Cast) -> None:
    with clock.stopped_at(NOW):
        page = operator.get(DESK).text
        assert "2026-Q3" in page
        assert "Too few people to be shown apart." in page
        assert "Orders paid" in page
        assert "2026-Q3" in operator.get(DESK, {"period": "2026-Q3"}).text
        wrong = operator.get(DESK, {"period": "2026-Q4"})
        assert wrong.status_code == 200
        assert "not one of the available choices" in wrong.text


@pytest.mark.parametrize("ending", PAPERS)
def test_it_is_a_file_too(operator: Client, cast: Cast, ending: str) -> None:
    with clock.stopped_at(NOW):
        answer = operator.get(DESK, {"period": "2026-Q3", "format": ending})
    assert answer.headers["Content-Disposition"] == f'attachment; filename="lapak-2026-Q3.{ending}"'
    assert len(answer.content) > 100


def test_every_figure_has_a_name(db: None) -> None:
    figures = figures_of(Quarter(2026, 3))
    assert figures.totals.keys() == TOTALS.keys()
    assert figures.tables.keys() == TABLES.keys()


def said(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["compliance", "figures", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_command_writes_each_kind(cast: Cast, tmp_path: Path) -> None:
    told = json.loads(said("--period", "2026-Q3", "--format", "json"))
    assert (told["period"], told["first_day"], told["day_after"]) == ("2026-Q3", "2026-07-01", "2026-10-01")
    assert told["totals"]["orders"] == 0
    assert "2026-Q3,Pesanan dibayar,0,," in said("--period", "2026-Q3").splitlines()
    assert "2026-Q3,Orders paid,0,," in said("--period", "2026-Q3", "--language", "en").splitlines()
    said("--period", "2026-Q3", "--format", "xlsx", "--to", str(tmp_path / "q.xlsx"))
    rows = CalamineWorkbook.from_path(tmp_path / "q.xlsx").get_sheet_by_index(0).to_python()
    assert rows[0] == ["section", "name", "people", "orders", "amount_idr"]
    assert rows[4] == ["2026-Q3", "Pesanan dibayar", 0, "", ""]


def test_a_quarter_that_is_not_over_is_refused(cast: Cast) -> None:
    result = CliRunner().invoke(app, ["compliance", "figures", "--period", "9998-Q1"])
    assert isinstance(result.exception, Trouble)
