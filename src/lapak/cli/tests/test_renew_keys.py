"""Whoever runs the machine exchanges its secret, and nobody notices."""

import pytest
from pytest_django import Settings
from typer.testing import CliRunner

from lapak.cli import app
from lapak.people.users.second_factors import code_of, give_app
from lapak.testing.cast import Cast
from lapak.testing.taxes import PDF, stated

pytestmark = pytest.mark.django_db


def test_another_secret_opens_what_the_old_one_closed_and_then_alone(cast: Cast, settings: Settings) -> None:
    give_app(cast.seller)
    letter = stated(cast)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret, as long as the first one, with digits 0123456789"
    run = CliRunner().invoke(app, ["renew-keys"], catch_exceptions=False)
    assert "2 second factors, 1 papers" in run.output
    settings.SECRET_KEY_FALLBACKS = []
    assert code_of(cast.seller)
    assert letter.file.open().read() == PDF
