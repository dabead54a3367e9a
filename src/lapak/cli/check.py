"""`lapak check`: whether this Lapak is whole, and whether strangers may be let in."""

import json
from typing import Annotated

import django
import typer

from lapak.cli.screen import err


def check(
    deploy: Annotated[
        bool,
        typer.Option("--deploy", help="Also: is it safe for strangers? Each thing that is not, with how to mend it."),
    ] = False,
) -> None:
    """Look at settings, files, the database and who works here, before anybody else is let in.

    Without `--deploy` only what keeps Lapak from working at all. The last line counts; ends with 1 when anything was found.
    Changes nothing.
    """
    django.setup()
    from django.core.checks import ERROR, run_checks

    from lapak.cli.deployment import Unsafe, unsafe

    found = [Unsafe(str(each.msg), str(each.hint or "")) for each in run_checks() if each.level >= ERROR]
    found += unsafe() if deploy else []
    for each in found:
        err.print(each.is_so, style="red", highlight=False, soft_wrap=True)
        err.print(f"  {each.mend}", highlight=False, soft_wrap=True, markup=False)
    print(json.dumps({"deploy": deploy, "found": len(found)}))
    raise typer.Exit(1 if found else 0)
