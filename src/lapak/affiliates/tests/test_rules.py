"""Rates, attribution and states: pure rules."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lapak.affiliates.attribution import Attribution, PromotedClick, attribute_line
from lapak.affiliates.models import Commission
from lapak.affiliates.rates import Kind, Offer, RateTerm, Sale, applicable_rate_bp, commission_idr, question_about_rate
from lapak.affiliates.rules import TRANSITIONS, Person, State, is_self_purchase, may_move
from lapak.lib.ids import new_id

START = datetime(2023, 1, 1, tzinfo=UTC)
SHOP, OTHER_SHOP = new_id(), new_id()
PRODUCTS = [new_id() for _ in range(3)]


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


def offer(*, shop_id: uuid.UUID | None = SHOP, rate_bp: int = 1000, window_days: int = 7) -> Offer:
    return Offer(new_id(), shop_id, timedelta(days=window_days), day(0), (RateTerm(rate_bp, day(0)),))


def sale(product_id: uuid.UUID, shop_id: uuid.UUID) -> Sale:
    return Sale(shop_id, product_id, base_idr=100_000)


def click(
    at: float, *offers: Offer, product_id: uuid.UUID | None = PRODUCTS[0], shop_id: uuid.UUID | None = SHOP
) -> PromotedClick:
    return PromotedClick(new_id(), day(at), new_id(), new_id(), product_id, shop_id, offers or (offer(),))


class TestAttribution:
    def test_the_linked_product_is_direct_and_its_shops_other_goods_indirect(self) -> None:
        clicks = [click(100)]
        direct = attribute_line(clicks, sale(PRODUCTS[0], SHOP), day(101))
        indirect = attribute_line(clicks, sale(PRODUCTS[1], SHOP), day(101))
        assert direct
        assert indirect
        assert (direct.kind, indirect.kind) == (Kind.DIRECT, Kind.INDIRECT)

    def test_another_shops_goods_are_nobodys(self) -> None:
        assert attribute_line([click(100)], sale(PRODUCTS[2], OTHER_SHOP), day(101)) is None

    def test_a_showcase_click_earns_nothing_by_itself(self) -> None:
        assert attribute_line([click(100, product_id=None, shop_id=None)], sale(PRODUCTS[0], SHOP), day(101)) is None

    def test_a_newer_click_on_the_shop_beats_an_older_one_on_the_product(self) -> None:
        on_product, on_shop = click(100), click(101, product_id=None)
        found = attribute_line([on_product, on_shop], sale(PRODUCTS[0], SHOP), day(102))
        assert found
        assert (found.click, found.kind) == (on_shop, Kind.INDIRECT)

    @pytest.mark.parametrize(("at", "counts"), [(106.99, True), (107, False)])
    def test_a_click_counts_within_its_programmes_window(self, at: float, counts: bool) -> None:
        assert (attribute_line([click(100)], sale(PRODUCTS[0], SHOP), day(at)) is not None) is counts

    def test_the_best_offer_that_still_counts_the_click_wins(self) -> None:
        short, long, platform = offer(rate_bp=2000, window_days=1), offer(rate_bp=900), offer(shop_id=None, rate_bp=950)
        found = attribute_line([click(100, short, long, platform)], sale(PRODUCTS[0], SHOP), day(102))
        assert found
        assert (found.paying.rate_bp, found.paying.offer.programme_id) == (950, platform.programme_id)

    def test_an_offer_of_nothing_leaves_the_line_to_an_older_click(self) -> None:
        older, newest = click(100), click(101, offer(rate_bp=0))
        found = attribute_line([newest, older], sale(PRODUCTS[0], SHOP), day(102))
        assert found
        assert found.click is older

    @given(st.data())
    def test_as_looking_at_every_click_and_offer(self, data: st.DataObject) -> None:
        offers = st.builds(
            offer,
            shop_id=st.sampled_from([SHOP, OTHER_SHOP, None]),
            rate_bp=st.integers(0, 8000),
            window_days=st.integers(1, 90),
        )
        clicks = data.draw(
            st.lists(
                st.builds(
                    lambda at, own_offers, product_id, shop_id: click(
                        at, *own_offers, product_id=product_id, shop_id=shop_id
                    ),
                    st.integers(0, 100),
                    st.lists(offers, min_size=1, max_size=3),
                    st.sampled_from([*PRODUCTS, None]),
                    st.sampled_from([SHOP, OTHER_SHOP]),
                ),
                max_size=8,
                unique_by=lambda drawn: drawn.clicked_at,
            )
        )
        found = attribute_line(clicks, sale(PRODUCTS[0], SHOP), day(100))
        assert outcome(found) == outcome_by_brute_force(clicks)


def outcome(found: Attribution | None) -> tuple[uuid.UUID, str, int] | None:
    return (found.click.click_id, found.kind.value, found.paying.rate_bp) if found else None


def outcome_by_brute_force(clicks: Sequence[PromotedClick]) -> tuple[uuid.UUID, str, int] | None:
    """Every click that could earn, with its best rate; then the newest of them."""
    earning = []
    for one in clicks:
        relevant = one.product_id == PRODUCTS[0] or one.shop_id == SHOP
        rates = [
            held.terms[0].rate_bp
            for held in one.offers
            if held.shop_id != OTHER_SHOP and one.clicked_at + held.window > day(100) and held.terms[0].rate_bp
        ]
        if relevant and rates:
            kind = "direct" if one.product_id == PRODUCTS[0] else "indirect"
            earning.append((one.clicked_at, (one.click_id, kind, max(rates))))
    return max(earning)[1] if earning else None


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
