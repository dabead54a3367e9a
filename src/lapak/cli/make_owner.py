"""`lapak make-owner`: the marketplace's first operator, who lets the others work there."""

from typing import Annotated

import django
import typer

from lapak.cli.screen import err


def make_owner(email: Annotated[str, typer.Argument(help="Who has joined with it, and confirmed it.")]) -> None:
    """Make a user an owner of the marketplace: they open /staff/, and say there who else works here."""
    django.setup()
    from lapak.flows.entrust_operator import make_first_owner

    user = make_first_owner(email)
    err.print(f"{user.email} is an owner of the marketplace, is signed out, and sets up a second factor at /staff/.")
