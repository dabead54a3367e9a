"""Every address, while an operator looks as somebody: nothing that is sent is done, and nothing that is opened writes."""

from typing import Any

import pytest
from django.test import Client

from lapak.people.users.looking import begin_look
from lapak.people.users.models import User
from lapak.testing.books import contents_everywhere
from lapak.testing.cast import Cast
from lapak.web.shell.looking import NOT_SHOWN, SAME_FOR_ALL
from lapak.web.shell.looking_mark import MARK
from tests.strangers.places import every_place, peopled

pytestmark = pytest.mark.django_db

NOTED = {"audit_change"}
"""Each page that is looked at."""

OPENS = {
    "account",
    "orders",
    "order",
    "sell_orders",
    "sell_balance",
    "sell_products",
    "create",
    "create_balance",
    "notices",
}
"""Some of the pages that have to be shown, lest everything is refused."""


def looking_as(cast: Cast, person: User) -> Client:
    client = Client()
    client.force_login(cast.operator)
    client.cookies["django_language"] = "en"
    session = client.session
    session[MARK] = str(begin_look(cast.operator, person.id, reason="They cannot find their order.").id)
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    return client


def test_nothing_that_is_sent_is_done() -> None:
    cast = peopled()
    browser, places = looking_as(cast, cast.seller), every_place(cast)
    assert len(places) > 250
    before = contents_everywhere()
    let_through = [
        (place.name, method, answer.status_code)
        for place in places
        for method, refused in (("post", 403), ("put", 405), ("delete", 405))
        if place.name not in SAME_FOR_ALL and (answer := getattr(browser, method)(place.path)).status_code != refused
    ]
    assert let_through == []
    assert changed_since(before) == NOTED


def test_nothing_that_is_opened_writes_and_what_is_private_is_not_shown() -> None:
    cast = peopled()
    places, faults, shown = every_place(cast), [], set[str]()
    for person in (cast.buyer, cast.seller, cast.creator_user):
        browser = looking_as(cast, person)
        before = contents_everywhere()
        for place in places:
            if place.name in SAME_FOR_ALL:
                continue
            answer: Any = browser.get(place.path)
            is_page = answer.get("Content-Type", "").startswith("text/html")
            if answer.status_code == 200:
                shown.add(place.name)
            if answer.status_code >= 500:
                faults.append(f"{place.name} broke")
            if answer.status_code == 200 and (place.name.startswith(NOT_SHOWN) or place.path.startswith("/staff")):
                faults.append(f"{place.name} is shown")
            if answer.status_code == 200 and not is_page and "public" not in answer.get("Cache-Control", ""):
                faults.append(f"{place.name} is a file")
            if answer.streaming:
                list(answer.streaming_content)
        faults += [f"{person} changed {table}" for table in changed_since(before) - NOTED]
    assert faults == []
    assert OPENS - shown == set()


def changed_since(before: dict[str, str]) -> set[str]:
    return {table for table, content in contents_everywhere().items() if content != before.get(table)}
