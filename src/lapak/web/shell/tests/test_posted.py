"""No address answers a form alone: whoever comes there by itself finds the page that has the form."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from lapak.lib.ids import new_id
from lapak.testing.cast import Cast

pytestmark = pytest.mark.django_db

FOR_PROGRAMS = "hooks/"
"""What partners send to has no page."""

GIVEN: dict[str, Any] = {"slug": "batik-sekar", "sha256": "0" * 64, "code": "0" * 32, "difference_id": 1}


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Every address of the site, filled with what leads nowhere."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, before + str(pattern.pattern))
            continue
        route = before + str(pattern.pattern)
        if "(?P" in route or route.startswith((FOR_PROGRAMS, "^")):
            continue
        for name, converter in pattern.pattern.converters.items():
            value = GIVEN.get(name, new_id() if type(converter).__name__ == "UUIDConverter" else "x")
            route = route.replace(
                next(part for part in _parts(route) if part.endswith((f":{name}>", f"<{name}>"))), str(value)
            )
        yield f"/{route}"


def _parts(route: str) -> list[str]:
    return [f"<{part.partition('>')[0]}>" for part in route.split("<")[1:]]


@pytest.mark.parametrize("who", ["nobody", "seller", "creator_user", "operator"])
def test_every_address_answers_whoever_comes_by(cast: Cast, who: str) -> None:
    client = Client(raise_request_exception=False)
    if who != "nobody":
        client.force_login(getattr(cast, who))
    found = list(addresses(get_resolver().url_patterns))
    assert len(found) > 120
    answers = {address: client.get(address).status_code for address in found}
    assert {address: status for address, status in answers.items() if status >= 500 or status == 405} == {}


@pytest.mark.parametrize("language", ["id", "en"])
def test_another_language_on_a_refused_form_leads_to_its_page(cast: Cast, language: str) -> None:
    client = Client()
    client.force_login(cast.seller)
    address = f"/sell/{cast.shop.slug}/creators/open"
    assert client.post(address, {"percent": "x"}).status_code == 200
    assert client.post("/language", {"language": language, "next": address})["Location"] == address
    page = client.get(address, follow=True)
    assert page.redirect_chain == [(f"/sell/{cast.shop.slug}/creators", 302)]
    assert f'<html lang="{language}">' in page.text


def test_only_pages_and_forms_are_answered(cast: Cast) -> None:
    client = Client()
    assert client.put(f"/orders/{new_id()}/cancel").status_code == 405
