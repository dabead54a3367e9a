"""`lapak check-audit`: whether the record of changes is what it was."""

import json
from typing import Annotated

import django
import typer

from lapak.cli.screen import err
from lapak.lib.trouble import Trouble


def check_audit(
    noted: Annotated[
        str, typer.Option(metavar="NUMBER:DIGEST", help="A head that was noted before: is it still in the chain?")
    ] = "",
) -> None:
    """Walk the chain of digests over the record of who changed what, from its first link to its last.

    Shows every line that was altered, removed or slipped in since it was recorded. The last line names the head: note it
    outside this machine, and whoever rewrites the whole chain is found out by `--noted`. Ends with 1 when anything is not
    as it was. Changes nothing.
    """
    django.setup()
    from lapak.people.audit.chain import Head, breaks, holds, newest_head

    try:
        is_held = not noted or holds(Head.read(noted))
    except ValueError as error:
        raise Trouble(
            f"{noted} is no head: write its number, a colon and its 64 digits, as the last line says."
        ) from error
    found = [f"{each.at}: expected {each.expected}, found {each.found}" for each in breaks()]
    if not is_held:
        found.append(f"the head {noted} is not in the chain any more: it was written anew since then")
    for line in found:
        err.print(line, style="red", highlight=False, soft_wrap=True)
    head = newest_head()
    print(json.dumps({"links": head.number, "breaks": len(found), "head": str(head)}))
    raise typer.Exit(1 if found else 0)
