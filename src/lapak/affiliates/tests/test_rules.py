"""Rates and states: pure rules."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lapak.affiliates.models import Commission
from lapak.affiliates.rates import Kind, RateTerm, applicable_rate_bp, commission_idr, question_about_rate
from lapak.affiliates.rules import TRANSITIONS, Person, State, is_self_purchase, may_move
from lapak.lib.ids import new_id

START = datetime(2023, 1, 1, tzinfo=UTC)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def terms_of(announced: Sequence[tuple[float, int]]) -> list[RateTerm]:
    """Terms from (day, rate) announcements in order of days."""
    ends = [day(on) for on, _ in announced[1:]] + [None]
    return [RateTerm(rate_bp, day(on), end) for (on, rate_bp), end in zip(announced, ends, strict=True)]


class TestRates:
    def test_a_raise_applies_at_once(self) -> None:
        terms = terms_of([(0, 500), (40, 1200)])
        assert applicable_rate_bp(terms, joined_at=day(1), at=day(40)) == 1200

    @pytest.mark.parametrize(("at", "rate_bp"), [(40, 1000), (69.99, 1000), (70, 400)])
    def test_a_cut_reaches_those_already_promoting_thirty_days_later(self, at: float, rate_bp: int) -> None:
        terms = terms_of([(0, 1000), (40, 400)])
        assert applicable_rate_bp(terms, joined_at=day(1), at=day(at)) == rate_bp

    def test_who_joins_after_a_cut_gets_the_new_rate(self) -> None:
        terms = terms_of([(0, 1000), (40, 400)])
        assert applicable_rate_bp(terms, joined_at=day(40), at=day(41)) == 400

    @pytest.mark.parametrize(("minutes", "rate_bp"), [(14, 800), (16, 8000)])
    def test_a_slip_corrected_within_fifteen_minutes_binds_nobody(self, minutes: float, rate_bp: int) -> None:
        terms = terms_of([(0, 800), (40, 8000), (40 + minutes / 24 / 60, 800)])
        assert applicable_rate_bp(terms, joined_at=day(1), at=day(41)) == rate_bp

    def test_nothing_announced_pays_nothing(self) -> None:
        assert applicable_rate_bp([], joined_at=day(0), at=day(1)) == 0

    @example(first_rate_bp=0, changes={1: 1, 31: 0}, joined=0, after=60)
    @given(
        first_rate_bp=st.integers(0, 8000),
        changes=st.dictionaries(st.integers(1, 150), st.integers(0, 8000), max_size=6),
        joined=st.integers(0, 150),
        after=st.integers(0, 60),
    )
    def test_as_a_calendar_kept_day_by_day(
        self, first_rate_bp: int, changes: dict[int, int], joined: int, after: int
    ) -> None:
        """A plain simulation: every day has a rate; a creator is never worse off than on any day of the last 30 days, of which
        the first began at this hour."""
        today = joined + after
        announced = {0: first_rate_bp, **changes}
        rate_of_day, rate_bp = {}, 0
        for number in range(today + 1):
            rate_bp = announced.get(number, rate_bp)
            rate_of_day[number] = rate_bp
        expected = max(rate_of_day[number] for number in range(max(joined, today - 30), today + 1))
        terms = terms_of(sorted(announced.items()))
        assert applicable_rate_bp(terms, joined_at=day(joined), at=day(today)) == expected


class TestSelfPurchase:
    account = ("008", "9876543210")

    def test_the_same_user(self) -> None:
        same = new_id()
        assert is_self_purchase(Person(same, frozenset()), Person(same, frozenset()))

    def test_the_same_bank_account(self) -> None:
        creator, buyer = Person(new_id(), frozenset({self.account})), Person(new_id(), frozenset({self.account}))
        assert is_self_purchase(creator, buyer)

    def test_another_bank_with_the_same_number_is_another_account(self) -> None:
        creator = Person(new_id(), frozenset({self.account}))
        assert not is_self_purchase(creator, Person(new_id(), frozenset({("014", self.account[1])})))


class TestStates:
    def test_the_table_has_every_state_of_the_model(self) -> None:
        assert {state.value for state in TRANSITIONS} == set(Commission.State.values)
        assert {kind.value for kind in Kind} == set(Commission.Attribution.values)

    def test_reversed_is_final(self) -> None:
        assert not any(may_move(State.REVERSED, to) for to in State)

    def test_what_was_paid_may_come_back_and_can_be_looked_into(self) -> None:
        assert [to for to in State if may_move(State.PAID, to)] == [State.PAYABLE, State.FROZEN]

    def test_a_frozen_commission_is_never_paid_before_it_is_released(self) -> None:
        assert [to for to in State if may_move(State.FROZEN, to)] == [State.PENDING, State.REVERSED]


def test_a_commission_is_rounded_half_up() -> None:
    assert [commission_idr(base_idr, 1000) for base_idr in (100_000, 4, 5)] == [10_000, 0, 1]


@pytest.mark.parametrize(
    ("rate_bp", "now_bp", "is_asked"),
    [
        (1_200, 1_000, True),
        (1_199, 1_000, False),
        (1_200, 120, True),
        (500, 1_000, False),
        (0, 1_000, False),
        (2_000, 0, False),
        (2_001, 0, True),
        (0, 0, False),
    ],
)
def test_a_rate_is_asked_about_when_it_rises_steeply_or_begins_high(rate_bp: int, now_bp: int, is_asked: bool) -> None:
    assert (question_about_rate(rate_bp, now_bp) is not None) == is_asked
