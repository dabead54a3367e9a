"""Every address of the operator's site, asked by every role and by everyone else: the table is `web/staff/desks.py`."""

import re
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import UUIDConverter
from django.urls.resolvers import RegexPattern

from lapak.people.users.operators import DESKS, DESKS_OF, Desk, OperatorRole
from lapak.testing.books import contents_everywhere
from lapak.testing.cast import Cast, operator_as
from lapak.trade.orders.models import Order
from lapak.web.staff.desks import PAGES, SHARED, TABLES, desks_of_page, may_open

pytestmark = pytest.mark.django_db

LEAVES = {"login", "logout", "password_change"}
"""They lead to the pages that everyone has for it."""


def addresses() -> Iterator[tuple[str, str]]:
    """The name of each address, and one such: of something that there is not, so whoever is turned away for their role is so
    before anything is looked for."""
    yield from _addresses(admin.site.urls[0], "/staff/")


def _addresses(patterns: Iterable[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, str]]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _addresses(each.url_patterns, before + _written(each.pattern))
        else:
            yield str(each.name or ""), before + _written(each.pattern)


def _written(pattern: Any) -> str:
    if isinstance(pattern, RegexPattern):  # Django's page of an app, and its last resort
        return "orders/" if pattern.name == "app_list" else "nowhere"
    route = str(pattern)
    for name, converter in pattern.converters.items():
        value = uuid.UUID(int=1) if isinstance(converter, UUIDConverter) else 1
        route = re.sub(rf"<[^<>]*\b{name}>", str(value), route)
    return route


def names() -> set[str]:
    return {name for name, _ in addresses()}


def test_each_address_has_its_desk_and_each_line_its_address() -> None:
    """A new address without a line is nobody's, and fails here."""
    assert {name for name in names() if not desks_of_page(name)} == {"view_on_site"}
    here = {*SHARED, *(page for pages in PAGES.values() for page in pages)}
    assert here - names() == set()
    assert {table for table in TABLES if f"{table}_changelist" not in names()} == set()
    assert len({page for pages in PAGES.values() for page in pages}) == sum(map(len, PAGES.values()))


def test_each_desk_has_words_and_somebody_beside_the_owner_or_is_the_owners_alone() -> None:
    assert set(DESKS) == set(Desk)
    others = frozenset[Desk]().union(*(DESKS_OF[role] for role in OperatorRole if role != OperatorRole.OWNER))
    assert DESKS_OF[OperatorRole.OWNER] - others == {Desk.CLOSINGS, Desk.MACHINE, Desk.OPERATORS, Desk.SETTINGS}


@pytest.mark.parametrize("role", OperatorRole)
def test_whoever_has_another_role_reads_so_and_changes_nothing(
    client: Client, settled: Order, role: OperatorRole
) -> None:
    operator = operator_as(role)
    client.force_login(operator)
    client.cookies["django_language"] = "en"
    before = contents_everywhere()
    wrong = []
    for name, path in addresses():
        is_theirs = may_open(operator, name)
        answer = client.get(path) if is_theirs else client.post(path)
        was_turned_away = answer.status_code == 403 and b"not part of your role" in answer.content
        if was_turned_away == is_theirs:
            wrong.append((name, path, answer.status_code))
    assert wrong == []
    assert contents_everywhere() == before


def test_strangers_find_nothing_and_visitors_sign_in(client: Client, cast: Cast, settled: Order) -> None:
    asked = [path for name, path in addresses() if name not in LEAVES]
    assert [path for path in asked if "/account/sign-in" not in client.post(path).get("Location", "")] == []
    for person, asks in ((cast.stranger, client.get), (cast.seller, client.post)):
        client.force_login(person)
        signed_in = contents_everywhere()
        assert [path for path in asked if asks(path).status_code != 404] == []
        assert contents_everywhere() == signed_in


@pytest.mark.parametrize("role", OperatorRole)
def test_the_side_bar_and_the_first_page_lead_nowhere_that_is_not_theirs(
    client: Client, settled: Order, role: OperatorRole
) -> None:
    operator = operator_as(role)
    client.force_login(operator)
    client.cookies["django_language"] = "en"
    page = client.get("/staff/")
    led_to = {href.partition("?")[0] for href in re.findall(r'href="(/staff/[^"]*)"', page.text)}
    resolve = get_resolver().resolve
    assert {path for path in led_to if not may_open(operator, resolve(path).url_name or "")} == set()
    theirs = {href for href in led_to if client.get(href).status_code == 200}
    assert theirs == led_to
    assert len(led_to) > 2
