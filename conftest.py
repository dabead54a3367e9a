"""Options of the tests, and their database: `--long` runs the long ones too, `--need-browser` lets no browser be missing."""

import os
import re
import secrets
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

# No test is timed: a machine may be busy with something else.
settings.register_profile("lapak", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("lapak")

WHOLE = Path(__file__).parent / "tests"
"""Tests of the whole system, in browsers and many processes."""

LEFT_OUT = pytest.StashKey[int]()
PATTERN = pytest.StashKey[str]()
COPIED = pytest.StashKey[bool]()


def pytest_configure(config: pytest.Config) -> None:
    """One pattern for all the databases of this run, whichever of its processes makes it; and what Lapak needs is there."""
    if missing := [name for name in _needed() if not _is_installed(name)]:
        again = ".venv/bin/pip install -r requirements-dev.lock --require-hashes"
        raise pytest.UsageError(f"not installed here: {', '.join(missing)}; {again}")
    if "LAPAK_TEST_PATTERN" not in os.environ:
        config.stash[PATTERN] = os.environ["LAPAK_TEST_PATTERN"] = f"test_pattern_{secrets.token_hex(4)}"


def _needed() -> list[str]:
    declared = tomllib.loads((Path(__file__).parent / "pyproject.toml").read_text())["project"]["dependencies"]
    return [re.split(r"[\[<>=; ]", each)[0] for each in declared]


def _is_installed(name: str) -> bool:
    try:
        return bool(version(name))
    except PackageNotFoundError:
        return False


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("lapak")
    group.addoption("--long", action="store_true", help="run the tests marked `long` as well")
    group.addoption(
        "--need-browser",
        action="store_true",
        help="fail, instead of passing over, where a browser or a font is missing",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long tests are left out, unless asked for; what takes long comes first, lest one process has it left at the end, and before
    it what waits for everybody's transactions, while another process is at short ones."""
    left_out = {item for item in items if item.get_closest_marker("long")} if not config.getoption("long") else set()
    config.stash[LEFT_OUT] = len(left_out)
    items[:] = sorted((item for item in items if item not in left_out), key=_turn)


def _turn(item: pytest.Item) -> tuple[bool, bool]:
    return not item.get_closest_marker("waits_for_all"), not _takes_long(item)


def _takes_long(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("long")) or item.path.is_relative_to(WHOLE)


def pytest_sessionfinish(session: pytest.Session) -> None:
    config = session.config
    config.stash[COPIED] = config.stash.get(COPIED, False) or "LAPAK_TEST_PATTERN_COPIED" in os.environ
    if hasattr(config, "workeroutput"):
        config.workeroutput |= {"left_out": config.stash.get(LEFT_OUT, 0), "copied": config.stash[COPIED]}
    if config.stash[COPIED] and PATTERN in config.stash:
        from lapak.testing.stage import drop_pattern  # noqa: PLC0415 - Django is set up by now

        with config.stash[blocking_manager_key].unblock():
            drop_pattern(config.stash[PATTERN])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Every worker of xdist collects all tests, and tells how many it left out."""
    config, told = node.config, getattr(node, "workeroutput", {})  # type: ignore[attr-defined]
    config.stash[LEFT_OUT] = max(config.stash.get(LEFT_OUT, 0), told.get("left_out", 0))
    config.stash[COPIED] = config.stash.get(COPIED, False) or told.get("copied", False)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if left_out := config.stash.get(LEFT_OUT, 0):
        terminalreporter.line(f"long tests left out: {left_out} (./lapak test --long runs them too)")


@pytest.fixture(scope="session", autouse=True)
def operators_have_two_factors() -> None:
    """Where a test signs them in by `force_login`."""
    from lapak.testing.second_factor import operators_have_shown_theirs  # noqa: PLC0415 - Django is set up by now

    operators_have_shown_theirs()


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
