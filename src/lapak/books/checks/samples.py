"""Samples, promised or sent, against the shelves they were taken from."""

from django.utils.translation import gettext_noop as _

from lapak.books.checks.check import Check

CHECKS = (
    Check(
        "sample_stock",
        _("what a sample took from the shelf is not the one piece that it stands for"),
        "samples_sample",
        """
        WITH taken AS (
            SELECT reference AS id, variant_id, sum(from_on_hand - to_on_hand) AS pieces FROM catalogue_stockchange
            WHERE reason = 'sample' GROUP BY 1, 2
        ), due AS (
            SELECT id, variant_id, 1 AS pieces FROM samples_sample
            WHERE state = 'approved' OR tracking_number <> ''
        )
        SELECT id::text AS subject, coalesce(due.pieces, 0)::text AS expected, coalesce(taken.pieces, 0)::text AS found,
            ARRAY[]::uuid[] AS refs
        FROM due FULL JOIN taken USING (id, variant_id) WHERE coalesce(due.pieces, 0) <> coalesce(taken.pieces, 0)
        """,
    ),
)
