"""`lapak wind-down`: the marketplace, or a shop, closes."""

import json
from datetime import datetime
from typing import Annotated
from uuid import UUID

import django
import typer

from lapak.lib.trouble import Trouble

Instant = Annotated[
    str | None, typer.Option(help="An instant with its zone, such as 2023-10-04T17:00+07:00.", metavar="INSTANT")
]


def wind_down(
    stop_orders_at: Instant = None,
    ship_by: Instant = None,
    shop: Annotated[str | None, typer.Option(help="The address of one shop; without it the whole marketplace.")] = None,
    call_off: Annotated[bool, typer.Option("--call-off", help="All goes on as before.")] = False,
) -> None:
    """Announce that the marketplace (or one shop) closes, change that, or call it off; without instants, say what stands.

    From --stop-orders-at on nothing is ordered; what no courier has at --ship-by is cancelled and refunded. Open orders,
    returns and payouts go on by their clocks. The last line is JSON: what stands.
    """
    django.setup()
    from lapak.people.shops.closings import announce_closing, call_off_closing, standing_closing

    shop_id = _shop_id(shop) if shop else None
    if call_off:
        call_off_closing(None, shop_id)
    elif stop_orders_at and ship_by:
        announce_closing(None, shop_id, orders_stop_at=_instant(stop_orders_at), ship_by=_instant(ship_by))
    elif stop_orders_at or ship_by:
        raise Trouble("Say both: --stop-orders-at, and --ship-by for what was ordered until then.")
    standing = standing_closing(shop_id)
    instants = standing and {
        name: _written(getattr(standing, name)) for name in ("orders_stop_at", "ship_by", "ended_at")
    }
    print(json.dumps({"shop": shop, "closing": instants}))


def _shop_id(slug: str) -> UUID:
    from lapak.people.shops.models import Shop

    shop = Shop.objects.filter(slug=slug).first()
    if shop is None:
        raise Trouble(f"There is no shop with the address {slug}.")
    return shop.id


def _instant(typed: str) -> datetime:
    try:
        instant = datetime.fromisoformat(typed)
    except ValueError:
        raise Trouble(f"{typed} is no instant. Write it as 2023-10-04T17:00+07:00.") from None
    if instant.tzinfo is None:
        raise Trouble(f"{typed} has no time zone. Add one: +07:00 is WIB.")
    return instant


def _written(instant: datetime | None) -> str | None:
    from lapak.lib.clock import WIB

    return instant.astimezone(WIB).isoformat() if instant else None
