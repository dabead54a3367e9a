"""`lapak search …` as its user sees it."""

from pathlib import Path

import django
import pytest
from pytest_django import Settings
from typer.testing import CliRunner, Result

from lapak.cli.search import app
from lapak.testing.cast import assemble_cast, stocked_variant


@pytest.fixture(autouse=True)
def _goods(db: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SEARCH_INDEX = tmp_path / "search"
    monkeypatch.setattr(django, "setup", lambda: None)  # a second one would make the log write to the runner's stderr
    stocked_variant(assemble_cast().shop)


def run(command: str) -> Result:
    result = CliRunner().invoke(app, [command], catch_exceptions=False)
    assert result.exit_code == 0
    return result


def test_status_before_and_after_the_first_index() -> None:
    assert "to be built" in run("status").output
    assert "1 products can be found." in run("rebuild").output
    after = run("status").output
    assert "sound" in after
    assert "Products:  1" in after
