"""No index is kept for nothing, and no row is looked for without one."""

import pytest
from django.apps import apps
from django.db import connection

pytestmark = pytest.mark.django_db

BEGINNINGS = """
    WITH kept AS (
        SELECT row.indrelid AS of_table, named.relname AS name, row.indisunique AS is_unique,
            string_to_array(row.indkey::text, ' ') AS columns, row.indnkeyatts AS length,
            string_to_array(row.indoption::text, ' ') AS directions,
            coalesce(pg_get_expr(row.indpred, row.indrelid), '') AS rows_of,
            coalesce(pg_get_expr(row.indexprs, row.indrelid), '') AS expressions
        FROM pg_index AS row JOIN pg_class AS named ON named.oid = row.indexrelid JOIN pg_am ON pg_am.oid = named.relam
        WHERE pg_am.amname = 'btree' AND row.indrelid::regclass::text = ANY (%s)
    )
    SELECT shorter.name, longer.name FROM kept AS shorter JOIN kept AS longer ON longer.of_table = shorter.of_table
        AND longer.name <> shorter.name AND shorter.length <= longer.length
        AND shorter.columns[1:shorter.length] = longer.columns[1:shorter.length]
        AND shorter.expressions = longer.expressions AND longer.rows_of = shorter.rows_of
    WHERE NOT shorter.is_unique
"""
"""Indexes and others of the same table, and of the same rows of it, that begin with their columns. The
`_like` twins of words are among them (lib/whole.py)."""

WITHOUT_INDEX = """
    SELECT key.conrelid::regclass || '.' || held.attname
    FROM pg_constraint AS key
    JOIN pg_attribute AS held ON held.attrelid = key.conrelid AND held.attnum = key.conkey[1]
    WHERE key.contype = 'f' AND key.conrelid::regclass::text = ANY (%s) AND NOT EXISTS (
        SELECT FROM pg_index AS row WHERE row.indrelid = key.conrelid AND row.indkey[0] = key.conkey[1]
    )
"""

NEVER_ASKED = {
    "affiliates_commission.shop_id",
    "contenders_contender.link_id",
    "catalogue_stockchange.actor_id",
    "complaints_complaint.order_id",
    "complaints_complaintevent.actor_id",
    "fees_consent.schedule_id",
    "fees_consentevent.actor_id",
    "fees_schedule.announced_by_id",
    "fees_schedule.called_off_by_id",
    "payouts_holdrelease.agreed_by_id",
    "payouts_holdrelease.asked_by_id",
    "integrity_accountevent.actor_id",
    "integrity_closing.agreed_by_id",
    "integrity_closing.proposed_by_id",
    "integrity_finding.upheld_by_id",
    "moderation_case.decided_by_id",
    "moderation_case.finding_id",
    "moderation_caseevent.actor_id",
    "orders_order.fee_schedule_id",
    "orders_orderevent.actor_id",
    "orders_orderline.variant_id",
    "posts_postevent.actor_id",
    "privacy_breachevent.actor_id",
    "profiles_channelevent.actor_id",
    "reviews_reviewevent.actor_id",
    "samples_sampleevent.actor_id",
    "settings_step.set_by_id",
    "settings_step.taken_back_by_id",
    "taxes_letter.handed_in_by_id",
    "users_look.by_id",
    "users_look.of_id",
    "taxes_pph22refund.decided_by_id",
    "taxes_pph22step.set_by_id",
}
"""Foreign keys of rows that are never looked for by them, and that name what is never deleted."""


def own_tables() -> list[str]:
    """What Lapak's own apps keep; what libraries keep is theirs."""
    return [model._meta.db_table for model in apps.get_models() if model.__module__.startswith("lapak.")]


def test_no_index_begins_another() -> None:
    with connection.cursor() as cursor:
        cursor.execute(BEGINNINGS, [own_tables()])
        assert {f"{shorter} begins {longer}" for shorter, longer in cursor.fetchall()} == set()


def test_what_a_row_names_it_is_found_by() -> None:
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_INDEX, [own_tables()])
        assert {name for (name,) in cursor.fetchall()} == NEVER_ASKED
