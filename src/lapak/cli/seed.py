"""`lapak seed`: a big market to measure in."""

from typing import Annotated

import django
import typer

from lapak.cli.screen import err
from lapak.lib.trouble import Trouble


def seed(
    products: Annotated[int, typer.Option(help="Goods on sale.", min=40)] = 20_000,
    orders: Annotated[int, typer.Option(help="Orders, in every state.", min=100)] = 30_000,
    clicks: Annotated[int, typer.Option(help="Clicks on creators' links.", min=0)] = 100_000,
    commissions: Annotated[
        int, typer.Option(help="Commissions of one creator, each of an order beside those.", min=0, max=150_000)
    ] = 0,
) -> None:
    """Make a big market with sound books in the database, for measuring: shops, goods, orders, clicks, commissions.

    Nothing of it is real, and it cannot be taken out again: never where people buy. Half of the goods are of one shop,
    the others of 500 small ones; buyer@, seller@, creator@ and operator@example.com, to whom a good part of it happened,
    sign in with `lapak-demo`.
    """
    django.setup()
    from lapak.cli.migrate import migrate_if_needed
    from lapak.people.users.models import User
    from lapak.testing.seed import seed_market

    migrate_if_needed()
    if User.objects.filter(email="buyer@example.com").exists():
        raise Trouble("This database has such a market already. LAPAK_HOME names a folder for another one.")
    seed_market(products, orders, clicks, commissions=commissions, told=lambda what: err.print(what, highlight=False))
