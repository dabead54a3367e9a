"""The marketplace, or a shop, is closed from the command line."""

import json

import pytest
from typer.testing import CliRunner

from lapak.cli import app
from lapak.lib.trouble import Trouble
from lapak.people.shops.models import AnnouncedClosing
from lapak.testing.cast import Cast

pytestmark = pytest.mark.django_db

INSTANTS = {"orders_stop_at": "2123-10-04T17:00:00+07:00", "ship_by": "2123-11-05T23:59:59+07:00", "ended_at": None}
AT = ["--stop-orders-at", "2123-10-04T17:00+07:00", "--ship-by", "2123-11-05T16:59:59+00:00"]


def said(*arguments: str) -> object:
    result = CliRunner().invoke(app, ["wind-down", *arguments])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout.splitlines()[-1])


def test_the_whole_marketplace(cast: Cast) -> None:
    assert said() == {"shop": None, "closing": None}
    assert said(*AT) == said() == {"shop": None, "closing": INSTANTS}
    assert said("--shop", cast.shop.slug) == {"shop": cast.shop.slug, "closing": None}
    assert said("--call-off") == {"shop": None, "closing": None}


def test_one_shop(cast: Cast) -> None:
    assert said("--shop", cast.shop.slug, *AT) == {"shop": cast.shop.slug, "closing": INSTANTS}
    assert said() == {"shop": None, "closing": None}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--ship-by", "2123-10-04T17:00+07:00"], "Say both"),
        (["--stop-orders-at", "tomorrow", *AT[2:]], "tomorrow is no instant"),
        (["--stop-orders-at", "2123-10-04T17:00", *AT[2:]], "has no time zone"),
        ([*AT, "--shop", "nobody"], "no shop with the address nobody"),
    ],
)
def test_what_cannot_be_read(cast: Cast, arguments: list[str], words: str) -> None:
    result = CliRunner().invoke(app, ["wind-down", *arguments])
    assert isinstance(result.exception, Trouble)
    assert words in str(result.exception)
    assert not AnnouncedClosing.objects.exists()
