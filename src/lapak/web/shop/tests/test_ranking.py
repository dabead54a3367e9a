"""The public page about the order of goods says what the code does, and all that it knows."""

from dataclasses import fields

import pytest
from django.test import Client

from lapak.goods.search.listings import Listing
from lapak.web.shop.ranking import EXAMPLES, KNOWN, Example

pytestmark = pytest.mark.django_db


def test_everything_that_the_search_knows_has_words() -> None:
    assert {field.name for field in fields(Listing)} == KNOWN.keys()


def test_the_figures_are_those_of_the_code(client: Client) -> None:
    assert [each.percent for each in (Example(False, 0), Example(True, 0), Example(True, 1_000_000))] == [0, 32, 45]
    page = client.get("/ranking", headers={"accept-language": "en"}).text
    for each in EXAMPLES:
        assert f"{each.percent}%" in page
    assert "No place in a list can be bought" in page


def test_what_is_in_stock_comes_before_what_is_sold_out_however_often_it_was_sold() -> None:
    assert Example(True, 0).percent > Example(False, 1_000_000).percent
