"""The embedded database is looked after; any other server is not ours to stop."""

import pytest
from typer.testing import CliRunner

from lapak.cli import app
from lapak.lib.trouble import Trouble


@pytest.mark.django_db
def test_a_database_in_use_is_not_stopped() -> None:
    result = CliRunner().invoke(app, ["db", "stop"])
    assert isinstance(result.exception, Trouble)
    assert ("in use by another Lapak" in str(result.exception)) != ("DATABASE_URL" in str(result.exception))
