"""A list answers by its filters alone: what it does not show is not read out of it letter by letter."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from lapak.testing.cast import Cast
from lapak.web.staff.lookups import may_be_asked

pytestmark = pytest.mark.django_db

HOWS = ("startswith", "contains", "regex", "gt", "lt", "iexact", "in", "range", "isnull")


@pytest.fixture
def operator(client: Client, cast: Cast) -> Client:
    client.force_login(cast.operator)
    return client


def not_listed(table: type[Model]) -> Iterator[str]:
    """Every field that is no filter of the table's, with each way to ask; and the fields of the tables behind it."""
    filters: list[Any] = list(admin.site._registry[table].list_filter)
    listed = {
        each if isinstance(each, str) else each[0] if isinstance(each, tuple) else each.parameter_name
        for each in filters
    }
    for field in table._meta.get_fields():
        behind = field.related_model._meta.concrete_fields if isinstance(field.related_model, type) else ()
        for path in [field.name, *(f"{field.name}__{each.name}" for each in behind)]:
            if path not in listed:
                yield from (f"{path}__{how}" for how in HOWS)


@pytest.mark.parametrize("table", admin.site._registry, ids=lambda table: table._meta.label)
def test_no_list_is_asked_by_what_is_not_listed(table: type[Model]) -> None:
    lookups = list(not_listed(table))
    assert len(lookups) > 20
    filters = admin.site._registry[table].list_filter
    assert [lookup for lookup in lookups if may_be_asked(table, filters, lookup)] == []


@pytest.mark.parametrize(
    "asked",
    ["password__startswith=p", "email__contains=a", "bank_accounts__number__startswith=1", "last_login__gt=2020"],
)
def test_passwords_and_accounts_are_not_read_out(operator: Client, asked: str) -> None:
    assert operator.get(f"{reverse('admin:users_user_changelist')}?{asked}").status_code == 400


@pytest.mark.parametrize("table", admin.site._registry, ids=lambda table: table._meta.label)
def test_what_is_listed_is_answered(operator: Client, table: type[Model]) -> None:
    address = reverse(f"admin:{table._meta.app_label}_{table._meta.model_name}_changelist")
    page = operator.get(address)
    offered = {
        choice["query_string"]
        for each in page.context["cl"].filter_specs
        for choice in each.choices(page.context["cl"])
        if choice.get("query_string")
    }
    for query in sorted(offered)[:4]:
        assert operator.get(f"{address}{query}").status_code == 200, query
