"""Telling the search index what to look at again: rows of `ProductChange`, in the transaction of the change itself."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from lapak.lib import clock
from lapak.lib.follow import Log

CHANGES = Log("catalogue_productchange", ("product_id",), is_pruned=True)


def log_changes(product_ids: Iterable[UUID]) -> None:
    """The search index will look at these products again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO catalogue_productchange (product_id, changed_at) SELECT unnest(%s::uuid[]), %s",
            [list(product_ids), clock.now()],
        )


def log_changes_of_variants(variant_ids: Iterable[UUID]) -> None:
    """The search index will look at these variants' products again, at each once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO catalogue_productchange (product_id, changed_at) "
            "SELECT DISTINCT product_id, %s::timestamptz FROM catalogue_variant WHERE id = ANY(%s)",
            [clock.now(), list(variant_ids)],
        )
