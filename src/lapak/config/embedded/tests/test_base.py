"""What Django and the job queue see of the embedded database."""

from collections.abc import Iterator

import psycopg
import pytest
import pytest_django
from django.db import connections
from procrastinate.contrib.django.utils import connector_params

from lapak.config.embedded import base
from lapak.config.embedded.server import PLAIN, Server


@pytest.fixture
def wrapper(
    server: Server, monkeypatch: pytest.MonkeyPatch, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[base.DatabaseWrapper]:
    """A pooled connection as the settings configure it, under another alias."""
    monkeypatch.setattr(base, "embedded_server", lambda: server)
    settings = {**connections["default"].settings_dict, "ENGINE": "lapak.config.embedded", "NAME": "lapak"}
    settings |= {"HOST": "", "PORT": "", "USER": PLAIN, "OPTIONS": {"pool": {"min_size": 1, "max_size": 2}}}
    wrapper = base.DatabaseWrapper(settings, alias="embedded")
    with django_db_blocker.unblock():
        yield wrapper
        wrapper.close()
        wrapper.close_pool()


def test_a_connection_starts_the_server(wrapper: base.DatabaseWrapper, server: Server) -> None:
    server.leave()
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT current_database(), current_user")
        assert cursor.fetchone() == ("lapak", "lapak_plain")


def test_the_administrative_database_is_reached_too(wrapper: base.DatabaseWrapper) -> None:
    with wrapper._nodb_cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone() == ("postgres",)


def test_the_job_queue_can_connect_with_the_same_parameters(wrapper: base.DatabaseWrapper, server: Server) -> None:
    connections["embedded"] = wrapper
    parameters = connector_params("embedded")
    del connections["embedded"]
    assert parameters.items() >= {**server.address, "user": PLAIN, "dbname": "lapak"}.items()
    psycopg.connect(**parameters).close()


def test_psql_comes_with_it(wrapper: base.DatabaseWrapper, capfd: pytest.CaptureFixture[str]) -> None:
    wrapper.client.runshell(["-tAc", "SELECT current_database()"])
    assert capfd.readouterr().out == "lapak\n"
