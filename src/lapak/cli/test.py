"""`lapak test`: every check that a change must pass."""

import subprocess
import sys
import time
from dataclasses import dataclass

import typer
from django.conf import settings
from django.db import connection

from lapak.cli.screen import err, out
from lapak.lib.trouble import Trouble

ANY_ARGUMENTS = {"allow_extra_args": True, "ignore_unknown_options": True}

CHECKS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "imports": ["lint-imports"],
    "tests": ["pytest", "-n", "2", "--dist", "worksteal"],
}


@dataclass(frozen=True)
class Result:
    """How a check ended."""

    name: str
    passed: bool
    seconds: float


def test(context: typer.Context) -> None:
    """Run every check: format, lint, types, direction of imports, tests. Other arguments go to pytest.

    All of them run, even after a failure. Two of pytest's options are our own: --long runs the tests marked long too,
    --need-browser fails where a browser or a font for the tests of the screens is missing.
    """
    # Hold the embedded database for the whole run, lest each test process start and stop it.
    connection.get_connection_params()
    results = [_run(name, [*command, *(context.args if name == "tests" else [])]) for name, command in CHECKS.items()]
    out.print()
    for result in results:
        verdict = "[green]passed[/]" if result.passed else "[bold red]FAILED[/]"
        out.print(f"  {result.name:8} {verdict} {result.seconds:7.1f} s", highlight=False)
    failed = sum(not result.passed for result in results)
    out.print(f"checks: {len(results) - failed} passed, {failed} failed", highlight=False)
    raise typer.Exit(1 if failed else 0)


def _run(name: str, command: list[str]) -> Result:
    program = f"{sys.prefix}/bin/{command[0]}"
    err.rule(f"{name}: {' '.join(command)}", align="left", style="dim")
    began = time.monotonic()
    try:
        code = subprocess.run([program, *command[1:]], cwd=settings.ROOT, check=False).returncode  # noqa: S603 - as listed above
    except FileNotFoundError as error:
        raise Trouble(f"{command[0]} is not installed. Run the checks with ./lapak test, which installs it.") from error
    return Result(name, code == 0, time.monotonic() - began)
