"""Clicks become rows, and count: both in one transaction, so that the hours always say what the clicks do.

A visitor counts once a minute on a link as a click, and once a day as a person: on the link, and among all of the creator's.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from django.db import connection, transaction

from lapak.affiliates.clicks.models import Click
from lapak.affiliates.clicks.visitors import key_of, mark_of
from lapak.lib import clock
from lapak.lib.ids import derived_id

BOT = Click.Device.BOT.value
NOTHING, CLICK, PERSON, NEWCOMER = (each.value for each in Click.CountsAs)
_PLACES = {Click.Device.PHONE.value: 2, Click.Device.TABLET.value: 3, Click.Device.COMPUTER.value: 4}
"""Where a device stands among the sums: clicks, people, and the clicks on each."""


class Followed(NamedTuple):
    """The link of a click, ids as bytes: whose it is and what label it has."""

    link_id: bytes
    creator_id: bytes
    label: str


class ClickRow(NamedTuple):
    """A click on its way, its id (a UUIDv7, which carries the moment) as bytes. `network` and `agent` are never stored."""

    id: bytes
    link: Followed
    device: str
    is_in_app: bool
    network: str
    agent: str


Counted = tuple[ClickRow, int]
"""A click, and what it counts as (`Click.CountsAs`)."""


def store_clicks(clicks: Sequence[ClickRow], *, some_may_be: bool = False) -> None:
    """The clicks are rows, and in the figures of their hours; all of them, or none.

    `some_may_be` stored already, when an answer was lost: those stay as they are.
    """
    by_minute = {minute: [*of_it] for minute, of_it in groupby(sorted(clicks), lambda click: _minute_of(click.id[:6]))}
    keys = {minute: key_of(_day_of(minute)) for minute in by_minute}  # kept whatever becomes of the clicks
    with transaction.atomic(), connection.cursor() as cursor:
        known = _stored_among(clicks) if some_may_be else frozenset()
        counted: list[Counted] = []
        for minute, of_it in by_minute.items():
            new = [click for click in of_it if click.id not in known]
            counted += _count(cursor, keys[minute], minute, new)
        with cursor.copy(
            "COPY clicks_click (id, link_id, device, is_in_app, counts_as, clicked_at) FROM STDIN"
        ) as copy:
            copy.write(_as_text(counted))
        _add_up(cursor, counted)


def label_id(creator_id: uuid.UUID, label: str) -> uuid.UUID:
    """By what the hours of a creator's label are known."""
    return derived_id("clicks of label", creator_id.hex, label)


@lru_cache(maxsize=16)
def _moment_of(unix_ms: bytes) -> str:
    """What the first bytes of a UUIDv7 say; under load a dozen clicks share a millisecond."""
    return datetime.fromtimestamp(int.from_bytes(unix_ms) / 1000, UTC).isoformat()


def _minute_of(unix_ms: bytes) -> int:
    return int.from_bytes(unix_ms) // 60_000


def _day_of(minute: int) -> date:
    return datetime.fromtimestamp(minute * 60, clock.WIB).date()


def _stored_among(clicks: Sequence[ClickRow]) -> frozenset[bytes]:
    ids = [uuid.UUID(bytes=click.id) for click in clicks]
    return frozenset(found.bytes for found in Click.objects.filter(id__in=ids).values_list("id", flat=True))


def _count(cursor: Any, key: bytes, minute: int, clicks: Iterable[ClickRow]) -> Iterable[Counted]:
    """What each click of a minute counts as; the marks of their visitors are kept."""
    first: dict[int, ClickRow] = {}
    for click in clicks:
        mark = mark_of(key, click.link.link_id, click.network, click.agent)
        if click.device == BOT or mark in first:
            yield click, NOTHING
        else:
            first[mark] = click
    came_before = _come_again(cursor, first, minute)
    persons = {
        mark_of(key, click.link.creator_id, click.network, click.agent): mark
        for mark, click in reversed(first.items())
        if came_before.get(mark) is False
    }
    newcomers = {persons[mark] for mark in _come_first(cursor, persons, minute)}
    for mark, click in first.items():
        if mark not in came_before:
            yield click, NOTHING
        elif came_before[mark]:
            yield click, CLICK
        else:
            yield click, NEWCOMER if mark in newcomers else PERSON


def _come_again(cursor: Any, marks: Collection[int], minute: int) -> dict[int, bool]:
    """Of the marks those that were not there in this minute yet, and whether they were today."""
    if not marks:
        return {}
    cursor.execute(
        """
        INSERT INTO clicks_visitormark AS known (mark, minute) SELECT unnest(%s::bigint[]), %s
        ON CONFLICT (mark) DO UPDATE SET minute = excluded.minute WHERE known.minute < excluded.minute
        RETURNING mark, xmax <> 0
        """,  # a row that was there has been locked by this transaction: xmax says so
        [_array(sorted(marks)), minute],
    )
    return dict(cursor.fetchall())


def _come_first(cursor: Any, marks: Collection[int], minute: int) -> list[int]:
    """Of the marks those that were not there today."""
    if not marks:
        return []
    cursor.execute(
        """
        INSERT INTO clicks_visitormark (mark, minute) SELECT unnest(%s::bigint[]), %s ON CONFLICT DO NOTHING RETURNING mark
        """,
        [_array(sorted(marks)), minute],
    )
    return [mark for (mark,) in cursor.fetchall()]


def _as_text(counted: Iterable[Counted]) -> str:
    """The rows in COPY's text format; no field can hold a character that it would have to escape."""
    return "".join(
        [
            f"{click.id.hex()}\t{click.link.link_id.hex()}\t{click.device}\t{click.is_in_app}\t{counts_as}\t"
            f"{_moment_of(click.id[:6])}\n"
            for click, counts_as in counted
        ]
    )


def _add_up(cursor: Any, counted: Iterable[Counted]) -> None:
    """The clicks are in the hours of their links, labels and creators, and in what those come to."""
    alike = Counter(
        (click.link, int.from_bytes(click.id[:6]) // 3_600_000, click.device, counts_as)
        for click, counts_as in counted
        if counts_as
    )
    hours: dict[tuple[bytes, int], list[int]] = defaultdict(lambda: [0] * 5)
    totals: dict[tuple[bytes, bytes, bool, str], list[int]] = defaultdict(lambda: [0, 0])
    for (link, hour, device, counts_as), count in alike.items():
        of_label = label_id(uuid.UUID(bytes=link.creator_id), link.label).bytes
        on_link, with_creator = count * (counts_as >= PERSON), count * (counts_as >= NEWCOMER)
        for of_id, people in ((link.link_id, on_link), (of_label, on_link), (link.creator_id, with_creator)):
            sums = hours[of_id, hour]
            sums[0] += count
            sums[1] += people
            sums[_PLACES[device]] += count
        for whose in ((link.link_id, link.creator_id, False, ""), (of_label, link.creator_id, True, link.label)):
            totals[whose][0] += count
            totals[whose][1] += on_link
    if hours:
        _add_to_hours(cursor, hours)
        _add_to_totals(cursor, totals)


def _add_to_hours(cursor: Any, hours: dict[tuple[bytes, int], list[int]]) -> None:
    rows = sorted((of_id.hex(), hour * 3600, *sums) for (of_id, hour), sums in hours.items())
    cursor.execute(
        """
        INSERT INTO clicks_clickhour AS kept (of_id, hour, clicks, people, on_phones, on_tablets, on_computers)
        SELECT of_id, to_timestamp(since), clicks, people, on_phones, on_tablets, on_computers
        FROM unnest(%s::uuid[], %s::bigint[], %s::int[], %s::int[], %s::int[], %s::int[], %s::int[])
            AS new (of_id, since, clicks, people, on_phones, on_tablets, on_computers)
        ON CONFLICT (of_id, hour) DO UPDATE SET clicks = kept.clicks + excluded.clicks,
            people = kept.people + excluded.people, on_phones = kept.on_phones + excluded.on_phones,
            on_tablets = kept.on_tablets + excluded.on_tablets, on_computers = kept.on_computers + excluded.on_computers
        """,
        [_array(column) for column in zip(*rows, strict=True)],
    )


def _add_to_totals(cursor: Any, totals: dict[tuple[bytes, bytes, bool, str], list[int]]) -> None:
    rows = sorted(
        (of.hex(), creator.hex(), is_label, label, *sums) for (of, creator, is_label, label), sums in totals.items()
    )
    of_ids, creators, are_labels, labels, clicks, people = zip(*rows, strict=True)
    cursor.execute(
        """
        INSERT INTO clicks_clicktotal AS kept (of_id, creator_id, is_label, label, clicks, people)
        SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::boolean[], %s::text[], %s::bigint[], %s::bigint[])
        ON CONFLICT (of_id) DO UPDATE SET clicks = kept.clicks + excluded.clicks, people = kept.people + excluded.people
        """,
        [_array(of_ids), _array(creators), _array(are_labels), list(labels), _array(clicks), _array(people)],
    )


def _array(values: Iterable[object]) -> str:
    """As PostgreSQL writes an array of numbers or ids: a tenth of the work of having the driver write it."""
    return f"{{{','.join(map(str, values))}}}"
