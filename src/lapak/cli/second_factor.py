"""`lapak second-factor`: the code of a person of the demo, who has no phone; and a way back in for who lost theirs."""

import time
from typing import Annotated

import django
import typer

from lapak.cli.screen import err, out
from lapak.lib.trouble import Trouble

OF_DEMO = "@lapak.test"
OPERATOR = f"operator{OF_DEMO}"


def second_factor(
    email: Annotated[str, typer.Argument(help="Of whom.")] = OPERATOR,
    forget: Annotated[
        bool, typer.Option("--forget", help="They lost it: they sign in by their password alone, and set up a new one.")
    ] = False,
) -> None:
    """Say the code that an operator of the demo types after the password; or let who lost their second factor back in."""
    django.setup()
    from lapak.people.users.models import User
    from lapak.people.users.second_factors import code_of, forget_second_factors, is_taken

    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        raise Trouble(f"Nobody signs in with {email}.")
    if forget:
        err.print(f"{forget_second_factors(user)} forgotten. {email} is signed out everywhere and sets up a new one.")
        return
    if not email.endswith(OF_DEMO):
        raise Trouble(f"{email} has a phone for this: codes are said of the demo's people (…{OF_DEMO}) alone.")
    code = code_of(user)
    if code is None:
        raise Trouble(f"{email} has no app yet: sign in and set one up at /account/two-factors.")
    while is_taken(user, code):
        err.print(f"The code of now has been typed. The next one comes in {_left_s()} seconds …")
        time.sleep(_left_s())
        code = str(code_of(user))
    err.print(f"For {_left_s()} more seconds, and once:")
    out.print(code)


def _left_s() -> int:
    return 30 - int(time.time()) % 30
