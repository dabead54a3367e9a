"""The register of processing knows every table, and every column it names is there."""

from collections import Counter

from django.apps import apps
from django.db.models import FileField, TextField

from lapak.compliance.processing import OF_NOBODY, REGISTER
from lapak.compliance.retention import BY_LAW, OURS, Keep, Term
from lapak.compliance.words import WORDS
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


BY_HAND = {
    "orders_ordercontract", "orders_orderevent", "returns_return", "returns_returnpicture", "returns_returnevent",
    "complaints_complaint", "complaints_complaintevent", "gateways_gatewaymessage", "integrity_appealpicture",
    "withholding_slip", "users_bankaccount",
    "moderation_case", "moderation_casereport", "moderation_casepicture", "moderation_caseevent",
}  # fmt: skip
"""What flows/put_away.py empties in a way of its own."""

OF_NO_PERSON = {
    "audit_change.old": "the chain of changes is verified as a whole: none of it can go",
    "audit_change.new": "the same",
    "catalogue_product.source_category": "goods",
    "catalogue_product.description": "goods, that stay as long as their shop",
    "catalogue_storedimage.file": "goods",
    "django_admin_log.change_message": "what an operator did, by names of columns",
    "django_admin_log.object_id": "a number",
    "privacy_breach.how": "a fault of ours, told to everybody",
    "privacy_breach.how_en": "the same",
    "privacy_breach.measures": "the same",
    "privacy_breach.measures_en": "the same",
    "privacy_breachevent.words": "the same",
    "posts_postoffer.words": "what a shop wants shown",
    "profiles_channel.reason": "goes with the account",
}


def test_words_and_files_that_the_law_keeps_are_put_away_when_it_does_no_more() -> None:
    emptied = {f"{words.model._meta.db_table}.{column}" for words in WORDS.values() for column in words.columns}
    kept = {
        f"{table}.{field.column}"
        for each in REGISTER
        if each.keep in BY_LAW
        for table, columns in each.kept.items()
        for field in TABLES[table]._meta.concrete_fields
        if field.column in columns and isinstance(field, TextField | FileField) and table not in BY_HAND
    }
    assert kept - emptied == set(OF_NO_PERSON)
