"""The rules of samples, without a database."""

from datetime import datetime, timedelta

import pytest

from lapak.affiliates.rules import LONGEST_POST_ADDRESS
from lapak.affiliates.samples.models import Sample
from lapak.affiliates.samples.rules import (
    AFTER_ITS_TIME,
    NEEDS_ADDRESS,
    SHOWS_ADDRESS,
    TRANSITIONS,
    UNDER_WAY,
    SampleState,
    act_by,
    gives_piece_back,
    is_address_of_post,
    may_move,
)
from lapak.lib.clock import WIB

NOW = datetime(2026, 11, 27, 10, tzinfo=WIB)


def test_the_model_has_the_same_states() -> None:
    assert set(Sample.State.values) == {state.value for state in SampleState}


def test_nothing_waits_without_a_clock_and_every_clock_leads_on() -> None:
    """Whatever somebody still has to do something about ends by itself, and its end is a step that is allowed."""
    for state in SampleState:
        ends_at = act_by(state, NOW)
        assert (ends_at is not None) == (state in AFTER_ITS_TIME) == (state in UNDER_WAY)
        if ends_at:
            assert ends_at - NOW > timedelta(days=1)
            assert may_move(state, AFTER_ITS_TIME[state])


def test_each_side_can_end_what_it_waits_for() -> None:
    for state in (SampleState.ASKED, SampleState.APPROVED):
        assert may_move(state, SampleState.WITHDRAWN)
        assert may_move(state, SampleState.ENDED)
    assert may_move(SampleState.ASKED, SampleState.DECLINED)
    assert may_move(SampleState.APPROVED, SampleState.CALLED_OFF)


def test_the_address_is_shown_only_while_the_shop_has_to_send() -> None:
    assert {SampleState.APPROVED, SampleState.SENT} == SHOWS_ADDRESS
    assert SHOWS_ADDRESS < NEEDS_ADDRESS


def test_a_piece_goes_back_whenever_what_was_promised_is_not_sent() -> None:
    for to_state in TRANSITIONS[SampleState.APPROVED]:
        assert gives_piece_back(SampleState.APPROVED, to_state) == (to_state != SampleState.SENT)
    assert not gives_piece_back(SampleState.SENT, SampleState.NOT_ARRIVED)


@pytest.mark.parametrize(
    "address", ["https://www.tiktok.com/@a/video/73?x=1", "http://youtu.be/abc", "https://instagram.com/p/ä/"]
)
def test_an_address_of_a_post(address: str) -> None:
    assert is_address_of_post(address)


@pytest.mark.parametrize(
    "address",
    [
        "", "tiktok.com/@a", "javascript:alert(1)", "https://", "https://localhost/x", "ftp://a.b/c", "https://a b.com",
        "https://user:pw@tiktok.com/x", 'https://a.b/"onclick', "https://a.b/" + "x" * LONGEST_POST_ADDRESS, "https://[::1",
        "https://a.b/x\u202e", "https://a.b/x\u200b",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_post(address: str) -> None:
    assert not is_address_of_post(address)
