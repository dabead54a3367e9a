"""Who reads what strangers send has no rights to lose."""

import os
from collections.abc import Callable

import pytest
from pytest_django import Settings

from lapak.cli.as_whom import refuse_root
from lapak.cli.serve import serve
from lapak.cli.web import web
from lapak.cli.work import work
from lapak.lib.trouble import Trouble


@pytest.mark.parametrize("command", [serve, web, work])
def test_root_serves_no_market_that_others_reach(
    command: Callable[[], None], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BASE_URL = "https://lapak.test"
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(Trouble, match="root"):
        command()


@pytest.mark.parametrize(("address", "uid"), [("http://localhost:8000", 0), ("https://lapak.test", 1000)])
def test_root_may_try_it_out_and_everybody_else_may_serve(
    address: str, uid: int, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BASE_URL = address
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    refuse_root()
