"""The memory of what was moved in: each source product's and SKU's row here, and its fields as last read."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, LiteralString
from uuid import UUID

import msgspec
from django.db import connection
from msgspec import Struct

from lapak.lib import clock
from lapak.lib.copying import copy_rows
from lapak.moving.models import SourceRecord
from lapak.people.shops.models import Shop

PRODUCT, SKU = SourceRecord.Kind.PRODUCT, SourceRecord.Kind.SKU


class Remembered(Struct, gc=False):
    """A source row as it was last moved in."""

    source_id: str
    target_id: UUID
    fields: dict[str, Any]
    unmapped: dict[str, str]


class Entry(Struct, gc=False):
    """What is to be remembered of one source row."""

    kind: SourceRecord.Kind
    source_id: str
    target_id: UUID
    fields: dict[str, Any]
    unmapped: dict[str, str]
    was: str = ""
    """The id by which it was known, if that is another one."""


def remembered(shop: Shop, platform: str, kind: SourceRecord.Kind, source_ids: Sequence[str]) -> dict[str, Remembered]:
    """What is known of these source rows; those never moved in, or gone from here since, are not among them. One query."""
    return {known.source_id: known for known in _look(shop, platform, kind, "source_id", list(source_ids))}


def remembered_of(
    shop: Shop, platform: str, kind: SourceRecord.Kind, targets: Sequence[UUID]
) -> dict[UUID, Remembered]:
    """What is known of the source rows that became these. One query, which reads all of the shop's."""
    return {known.target_id: known for known in _look(shop, platform, kind, "target_id", list(targets))}


def _look(
    shop: Shop, platform: str, kind: SourceRecord.Kind, column: LiteralString, ids: list[str] | list[UUID]
) -> Iterator[Remembered]:
    living: LiteralString = "catalogue_product" if kind is PRODUCT else "catalogue_variant"
    with connection.cursor() as cursor:
        # One array instead of thousands of parameters, which Django would each look at.
        cursor.execute(
            "SELECT source_id, target_id, fields, unmapped FROM moving_sourcerecord AS record "  # noqa: S608 - our words
            f"WHERE shop_id = %s AND platform = %s AND kind = %s AND {column} = ANY(%s) "
            f"AND EXISTS (SELECT FROM {living} AS living WHERE living.id = record.target_id)",
            [shop.id, platform, kind.value, ids],
        )
        for source_id, target_id, fields, unmapped in cursor.fetchall():
            yield Remembered(source_id, target_id, msgspec.json.decode(fields), msgspec.json.decode(unmapped))


def remember_new(shop: Shop, platform: str, entries: Iterable[Entry], upload_id: UUID | None) -> None:
    """These source rows, which the upload brought, are known from now on; one known already, whose goods are here, is
    refused by the database."""
    now, entries = clock.now(), list(entries)
    _forget_gone(shop, platform, entries)
    copy_rows(
        "moving_sourcerecord",
        ("shop_id", "platform", "kind", "source_id", "target_id", "fields", "unmapped", "moved_in_at", "upload_id"),
        (
            (
                shop.id,
                platform,
                e.kind.value,
                e.source_id,
                e.target_id,
                _json(e.fields),
                _json(e.unmapped),
                now,
                upload_id,
            )
            for e in entries
        ),
    )


def _forget_gone(shop: Shop, platform: str, entries: Sequence[Entry]) -> None:
    """What became of the same source rows before and was deleted here since (a draft, by its seller) makes room."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM moving_sourcerecord AS record
            USING unnest(%s::text[], %s::text[]) AS entry(kind, source_id)
            WHERE record.shop_id = %s AND record.platform = %s AND record.kind = entry.kind
                AND record.source_id = entry.source_id
                AND NOT EXISTS (SELECT FROM catalogue_product WHERE id = record.target_id)
                AND NOT EXISTS (SELECT FROM catalogue_variant WHERE id = record.target_id)
            """,
            [[entry.kind.value for entry in entries], [entry.source_id for entry in entries], shop.id, platform],
        )


def remember_changed(shop: Shop, platform: str, entries: Sequence[Entry]) -> None:
    """These known source rows are remembered with these fields, and by these ids, from now on."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE moving_sourcerecord AS r
            SET source_id = e.source_id, fields = e.fields::jsonb, unmapped = e.unmapped::jsonb, moved_in_at = %s
            FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
                AS e(kind, was, source_id, fields, unmapped)
            WHERE r.shop_id = %s AND r.platform = %s AND r.kind = e.kind AND r.source_id = e.was
            """,
            [
                clock.now(),
                [entry.kind.value for entry in entries],
                [entry.was or entry.source_id for entry in entries],
                [entry.source_id for entry in entries],
                [_json(entry.fields) for entry in entries],
                [_json(entry.unmapped) for entry in entries],
                shop.id,
                platform,
            ],
        )


def _json(value: dict[str, Any]) -> str:
    return msgspec.json.encode(value).decode()
