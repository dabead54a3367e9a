"""`lapak addresses`: where the goods that moved in are to be found now."""

import json
from pathlib import Path
from typing import Annotated

import django
import typer

from lapak.cli.move_in import ShopSlug, shop_and_owner
from lapak.cli.screen import err, plain

To = Annotated[Path | None, typer.Option("--to", help="Where to write the list. [default: addresses-SLUG.csv]")]


def addresses(shop: ShopSlug, to: To = None) -> None:
    """List where a shop's goods that moved in are to be found now: their old names beside their new addresses, as CSV.

    Changes nothing. The last line is JSON: how many products there are. See docs/guides/move-in.md.
    """
    django.setup()
    from lapak.moving.addresses import write_addresses

    moved, _owner = shop_and_owner(shop)
    path = to or Path(f"addresses-{shop}.csv")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        products = write_addresses(moved, file)
    err.print(f"{plain(path)}", highlight=False, soft_wrap=True)
    print(json.dumps({"shop": shop, "products": products}))
