"""Whatever a list is searched by, it is answered."""

import pytest
from django.test import Client

from lapak.testing.cast import Cast
from lapak.testing.refused import contents_of_tables
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db

LISTS = [
    ("seller", "/sell/batik-sekar/products"),
    ("seller", "/sell/batik-sekar/orders"),
    ("creator_user", "/create/programmes"),
    ("creator_user", "/create/links"),
    ("stranger", "/"),
]


@pytest.mark.parametrize("words", ["%s%(a)s", "\u202egnirts", "x" * 3_000])
@pytest.mark.parametrize(("person", "page"), LISTS)
def test_hostile_words_find_nothing(client: Client, cast: Cast, person: str, page: str, words: str) -> None:
    client.force_login(getattr(cast, person))
    assert client.get(page, {"q": words}).status_code == 200


@pytest.mark.parametrize(("person", "page"), LISTS)
@pytest.mark.parametrize("words", ["a\0b", "\0"])
def test_a_nul_is_a_wrong_question(client: Client, cast: Cast, person: str, page: str, words: str) -> None:
    client.force_login(getattr(cast, person))
    answer = client.get(page, {"q": words}, headers={"accept-language": "en"})
    assert answer.status_code == 400
    assert "We could not read that request" in answer.text


def test_all_that_such_words_find_is_nothing_chosen(client: Client, cast: Cast) -> None:
    client.force_login(cast.seller)
    answered = client.post("/sell/batik-sekar/products/many", {"all": "1", "q": "a\0b"})
    assert answered.status_code == 400


def test_a_nul_where_no_form_reads_is_answered_and_nothing_written(client: Client, cast: Cast, packed: Order) -> None:
    client.force_login(cast.seller)
    before = contents_of_tables()
    handed = client.post(f"/sell/batik-sekar/orders/{packed.id}/handed-over", {"receipt": "JNE\0"})
    invited = client.post("/sell/batik-sekar/creators/before/invite", {"platform": "shopee", "handle": "\0"})
    assert (handed.status_code, invited.status_code) == (400, 400)
    assert contents_of_tables() == before
