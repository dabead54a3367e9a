"""Clicks rolled up by day, so that what a link brought is not counted click by click each time."""

from datetime import datetime, timedelta

from django.db import connection

from lapak.affiliates.queries import rolled_up_until
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.days import begin_of

LATE = timedelta(days=1)
"""A click may be stored so long after it was made, through an outage of the database: its day is rolled up after that."""


@act
def roll_up_clicks() -> int:
    """Each day of Jakarta that has been over for `LATE` has its counts, by link and by creator; answers how many are new.

    Past days stay as they were counted. Two at once count the same, and one of them writes.
    """
    today = begin_of(clock.today(), clock.WIB)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH of_link AS (
                SELECT c.link_id, l.creator_id, (c.clicked_at AT TIME ZONE %(zone)s)::date AS day, count(*) AS people
                FROM affiliates_click c JOIN affiliates_link l ON l.id = c.link_id
                WHERE c.clicked_at >= %(since)s AND c.clicked_at < %(until)s AND c.device <> 'bot'
                GROUP BY 1, 2, 3
            )
            INSERT INTO affiliates_clickday (of_id, day, people)
            SELECT link_id, day, people FROM of_link
            UNION ALL SELECT creator_id, day, sum(people) FROM of_link GROUP BY 1, 2
            ON CONFLICT DO NOTHING
            """,
            {
                "zone": str(clock.WIB),
                "since": rolled_up_until() or datetime(2000, 1, 1, tzinfo=clock.WIB),
                "until": today - LATE,
            },
        )
        return int(cursor.rowcount)
