"""The command line: `lapak …`.

A command is a function in a module of its own, and one line in the list below. Its signature is its options, its
docstring is its help. What is heavy or needs Django's models it imports inside the function, after `django.setup()`:
so `lapak --help` stays quick.

What goes wrong is told in one place, `main`: a command raises `Trouble` (something around Lapak stands in the way) or
lets a `Refusal` pass, and its reader gets the sentence without a traceback.
"""

import errno
import os
import sys

import typer
from django.db import OperationalError
from django.utils import translation

from lapak.cli import (
    addresses,
    bench,
    check,
    check_audit,
    check_books,
    compliance,
    db,
    demo,
    docs,
    formats,
    make_owner,
    migrate,
    move_in,
    move_out,
    pictures,
    renew_keys,
    search,
    second_factor,
    seed,
    serve,
    sign_out,
    test,
    web,
    wind_down,
    work,
)
from lapak.cli.screen import err, plain
from lapak.lib.refusal import Refusal
from lapak.lib.trouble import Trouble

RUN = "Run the marketplace"
CARE = "Look after it"
DEVELOP = "Work on Lapak itself"

app = typer.Typer(
    name="lapak",
    help="Lapak, the independent marketplace. Its data lie in .lapak/ (or LAPAK_HOME), its database is built in.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("demo", rich_help_panel=RUN)(demo.demo)
app.command("serve", rich_help_panel=RUN)(serve.serve)
app.command("web", rich_help_panel=RUN)(web.web)
app.command("work", rich_help_panel=RUN)(work.work)
app.command("move-in", rich_help_panel=CARE)(move_in.move_in)
app.command("move-out", rich_help_panel=CARE)(move_out.move_out)
app.command("addresses", rich_help_panel=CARE)(addresses.addresses)
app.command("formats", rich_help_panel=CARE)(formats.formats)
app.command("wind-down", rich_help_panel=CARE)(wind_down.wind_down)
app.command("make-owner", rich_help_panel=CARE)(make_owner.make_owner)
app.command("second-factor", rich_help_panel=CARE)(second_factor.second_factor)
app.command("sign-out", rich_help_panel=CARE)(sign_out.sign_out)
app.command("renew-keys", rich_help_panel=CARE)(renew_keys.renew_keys)
app.command("check", rich_help_panel=CARE)(check.check)
app.command("check-books", rich_help_panel=CARE)(check_books.check_books)
app.command("check-audit", rich_help_panel=CARE)(check_audit.check_audit)
app.add_typer(compliance.app, name="compliance", rich_help_panel=CARE)
app.command("migrate", rich_help_panel=CARE)(migrate.migrate)
app.add_typer(pictures.app, name="pictures", rich_help_panel=CARE)
app.add_typer(search.app, name="search", rich_help_panel=CARE)
app.add_typer(db.app, name="db", rich_help_panel=CARE)
app.command("bench", rich_help_panel=DEVELOP)(bench.bench)
app.command("docs", rich_help_panel=DEVELOP)(docs.docs)
app.command("seed", rich_help_panel=DEVELOP)(seed.seed)
app.command("test", rich_help_panel=DEVELOP, context_settings=test.ANY_ARGUMENTS)(test.test)


def main() -> None:
    """Run the command that was typed, and explain what keeps it from succeeding. LAPAK_DEBUG=1 shows the traceback."""
    try:
        app(prog_name="lapak")
    except Exception as error:
        if os.environ.get("LAPAK_DEBUG") == "1":
            raise
        err.print(f"\n[bold red]✗[/] {plain(explanation(error))}", highlight=False, soft_wrap=True)
        sys.exit(1)


def explanation(error: Exception) -> str:
    """What happened and what to do, in words for whoever typed the command."""
    match error:
        case Trouble():
            return str(error)
        case Refusal():
            with translation.override("en"):  # as all else that the command line says
                return str(error)
        case OperationalError():
            return f"The database does not answer: {error}"
        case OSError() if error.errno in {errno.ENOSPC, errno.EDQUOT} or "No space left on device" in str(error):
            return f"The disk is full. Free some space, then run the same command again. ({error})"
        case PermissionError():
            return f"{error.filename} may not be used by this user. Run Lapak as the user who set it up."
        case _:
            return (
                f"Lapak did not expect this: {type(error).__name__}: {error}\n"
                "LAPAK_DEBUG=1 before the command shows where it happened; please report it with that."
            )
