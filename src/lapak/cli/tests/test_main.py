"""What goes wrong is explained, and the help is complete."""

import errno
import re
import shutil

import pytest
from django.db import OperationalError
from django.utils.translation import override
from rich.console import Console
from typer.testing import CliRunner

from lapak import cli
from lapak.cli import app, explanation
from lapak.lib.refusal import Refusal
from lapak.lib.terminal import harmless
from lapak.lib.trouble import Trouble
from lapak.moving.errors import MoveInRunning


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Trouble("The port is taken."), "The port is taken."),
        (Refusal("Not yours."), "Not yours."),
        (OperationalError("connection refused"), "The database does not answer: connection refused"),
        (OSError(errno.ENOSPC, "No space left on device", "/x"), "The disk is full"),
        (shutil.Error([("a", "b", "[Errno 28] No space left on device: 'b'")]), "The disk is full"),
        (PermissionError(errno.EACCES, "Permission denied", "/y"), "/y may not be used by this user"),
        (KeyError("z"), "LAPAK_DEBUG=1"),
    ],
)
def test_every_error_says_what_to_do(error: Exception, said: str) -> None:
    assert said in explanation(error)


def test_a_refusal_is_told_in_the_command_line_s_language() -> None:
    with override("id"):
        assert explanation(MoveInRunning()).startswith("Another move-in")


def test_every_command_has_help() -> None:
    commands = app.registered_commands
    listed = CliRunner().invoke(app, ["--help"]).output
    assert all(command.name in listed for command in commands if command.name)
    assert all(command.callback and command.callback.__doc__ for command in commands)


@pytest.mark.parametrize("text", ["[/bold]", "a\x1b[2J\x1b]0;mine\x07", "\\", "[link=https://a.test]x[/link]"])
def test_an_error_s_own_text_is_shown_and_not_obeyed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    def refuse(**_: object) -> None:
        raise Refusal(f"{text}: broken.")

    monkeypatch.setattr(cli, "app", refuse)
    monkeypatch.setattr(cli, "err", Console(stderr=True, force_terminal=True, width=200))
    with pytest.raises(SystemExit):
        cli.main()
    said = re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().err)  # our own colours
    assert said == f"\n✗ {harmless(text)}: broken.\n"
    assert "\x1b" not in said
