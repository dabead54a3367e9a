"""`lapak test` runs every check, whatever the others say, and fails when one fails."""

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lapak.cli import app, test


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand-ins for the checks' programs: one passes, one fails; both note their arguments."""
    notes = tmp_path / "told"
    (tmp_path / "bin").mkdir()
    for name, code in {"passing": 0, "failing": 1}.items():
        program = tmp_path / "bin" / name
        program.write_text(f"#!/bin/sh\necho {name} $* >>{notes}\nexit {code}\n")
        program.chmod(0o755)
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr("django.db.connection.get_connection_params", dict, raising=False)
    return notes


@pytest.mark.parametrize(
    ("checks", "code", "last_line"),
    [
        ({"lint": ["failing"], "tests": ["passing", "-n", "2"]}, 1, "checks: 1 passed, 1 failed"),
        ({"lint": ["passing"], "tests": ["passing", "-n", "2"]}, 0, "checks: 2 passed, 0 failed"),
    ],
)
def test_all_run_and_the_last_line_counts(
    checks: dict[str, list[str]], code: int, last_line: str, told: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(test, "CHECKS", checks)
    result = CliRunner().invoke(app, ["test", "-k", "stock", "src/lapak/goods"])
    assert result.exit_code == code
    assert result.stdout.splitlines()[-1] == last_line
    assert told.read_text().splitlines() == [checks["lint"][0], "passing -n 2 -k stock src/lapak/goods"]
