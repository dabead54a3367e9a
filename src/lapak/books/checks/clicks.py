"""What hours and days say of clicks, against the clicks themselves: of the last days, as older ones stay as they were."""

from django.utils.translation import gettext_noop as _

from lapak.books.checks.check import Check

_SINCE = "date_trunc('hour', now() - interval '3 days')"
"""So that each hour is compared in three nights: a click is stored late, but never by days."""

_DAYS_SINCE = "(now() AT TIME ZONE 'Asia/Jakarta')::date - 7"
"""A day is added up three days later (affiliates/clicks/commands.py)."""

CHECKS = (
    Check(
        "click_hours",
        _("an hour does not say what its clicks come to"),
        "clicks_clickhour",
        f"""
        WITH told AS (
            SELECT link_id, date_trunc('hour', clicked_at) AS hour, count(*) AS clicks,
                count(*) FILTER (WHERE counts_as >= 2) AS people, count(*) FILTER (WHERE counts_as >= 3) AS newcomers
            FROM clicks_click WHERE counts_as > 0 AND clicked_at >= {_SINCE} GROUP BY 1, 2
        ), due AS (
            SELECT link_id AS of_id, hour, clicks, people FROM told
            UNION ALL SELECT of_link.creator_id, hour, sum(told.clicks), sum(newcomers)
                FROM told JOIN clicks_clicktotal of_link ON of_link.of_id = link_id GROUP BY 1, 2
        ), held AS (
            SELECT of_id, hour, clicks, people FROM clicks_clickhour kept WHERE hour >= {_SINCE}
                AND NOT EXISTS (SELECT FROM clicks_clicktotal WHERE of_id = kept.of_id AND is_label)
        )
        SELECT of_id || ' ' || hour AS subject, coalesce(due.clicks, 0) || ', ' || coalesce(due.people, 0) AS expected,
            coalesce(held.clicks, 0) || ', ' || coalesce(held.people, 0) AS found, ARRAY[]::uuid[] AS refs
        FROM due FULL JOIN held USING (of_id, hour)
        WHERE (due.clicks, due.people) IS DISTINCT FROM (held.clicks, held.people)
        """,  # noqa: S608 - the checks' own words
    ),
    Check(
        "click_totals",
        _("all clicks of a link or label are not the sum of its hours"),
        "clicks_clicktotal",
        f"""
        SELECT of_id::text AS subject, hours.clicks || ', ' || hours.people AS expected,
            total.clicks || ', ' || total.people AS found, ARRAY[]::uuid[] AS refs
        FROM clicks_clicktotal total
        JOIN (SELECT DISTINCT of_id FROM clicks_clickhour WHERE hour >= {_SINCE}) AS followed USING (of_id)
        CROSS JOIN LATERAL (
            SELECT sum(clicks) AS clicks, sum(people) AS people FROM clicks_clickhour WHERE of_id = total.of_id
        ) AS hours
        WHERE (hours.clicks, hours.people) IS DISTINCT FROM (total.clicks, total.people)
        """,  # noqa: S608 - the checks' own words
    ),
    Check(
        "click_days",
        _("a day does not say what its hours come to"),
        "clicks_clickday",
        f"""
        WITH added_up AS (
            SELECT day FROM clicks_clickday WHERE day >= {_DAYS_SINCE} AND of_id = '00000000-0000-0000-0000-000000000000'
        ), due AS (
            SELECT of_id, (hour AT TIME ZONE 'Asia/Jakarta')::date AS day, sum(clicks) AS clicks, sum(people) AS people
            FROM clicks_clickhour WHERE hour >= ({_DAYS_SINCE})::timestamp AT TIME ZONE 'Asia/Jakarta' GROUP BY 1, 2
        ), held AS (
            SELECT of_id, day, clicks, people FROM clicks_clickday WHERE day >= {_DAYS_SINCE} AND clicks > 0
        )
        SELECT of_id || ' ' || day AS subject, coalesce(due.clicks, 0) || ', ' || coalesce(due.people, 0) AS expected,
            coalesce(held.clicks, 0) || ', ' || coalesce(held.people, 0) AS found, ARRAY[]::uuid[] AS refs
        FROM due FULL JOIN held USING (of_id, day) JOIN added_up USING (day)
        WHERE (due.clicks, due.people) IS DISTINCT FROM (held.clicks, held.people)
        """,  # noqa: S608 - the checks' own words
    ),
)
