"""The click token: what it proves, and everything it refuses to be."""

import string
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from lapak.affiliates import token as tokens
from lapak.affiliates.attribution import LONGEST_WINDOW
from lapak.affiliates.token import LINK_LENGTH, TOKEN_LENGTH, make_token, read_token
from lapak.lib import clock
from lapak.lib.ids import new_id, time_of_id

ALPHABET = string.ascii_letters + string.digits + "-_"


def token_made_at(moment: datetime) -> str:
    made_now = new_id()
    random_bits = made_now.int & (1 << 80) - 1
    return make_token(new_id(), uuid.UUID(int=int(moment.timestamp() * 1000) << 80 | random_bits))


@pytest.fixture
def forget_keys() -> Iterator[None]:
    tokens._keys.cache_clear()
    yield
    tokens._keys.cache_clear()


def test_it_proves_link_click_and_moment() -> None:
    link_id, click_id = new_id(), new_id()
    token = make_token(link_id, click_id)
    click = read_token(token)
    assert click
    assert (click.link_id, click.click_id, click.clicked_at) == (link_id, click_id, time_of_id(click_id))
    assert len(token) == TOKEN_LENGTH
    assert set(token) <= set(ALPHABET)


def test_tokens_of_one_link_begin_alike_and_of_others_do_not() -> None:
    link_id = new_id()
    first, second, other = make_token(link_id, new_id()), make_token(link_id, new_id()), make_token(new_id(), new_id())
    assert first[:LINK_LENGTH] == second[:LINK_LENGTH] != other[:LINK_LENGTH]
    assert first != second


@given(st.integers(0, TOKEN_LENGTH - 1), st.characters(codec="utf-8"))
def test_any_edited_character_is_refused(place: int, character: str) -> None:
    token = make_token(new_id(), new_id())
    edited = token[:place] + character + token[place + 1 :]
    assert (read_token(edited) is None) is (edited != token)


@pytest.mark.parametrize("text", ["", "x", "." * 64, "A" * 64, "é" * 64, "A" * 63, "A" * 65])
def test_what_is_no_token_is_refused(text: str) -> None:
    assert read_token(text) is None


def test_one_from_the_future_is_refused_beyond_the_skew_of_clocks() -> None:
    now = datetime(2023, 10, 4, 10, tzinfo=UTC)
    with clock.stopped_at(now):
        assert read_token(token_made_at(now + timedelta(seconds=59)))
        assert read_token(token_made_at(now + timedelta(seconds=61))) is None


def test_one_older_than_any_window_is_refused() -> None:
    now = datetime(2023, 10, 4, 10, tzinfo=UTC)
    with clock.stopped_at(now):
        assert read_token(token_made_at(now - LONGEST_WINDOW + timedelta(seconds=1)))
        assert read_token(token_made_at(now - LONGEST_WINDOW)) is None


@pytest.mark.usefixtures("forget_keys")
def test_a_former_secret_still_reads_and_a_forgotten_one_does_not(settings: Settings) -> None:
    old = make_token(new_id(), new_id())
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret"
    tokens._keys.cache_clear()
    assert read_token(old)
    assert read_token(make_token(new_id(), new_id()))
    settings.SECRET_KEY_FALLBACKS = []
    tokens._keys.cache_clear()
    assert read_token(old) is None
