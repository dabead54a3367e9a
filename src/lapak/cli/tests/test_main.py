"""What goes wrong is explained, and the help is complete."""

import errno
import shutil

import pytest
from django.db import OperationalError
from typer.testing import CliRunner

from lapak.cli import app, explanation
from lapak.lib.refusal import Refusal
from lapak.lib.trouble import Trouble


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


def test_every_command_has_help() -> None:
    commands = app.registered_commands
    listed = CliRunner().invoke(app, ["--help"]).output
    assert all(command.name in listed for command in commands if command.name)
    assert all(command.callback and command.callback.__doc__ for command in commands)
