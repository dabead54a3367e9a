"""PPh 22 of each order: by what the switch said on the day it was paid."""

from django.utils.translation import gettext_noop as _

from lapak.books.checks.check import Check

WITHHELD = Check(
    "withheld",
    _("from an order another PPh 22 is withheld than the rules of the day it was paid say"),
    "orders_order",
    """
    WITH due AS (
        SELECT o.id, coalesce(o.pph22_bp, 0) AS pph22_bp, CASE WHEN o.paid_at IS NOT NULL AND (
            SELECT s.is_on FROM taxes_pph22step s
            WHERE s.begins_on <= (o.paid_at AT TIME ZONE 'Asia/Jakarta')::date
            ORDER BY s.begins_on DESC, s.set_at DESC, s.id DESC LIMIT 1
        ) THEN 50 ELSE 0 END AS due_bp
        FROM orders_order o
    )
    SELECT id::text AS subject, due_bp::text AS expected, pph22_bp::text AS found, ARRAY[id] AS refs
    FROM due WHERE due_bp <> pph22_bp
    """,
)

CHECKS = (WITHHELD,)
