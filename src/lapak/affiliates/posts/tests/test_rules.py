"""Clocks, steps and addresses of paid posts, without a database."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from lapak.affiliates.posts.rules import (
    AFTER_ITS_TIME,
    FREES_PLACE,
    LOWEST_FEE_IDR,
    TRANSITIONS,
    OfferState,
    PostState,
    act_by,
    as_address,
    held_idr,
    is_day_for_offer,
    may_move,
    paid_on,
)
from lapak.affiliates.rules import LONGEST_POST_ADDRESS
from lapak.money.ledger.models import AccountKind
from lapak.money.payouts.payable import SMALLEST_PAYOUT_IDR
from lapak.money.taxes.rules import pph21_idr, pph23_idr

WIB = ZoneInfo("Asia/Jakarta")
FRIDAY = datetime(2026, 11, 27, 10, 0, tzinfo=WIB)


def test_every_state_that_waits_has_a_clock_and_a_way_on() -> None:
    for state in PostState:
        if state in AFTER_ITS_TIME:
            assert act_by(state, FRIDAY) is not None
            assert may_move(state, AFTER_ITS_TIME[state])
        else:
            assert act_by(state, FRIDAY) is None
    ends = {state for state in PostState if not TRANSITIONS[state]}
    assert ends == FREES_PLACE


def test_a_shop_has_three_working_days() -> None:
    by = act_by(PostState.HANDED_IN, FRIDAY)
    assert by
    assert by.date() == date(2026, 12, 2)  # over Saturday and Sunday


def test_silence_of_a_partner_never_costs_the_other() -> None:
    assert AFTER_ITS_TIME[PostState.HANDED_IN] == PostState.APPROVED
    assert AFTER_ITS_TIME[PostState.ESCALATED] == PostState.APPROVED


@pytest.mark.parametrize(
    ("state", "held"), [(OfferState.OPEN, 80_000), (OfferState.WITHDRAWN, 20_000), (OfferState.ENDED, 20_000)]
)
def test_what_is_held(state: OfferState, held: int) -> None:
    assert held_idr(state, 20_000, places=5, taken=2, credited=1) == held


def test_the_lowest_fee_alone_arrives_after_any_tax() -> None:
    highest_tax_idr = max(pph21_idr(LOWEST_FEE_IDR, 100_000_000_000), pph23_idr(LOWEST_FEE_IDR))
    assert LOWEST_FEE_IDR - highest_tax_idr >= SMALLEST_PAYOUT_IDR[AccountKind.CREATOR_PAYABLE]


def test_the_day_of_a_fee() -> None:
    assert paid_on(PostState.HANDED_IN, FRIDAY) == date(2026, 12, 4)
    assert paid_on(PostState.APPROVED, FRIDAY) == FRIDAY.date()
    assert paid_on(PostState.DECLINED, FRIDAY) is None


def test_the_last_day_is_neither_over_nor_far() -> None:
    today = date(2026, 11, 27)
    assert is_day_for_offer(today, today)
    assert is_day_for_offer(date(2027, 2, 25), today)
    assert not is_day_for_offer(date(2027, 2, 26), today)
    assert not is_day_for_offer(date(2026, 11, 26), today)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" https://www.TikTok.com/@a/video/7/ ", "https://tiktok.com/@a/video/7"),
        ("https://youtu.be/x?t=3#top", "https://youtube.com/watch?v=x"),
        ("https://m.tiktok.com/@a//video/7?lang=en&is_from_webapp=1", "https://tiktok.com/@a/video/7"),
        ("https://www.tiktok.com/@a/vide%6f/7", "https://tiktok.com/@a/video/7"),
        ("https://www.youtube.com/watch?t=1&v=Ab_c&si=me", "https://youtube.com/watch?v=Ab_c"),
        ("https://blog.example.id/?p=7&page=2", "https://blog.example.id?p=7&page=2"),
        ("https://blog.example.id/baju-\u00e9", "https://blog.example.id/baju-%C3%A9"),
        ("https://blog.example.id/baju-%c3%a9", "https://blog.example.id/baju-%C3%A9"),
        ("https://t\u0456ktok.com/x", "https://xn--tktok-n2e.com/x"),
        ("https://tiktok.com/@a/7\u202e", ""),
        ("https://tiktok.com/@a/7\u200b", ""),
        ("https://tiktok.com/@a/7%E2%80%AE", ""),
        ("https://tiktok.com/@a/7%00", ""),
        ("https://tiktok.com/\ud800", ""),
        ("https://127.0.0.1/staff", ""),
        ("https://xn--a.com\u3002evil/x", "https://xn--a.com.evil/x"),
        ("https://instagram.com:443/p/C1/", "https://instagram.com/p/C1"),
        ("https://youtube.com/shorts/x?feature=share", "https://youtube.com/watch?v=x"),
        ("https://www.instagram.com/ceu.edoh/reel/C1/?igsh=a", "https://instagram.com/p/C1"),
        ("https://tiktok.com", ""),
        ("http://tiktok.com/@a", ""),
        ("javascript:alert(1)", ""),
        ("https://me:word@tiktok.com/x", ""),
        ("https://tiktok.com:8443/x", ""),
        ("https://tiktok.com:x/x", ""),
        ("https://localhost/x", ""),
        ("https://tiktok.com/a b", ""),
        ('https://tiktok.com/"onload=', ""),
        ("https://[::1", ""),
        ("", ""),
        (f"https://tiktok.com/{'x' * LONGEST_POST_ADDRESS}", ""),
    ],
)
def test_an_address_of_a_post(typed: str, kept: str) -> None:
    assert as_address(typed) == kept
