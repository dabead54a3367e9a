"""Clicks as the web server hands them over, of any moment and visitor."""

import random
import uuid
from datetime import datetime
from itertools import count

from lapak.affiliates.clicks.models import Click
from lapak.affiliates.clicks.storing import ClickRow, Followed, store_clicks
from lapak.affiliates.models import Link
from lapak.lib import clock
from lapak.testing.seed.trace import id_at

_visitors = count()
_chance = random.Random()  # noqa: S311 - no secret


def click_row(
    link: Link,
    at: datetime | None = None,
    *,
    device: str = Click.Device.PHONE,
    is_in_app: bool = False,
    visitor: str = "",
    chance: random.Random = _chance,
) -> ClickRow:
    """A click at a moment (now), by a named visitor or by one who was never there."""
    ms = int((at or clock.now()).timestamp() * 1000)
    followed = Followed(link.id.bytes, link.creator_id.bytes, link.label)
    agent = visitor or f"visitor {next(_visitors)}"
    return ClickRow(uuid.UUID(id_at(ms, chance)).bytes, followed, str(device), is_in_app, "203.0.113.0", agent)


def clicked(link: Link, *moments: datetime, device: str = Click.Device.PHONE, visitor: str = "") -> None:
    """The link was followed at those moments (now), each time by somebody else unless a visitor is named."""
    store_clicks([click_row(link, moment, device=device, visitor=visitor) for moment in moments or (clock.now(),)])
