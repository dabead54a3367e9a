"""Options of the tests, and their database: `--long` runs the long ones too, `--need-browser` lets no browser be missing."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker

# No test is timed: a machine may be busy with something else.
settings.register_profile("lapak", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("lapak")

LEFT_OUT = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("lapak")
    group.addoption("--long", action="store_true", help="run the tests marked `long` as well")
    group.addoption(
        "--need-browser",
        action="store_true",
        help="fail, instead of passing over, where a browser or a font is missing",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = [item for item in items if item.get_closest_marker("long")] if not config.getoption("long") else []
    config.stash[LEFT_OUT] = len(left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash.get(LEFT_OUT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Every worker of xdist collects all tests, and tells how many it left out."""
    config, told = node.config, getattr(node, "workeroutput", {})  # type: ignore[attr-defined]
    config.stash[LEFT_OUT] = max(config.stash.get(LEFT_OUT, 0), told.get("left_out", 0))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if left_out := config.stash.get(LEFT_OUT, 0):
        terminalreporter.line(f"long tests left out: {left_out} (./lapak test --long runs them too)")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,  # noqa: ARG001 - it must be there first
    django_db_modify_db_settings: None,  # noqa: ARG001 - a database for each process of pytest-xdist
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """In place of pytest-django's own: the owner makes the database, the tests run as the plain role."""
    # Django is set up by now, which it is not when this file is read.
    from django.db import connection  # noqa: PLC0415

    from lapak.testing.stage import empty_as_owner, fresh_database  # noqa: PLC0415

    name = connection.settings_dict["TEST"]["NAME"] or f"test_{connection.settings_dict['NAME']}"
    with django_db_blocker.unblock(), fresh_database(name), pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection.ops, "execute_sql_flush", empty_as_owner)
        yield
