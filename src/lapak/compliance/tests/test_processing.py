"""The register of processing knows every table, and every column it names is there."""

from collections import Counter

from django.apps import apps

from lapak.compliance.processing import OF_NOBODY, REGISTER
from lapak.compliance.retention import BY_LAW, OURS, Keep, Term
from lapak.lib import clock

TABLES = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def test_every_table_has_its_place_and_one_alone() -> None:
    named = Counter([table for each in REGISTER for table in each.tables] + list(OF_NOBODY))
    assert set(named) == set(TABLES)
    assert [table for table, times in named.items() if times > 1] == []


def test_what_is_kept_after_an_erasure_is_a_column_of_its_own_table_and_kept_by_law_or_said_to_all() -> None:
    for each in REGISTER:
        for table, columns in each.kept.items():
            assert table in each.tables
            assert set(columns) <= {field.column for field in TABLES[table]._meta.concrete_fields}, table


def test_every_class_has_a_term_and_is_used() -> None:
    assert {each.keep for each in REGISTER} | {Keep.WAY_BACK, Keep.TAKEOUTS, Keep.LISTS} == set(Keep)
    assert set(BY_LAW) | set(OURS) | {Keep.ACCOUNT} == set(Keep)
    for keep in Keep:
        assert str(Term(keep, clock.today()).words)
