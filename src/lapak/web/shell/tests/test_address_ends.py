"""Addresses with the end of a sentence, or a slash, behind them."""

import pytest
from django.test import Client

from lapak.testing.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("end", ["/", ".", ").", "*", "\u200b", "”", "//"])
def test_a_creators_page_is_found_whatever_hangs_on_its_address(cast: Cast, end: str) -> None:
    answer = Client().get(f"/@{cast.creator.handle}{end}")
    assert (answer.status_code, answer["Location"]) == (302, f"/@{cast.creator.handle}")


def test_a_shops_is_found_with_its_parameters(cast: Cast) -> None:
    answer = Client().get(f"/s/{cast.shop.slug}/?lp=abc&x=%C3%A9")
    assert (answer.status_code, answer["Location"]) == (302, f"/s/{cast.shop.slug}?lp=abc&x=%C3%A9")


def test_a_shops_is_found_in_capitals(cast: Cast) -> None:
    answer = Client().get(f"/s/{cast.shop.slug.title()}")
    assert (answer.status_code, answer["Location"]) == (302, f"/s/{cast.shop.slug}")


@pytest.mark.parametrize("path", ["/Nothing", "/nothing/here.", "/%2Fevil.example/", "/%2F@creator/", "/.", "/nothing"])
def test_what_would_be_nowhere_is_nowhere(cast: Cast, path: str) -> None:
    assert Client().get(path).status_code == 404
    assert Client().post(f"/@{cast.creator.handle}/").status_code in {403, 404}


def test_nobody_is_sent_in_a_circle(cast: Cast) -> None:
    answer = Client().get("/@nobody-there.", follow=True)
    assert (answer.status_code, len(answer.redirect_chain)) == (404, 1)
