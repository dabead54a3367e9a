"""`lapak check-books`: whether the books are right."""

import json
from typing import Annotated

import django
import typer

from lapak.cli.screen import err, out


def check_books(
    as_json: Annotated[
        bool, typer.Option("--json", help="The differences as JSON, one a line, before the last line.")
    ] = False,
) -> None:
    """Look through the whole running database: what was posted against what orders, payments, refunds, payouts and stock say.

    Shows every difference with the references whose transfers explain it. The last line counts; ends with 1 when anything
    differs. Changes nothing, and disturbs nobody: it reads one moment of the database.
    """
    django.setup()
    from lapak.books.commands import as_json as in_json
    from lapak.books.findings import look_through_books

    findings = look_through_books()
    for difference in in_json(findings):
        if as_json:
            print(json.dumps(difference))
        else:
            err.print(
                f"[red]{difference['says']}[/]: {difference['subject']}\n"
                f"    expected {difference['expected']}, found {difference['found']}",
                highlight=False, soft_wrap=True,
            )  # fmt: skip
            for reference in difference["references"]:  # type: ignore[attr-defined]
                _print_transfers(str(reference))
    print(json.dumps({"checked": findings.checked, "differences": findings.differences}))
    raise typer.Exit(1 if findings.differences else 0)


def _print_transfers(reference: str) -> None:
    from uuid import UUID

    from lapak.lib.money import format_idr
    from lapak.money.ledger.queries import transfers_of_reference

    for transfer in transfers_of_reference(UUID(reference)):
        out.print(
            f"    {reference}  {transfer.code:24} {transfer.debit_account} → {transfer.credit_account}"
            f"  {format_idr(transfer.amount_idr)}",
            highlight=False, soft_wrap=True,
        )  # fmt: skip
