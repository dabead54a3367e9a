"""Clicks of the big market: all in the past, a third of them on one link."""

import random
from collections.abc import Iterator
from datetime import timedelta

from django.db import connection

from lapak.affiliates.clicks.commands import keep_click_months
from lapak.affiliates.clicks.models import Click
from lapak.affiliates.clicks.storing import label_id
from lapak.lib import clock
from lapak.lib.copying import copy_rows
from lapak.testing.seed.people import People
from lapak.testing.seed.trace import id_at

HOT_SHARE, BOT_SHARE = 0.33, 0.1
DAYS = 60


def copy_clicks(people: People, count: int, chance: random.Random) -> None:
    """So many clicks of the last weeks, today's among them, and what they come to."""
    keep_click_months()
    columns = ("id", "link_id", "device", "is_in_app", "counts_as", "clicked_at")
    copy_rows("clicks_click", columns, _clicks(people, count, chance))
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE label_of (link_id uuid, creator_id uuid, label text, of_id uuid) ON COMMIT DROP"
        )
    copy_rows(
        "label_of",
        ("link_id", "creator_id", "label", "of_id"),
        ((link.id, link.creator_id, link.label, label_id(link.creator_id, link.label)) for link in people.links),
    )
    with connection.cursor() as cursor:
        # The database does not know yet how many there are, and would look each click's link up in all of them.
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(_ADD_UP)
        cursor.execute("SET LOCAL enable_nestloop = on")


def _clicks(people: People, count: int, chance: random.Random) -> Iterator[tuple[object, ...]]:
    now = clock.now()
    links = [link.id for link in people.links]
    devices = [device for device in Click.Device if device is not Click.Device.BOT]
    of_people = [each.value for each in Click.CountsAs if each]
    for _ in range(count):
        clicked_at = now - timedelta(days=DAYS * chance.random())
        link_id = links[0] if chance.random() < HOT_SHARE else chance.choice(links)
        device = Click.Device.BOT if chance.random() < BOT_SHARE else chance.choice(devices)
        counts_as = 0 if device is Click.Device.BOT else chance.choice(of_people)
        id_ = id_at(int(clicked_at.timestamp() * 1000), chance)
        yield id_, link_id, device, chance.random() < 0.5, counts_as, clicked_at


_ADD_UP = """
    WITH of_link AS (
        SELECT click.link_id, creator_id, label, label_of.of_id AS label_id, date_trunc('hour', clicked_at) AS hour,
            count(*) AS clicks, count(*) FILTER (WHERE counts_as >= 2) AS people,
            count(*) FILTER (WHERE counts_as >= 3) AS newcomers, count(*) FILTER (WHERE device = 'phone') AS on_phones,
            count(*) FILTER (WHERE device = 'tablet') AS on_tablets,
            count(*) FILTER (WHERE device = 'computer') AS on_computers
        FROM clicks_click click JOIN label_of ON label_of.link_id = click.link_id WHERE counts_as > 0 GROUP BY 1, 2, 3, 4, 5
    ), of_hours AS (
        INSERT INTO clicks_clickhour (of_id, hour, clicks, people, on_phones, on_tablets, on_computers)
        SELECT link_id, hour, clicks, people, on_phones, on_tablets, on_computers FROM of_link
        UNION ALL SELECT label_id, hour, sum(clicks), sum(people), sum(on_phones), sum(on_tablets), sum(on_computers)
            FROM of_link GROUP BY 1, 2
        UNION ALL SELECT creator_id, hour, sum(clicks), sum(newcomers), sum(on_phones), sum(on_tablets), sum(on_computers)
            FROM of_link GROUP BY 1, 2
        ORDER BY 2
    )
    INSERT INTO clicks_clicktotal (of_id, creator_id, is_label, label, clicks, people)
    SELECT link_id, creator_id, false, '', sum(clicks), sum(people) FROM of_link GROUP BY 1, 2
    UNION ALL SELECT label_id, creator_id, true, label, sum(clicks), sum(people) FROM of_link GROUP BY 1, 2, label
"""
