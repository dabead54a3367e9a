"""The WSGI entry: which requests never reach Django."""

from unittest.mock import MagicMock
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.handlers.wsgi import WSGIHandler

from lapak.config import wsgi
from lapak.testing.cast import assemble_cast, link_to, stocked_variant
from lapak.web.shop import redirect

pytestmark = pytest.mark.django_db


@pytest.fixture
def reached_django(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths that Django's stack was asked for."""
    paths: list[str] = []

    def django(environ: dict[str, str], _: object) -> list[bytes]:
        paths.append(environ["PATH_INFO"])
        return [b"Django"]

    assert isinstance(wsgi._django, WSGIHandler)
    monkeypatch.setattr(wsgi, "_django", django)
    monkeypatch.setattr(redirect, "store_click_soon", lambda _: None)
    redirect._known.clear()
    return paths


def ask(path: str, method: str = "GET") -> None:
    environ: dict[str, str] = {"PATH_INFO": path, "REQUEST_METHOD": method}
    setup_testing_defaults(environ)
    list(wsgi.application(environ, MagicMock()))


def test_only_a_known_link_that_is_followed_or_looked_at(reached_django: list[str]) -> None:
    cast = assemble_cast()
    code = link_to(cast, stocked_variant(cast.shop).product).code
    for path, method in [(f"/r/{code}", "GET"), (f"/r/{code}", "HEAD")]:
        ask(path, method)
    assert reached_django == []
    others = [(f"/r/{code}", "POST"), ("/r/unknown", "GET"), ("/r/", "GET"), ("/r", "GET"), ("/", "GET")]
    for path, method in others:
        ask(path, method)
    assert reached_django == [path for path, _ in others]
