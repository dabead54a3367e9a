"""Clicks of the big market: all in the past, a third of them on one link."""

import random
from collections.abc import Iterator
from datetime import timedelta

from lapak.affiliates.models import Click
from lapak.lib import clock
from lapak.lib.copying import copy_rows
from lapak.testing.seed.people import People
from lapak.testing.seed.trace import id_at

HOT_SHARE, BOT_SHARE = 0.33, 0.1
DAYS = 60


def copy_clicks(people: People, count: int, chance: random.Random) -> None:
    """So many clicks of the last weeks, today's among them."""
    copy_rows(
        "affiliates_click", ("id", "link_id", "device", "is_in_app", "clicked_at"), _clicks(people, count, chance)
    )


def _clicks(people: People, count: int, chance: random.Random) -> Iterator[tuple[object, ...]]:
    now = clock.now()
    links = [link.id for link in people.links]
    devices = [device for device in Click.Device if device is not Click.Device.BOT]
    for _ in range(count):
        clicked_at = now - timedelta(days=DAYS * chance.random())
        link_id = links[0] if chance.random() < HOT_SHARE else chance.choice(links)
        device = Click.Device.BOT if chance.random() < BOT_SHARE else chance.choice(devices)
        yield id_at(int(clicked_at.timestamp() * 1000), chance), link_id, device, chance.random() < 0.5, clicked_at
