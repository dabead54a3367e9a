"""Which offer pays for a line, by which of its terms, and what is said of it."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from lapak.affiliates.decision import Outcome, RateDecision, decide_rate
from lapak.affiliates.rates import Kind, Offer, RateTerm, Sale, applicable_term
from lapak.lib.ids import new_id

SHOP, PRODUCT, OTHER = new_id(), new_id(), new_id()
SHIRTS, FASHION, SHOES = 3, 1, 2
SALE = Sale(SHOP, PRODUCT, (SHIRTS, FASHION), 100_000)

SCOPES: list[dict[str, Any]] = [{"product_id": PRODUCT}, {"category_id": SHIRTS}, {"category_id": FASHION}, {}]
"""From the most special downwards."""


def day(number: float) -> datetime:
    return datetime(2023, 1, 1, tzinfo=UTC) + timedelta(days=number)


def term(rate_bp: int, begin: float = 0, end: float | None = None, **of: Any) -> RateTerm:
    return RateTerm(rate_bp, day(begin), None if end is None else day(end), **of)


def offer(*terms: RateTerm, shop_id: uuid.UUID | None = SHOP, is_own: bool = False) -> Offer:
    return Offer(new_id(), shop_id, timedelta(days=7), day(0), terms, is_own)


def decided(*offers: Offer, sale: Sale = SALE, at: float = 100) -> RateDecision:
    with override("en"):
        return decide_rate(offers, sale, day(at))


class TestSpecialRates:
    @pytest.mark.parametrize(
        ("of", "rate_bp"),
        [
            ({}, 500),
            ({"category_id": FASHION}, 700),
            ({"category_id": SHIRTS}, 700),
            ({"category_id": SHOES}, 500),
            ({"product_id": PRODUCT}, 700),
            ({"product_id": OTHER}, 500),
        ],
    )
    def test_a_special_rate_is_of_its_own_goods_and_all_below(self, of: dict[str, Any], rate_bp: int) -> None:
        found = applicable_term([term(500), *([term(700, **of)] if of else [])], SALE, day(0), day(100))
        assert found
        assert found.rate_bp == rate_bp

    def test_the_most_special_wins_even_where_it_pays_less(self) -> None:
        terms = [
            term(900),
            term(800, category_id=FASHION),
            term(700, category_id=SHIRTS),
            term(100, product_id=PRODUCT),
        ]
        for kept in (4, 3, 2, 1):
            found = applicable_term(terms[:kept], SALE, day(0), day(100))
            assert found
            assert found is terms[kept - 1]

    @pytest.mark.parametrize(("at", "rate_bp"), [(50, 900), (79.9, 900), (80, 100)])
    def test_a_lower_special_rate_is_a_cut(self, at: float, rate_bp: int) -> None:
        found = applicable_term([term(900), term(100, begin=50, product_id=PRODUCT)], SALE, day(0), day(at))
        assert found
        assert found.rate_bp == rate_bp

    @pytest.mark.parametrize(("at", "rate_bp"), [(79.9, 900), (80, 100)])
    def test_withdrawing_one_is_a_cut(self, at: float, rate_bp: int) -> None:
        found = applicable_term([term(100), term(900, end=50, product_id=PRODUCT)], SALE, day(0), day(at))
        assert found
        assert found.rate_bp == rate_bp

    def test_a_slip_of_a_special_rate_binds_nobody_nor_uncovers_another(self) -> None:
        special = [
            term(500, end=50, product_id=PRODUCT),
            term(5_000, begin=50, end=50.004, product_id=PRODUCT),
            term(600, begin=50.004, product_id=PRODUCT),
        ]
        found = applicable_term([term(900), *special], SALE, day(0), day(60))
        assert found
        assert found.rate_bp == 600

    def test_other_goods_than_the_linked_may_pay_less(self) -> None:
        terms = [term(1000, indirect_bp=300)]
        indirect = Sale(SHOP, PRODUCT, base_idr=100_000, kind=Kind.INDIRECT)
        assert [decided(offer(*terms), sale=sale).candidates[0].rate_bp for sale in (SALE, indirect)] == [1000, 300]

    @pytest.mark.parametrize(("at", "amount_idr"), [(70, 10_000), (81, 4_000)])
    def test_a_cap_holds_for_the_line_and_a_lower_one_is_a_cut(self, at: float, amount_idr: int) -> None:
        capped = offer(term(1000, end=50), term(1000, begin=50, cap_idr=4_000))
        assert decided(capped, at=at).candidates[0].amount_idr == amount_idr

    @pytest.mark.parametrize(("at", "rate_bp"), [(79.9, 800), (80, 300)])
    def test_a_lower_rate_for_other_goods_is_a_cut(self, at: float, rate_bp: int) -> None:
        indirect = Sale(SHOP, PRODUCT, base_idr=100_000, kind=Kind.INDIRECT)
        terms = [term(1000, end=50, indirect_bp=800), term(1000, begin=50, indirect_bp=300)]
        assert decided(offer(*terms), sale=indirect, at=at).candidates[0].rate_bp == rate_bp

    @pytest.mark.parametrize(("at", "outcome"), [(59.9, Outcome.PAYS), (60, Outcome.ENDED)])
    def test_an_agreed_end_is_no_cut(self, at: float, outcome: Outcome) -> None:
        own = offer(term(2000, ends_at=day(60)), is_own=True)
        assert decided(own, at=at).candidates[0].outcome is outcome
        everyones = decided(own, offer(term(1000)), at=60)
        assert everyones.paying
        assert everyones.paying.rate_bp == 1000
        with override("en"):
            assert "alone ended on" in everyones.why

    def test_what_was_cut_before_its_agreed_end_counts_thirty_days_or_until_then(self) -> None:
        terms = [term(2000, end=50, ends_at=day(60)), term(1000, begin=50)]
        rates = [decided(offer(*terms), at=at).candidates[0].rate_bp for at in (55, 59.9, 60, 85)]
        assert rates == [2000, 2000, 1000, 1000]

    @given(
        st.lists(
            st.tuples(
                st.integers(0, 60),
                st.sampled_from(SCOPES),
                st.one_of(st.none(), st.integers(0, 8000)),
                st.one_of(st.none(), st.integers(1, 90_000)),
            ),
            max_size=8,
            unique_by=lambda drawn: (drawn[0], str(drawn[1])),
        ),
        st.integers(0, 60),
        st.integers(0, 40),
    )
    def test_as_a_calendar_kept_day_by_day(
        self, announced: list[tuple[int, dict[str, Any], int | None, int | None]], joined: int, after: int
    ) -> None:
        """A plain simulation: on every day someone looks what stands for the goods, from the most special downwards."""
        today = joined + after
        terms, paid = [], dict[int, int]()
        for begin, of, rate_bp, cap_idr in announced:
            if rate_bp is not None:
                later = [on for on, other, _, _ in announced if other == of and on > begin]
                terms.append(term(rate_bp, begin, min(later, default=None), cap_idr=cap_idr, **of))
        for on in range(max(joined, today - 30), today + 1):
            for of in SCOPES:
                said = [each for each in announced if each[1] == of and each[0] <= on]
                latest = max(said, key=lambda each: each[0], default=None)
                if latest and latest[2] is not None:
                    paid[on] = min(latest[2] * 10, latest[3] or 100_000)
                    break
        found = applicable_term(terms, SALE, day(joined), day(today))
        assert (found.pays_idr(SALE) if found else 0) == max(paid.values(), default=0)


class TestDecision:
    def test_the_most_that_is_paid_wins_and_everyone_is_told_why_not(self) -> None:
        best, less, platform = offer(term(1200), is_own=True), offer(term(900)), offer(term(1000), shop_id=None)
        elsewhere, ended = offer(term(5000), shop_id=new_id()), offer(term(0))
        found = decided(less, elsewhere, platform, ended, best)
        outcomes = {candidate.offer.programme_id: candidate.outcome for candidate in found.candidates}
        assert found.paying
        assert found.paying.offer is best
        assert outcomes == {
            best.programme_id: Outcome.PAYS,
            less.programme_id: Outcome.LESS,
            platform.programme_id: Outcome.LESS,
            elsewhere.programme_id: Outcome.OTHER_SHOP,
            ended.programme_id: Outcome.NOTHING,
        }

    def test_a_cap_may_let_a_lower_rate_win(self) -> None:
        capped, plain = offer(term(2000, cap_idr=5_000)), offer(term(800))
        found = decided(capped, plain)
        assert found.paying
        assert (found.paying.offer, found.paying.amount_idr) == (plain, 8_000)

    def test_a_click_beyond_the_window_is_told_so(self) -> None:
        found = decide_rate([offer(term(1000))], SALE, day(100), clicked_at=day(93))
        assert found.candidates[0].outcome is Outcome.EXPIRED

    @pytest.mark.parametrize(("left_idr", "pays"), [(10_000, True), (9_999, False)])
    def test_a_budget_pays_a_line_whole_or_not_at_all(self, left_idr: int, pays: bool) -> None:
        short, other = offer(term(1000)), offer(term(100))
        found = decide_rate([short, other], SALE, day(100), left_idr={short.programme_id: left_idr})
        assert found.paying
        assert (found.paying.offer is short) is pays
        assert pays or Outcome.BUDGET in {candidate.outcome for candidate in found.candidates}


WORDS = [
    ([offer(term(1200), is_own=True)], "12%: a rate agreed with this creator alone, for all goods."),
    ([offer(term(1200), shop_id=None)], "12%: Lapak's own programme, for all goods."),
    (
        [offer(term(1000), term(1250, product_id=PRODUCT, cap_idr=5_000))],
        "12.5%: the shop's programme for everyone, for this very product. At most Rp5.000 for a line.",
    ),
    (
        [offer(term(1200, end=90, category_id=FASHION), term(600, begin=90, category_id=FASHION))],
        (
            "12%: the shop's programme for everyone, for goods of this category. It is announced to change, and a cut waits 30 "
            "days for who promotes already."
        ),
    ),
    ([], "Nothing: no programme that the creator is in pays for these goods."),
]


@pytest.mark.parametrize(("offers", "words"), WORDS)
def test_it_says_why(offers: Sequence[Offer], words: str) -> None:
    with override("en"):
        assert decided(*offers).why == words
    with override("id"):
        assert decided(*offers).why != words
