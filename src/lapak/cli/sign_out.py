"""`lapak sign-out`: a person's sessions end, or everybody's, when something has happened."""

from typing import Annotated

import django
import typer

from lapak.cli.screen import err
from lapak.lib.trouble import Trouble


def sign_out(
    email: Annotated[str, typer.Argument(help="Whom; left out with --everybody.")] = "",
    everybody: Annotated[bool, typer.Option("--everybody", help="Whoever is signed in, operators too.")] = False,
) -> None:
    """Sign somebody out wherever they are signed in, or everybody. They sign in again as before."""
    django.setup()
    from lapak.people.users.models import User
    from lapak.people.users.sessions import end_all_sessions, end_other_sessions

    if everybody == bool(email):
        raise Trouble("Name whom, or say --everybody.")
    user = User.objects.filter(email=email.lower()).first()
    if email and user is None:
        raise Trouble(f"Nobody signs in with {email}.")
    ended = end_other_sessions(user) if user else end_all_sessions()
    err.print(
        f"{ended} sessions ended. Within ten seconds no page is shown to them any more, and nothing is done from now on."
    )
