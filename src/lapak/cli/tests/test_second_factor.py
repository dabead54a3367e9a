"""The code of the demo's operator, who has no phone."""

import time

import pytest
from django.core.cache import cache
from typer.testing import CliRunner

from lapak.cli import app
from lapak.people.users.models import User
from lapak.people.users.second_factors import code_of, give_app, take_code

pytestmark = pytest.mark.django_db


def test_one_that_was_typed_is_not_said_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who signs in and is asked once more right away would type it in vain."""
    operator = User.objects.create_user("operator@lapak.test", "lapak-demo")
    give_app(operator)
    assert take_code(operator, str(code_of(operator)))
    waited = list[float]()

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        cache.clear()

    monkeypatch.setattr(time, "sleep", sleep)
    assert CliRunner().invoke(app, ["second-factor"]).stdout.split()[-1] == code_of(operator)
    assert len(waited) == 1
    assert 0 < waited[0] <= 30
