"""Which clicks win a line, and what is said of the others: pure rules, and one look at every case by another way."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapak.affiliates.attribution import Attribution, PromotedClick, Verdict, attribute_line
from lapak.affiliates.contenders.models import Contender
from lapak.affiliates.models import Programme
from lapak.affiliates.rates import Kind, Offer, RateTerm, Sale, WonBy
from lapak.lib.ids import new_id

START = datetime(2023, 1, 1, tzinfo=UTC)
SHOP, OTHER_SHOP = new_id(), new_id()
PRODUCT, SISTER, ELSEWHERE = (new_id() for _ in range(3))
BUDGET_USED_UP = 0


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def offer(
    *, shop_id: uuid.UUID | None = SHOP, rate_bp: int = 1000, window_days: int = 7, won_by: WonBy = WonBy.NEWEST,
    cap_idr: int | None = None,
) -> Offer:  # fmt: skip
    term = RateTerm(rate_bp, day(0), cap_idr=cap_idr)
    return Offer(new_id(), shop_id, timedelta(days=window_days), day(0), (term,), won_by=won_by)


SHARED, FIRST = offer(won_by=WonBy.SHARED), offer(won_by=WonBy.FIRST)


def sale(product_id: uuid.UUID = PRODUCT, shop_id: uuid.UUID = SHOP, base_idr: int = 100_000) -> Sale:
    return Sale(shop_id, product_id, base_idr=base_idr)


def click(
    at: float, *offers: Offer, product_id: uuid.UUID | None = PRODUCT, shop_id: uuid.UUID | None = SHOP,
    creator: uuid.UUID | None = None, is_typed: bool = False,
) -> PromotedClick:  # fmt: skip
    creator_id = creator or new_id()
    return PromotedClick(
        new_id(), day(at), new_id(), creator_id, product_id, shop_id, offers or (offer(),), is_typed=is_typed
    )


def verdicts(found: Attribution, *clicks: PromotedClick) -> list[str]:
    said = {each.click.click_id: each.verdict.value for each in found.contenders}
    return [said[each.click_id] for each in clicks]


def parts(found: Attribution) -> dict[uuid.UUID, tuple[int, int, int]]:
    """By creator: share, base and amount."""
    return {each.contender.click.creator_id: (each.share_bp, each.base_idr, each.amount_idr) for each in found.earned}


class TestTheNewest:
    def test_the_linked_product_is_direct_and_its_shops_other_goods_indirect(self) -> None:
        clicks = [click(100)]
        kinds = [attribute_line(clicks, sale(product), day(101)).contenders[0].kind for product in (PRODUCT, SISTER)]
        assert kinds == [Kind.DIRECT, Kind.INDIRECT]

    def test_another_shops_goods_and_a_showcase_are_nobodys(self) -> None:
        assert not attribute_line([click(100)], sale(ELSEWHERE, OTHER_SHOP), day(101)).contenders
        assert not attribute_line([click(100, product_id=None, shop_id=None)], sale(), day(101)).contenders

    def test_a_newer_click_on_the_shop_beats_an_older_one_on_the_product(self) -> None:
        on_product, on_shop = click(100), click(101, product_id=None)
        found = attribute_line([on_product, on_shop], sale(), day(102))
        assert verdicts(found, on_product, on_shop) == ["newer", "won"]
        assert found.earned[0].contender.kind is Kind.INDIRECT

    @pytest.mark.parametrize(("at", "verdict"), [(106.99, "won"), (107, "expired")])
    def test_a_click_counts_within_its_programmes_window(self, at: float, verdict: str) -> None:
        clicked = click(100)
        assert verdicts(attribute_line([clicked], sale(), day(at)), clicked) == [verdict]

    def test_the_best_offer_that_still_counts_the_click_wins(self) -> None:
        short, long, platform = offer(rate_bp=2000, window_days=1), offer(rate_bp=900), offer(shop_id=None, rate_bp=950)
        (earned,) = attribute_line([click(100, short, long, platform)], sale(), day(102)).earned
        assert (earned.contender.paying.rate_bp, earned.contender.paying.offer) == (950, platform)

    def test_an_offer_of_nothing_leaves_the_line_to_an_older_click(self) -> None:
        older, newest = click(100), click(101, offer(rate_bp=0))
        found = attribute_line([newest, older], sale(), day(102))
        assert verdicts(found, older, newest) == ["won", "no_programme"]


class TestRefused:
    """Each is passed over, and an older click of somebody else counts."""

    def test_ones_own_and_a_closed_account(self) -> None:
        honest, own, closed = click(100), replace(click(101), is_own=True), replace(click(101), is_closed=True)
        found = attribute_line([own, closed, honest], sale(), day(102))
        assert verdicts(found, own, closed, honest) == ["own_purchase", "closed", "won"]

    def test_a_click_since_the_checkout_was_opened_takes_nothing_from_an_earlier_one(self) -> None:
        honest, coupon = click(100), click(101.5)
        found = attribute_line([honest, coupon], sale(), day(102), checkout_opened_at=day(101.5))
        assert verdicts(found, honest, coupon) == ["won", "at_checkout"]

    def test_nor_does_it_earn_where_nobody_clicked_before(self) -> None:
        coupon = click(101.5)
        assert not attribute_line([coupon], sale(), day(102), checkout_opened_at=day(101)).earned

    def test_a_budget_that_has_less_left_than_the_line_earns(self) -> None:
        rich, poor = offer(), offer()
        older, newest = click(100, rich), click(101, poor)
        found = attribute_line([older, newest], sale(), day(102), {poor.programme_id: BUDGET_USED_UP})
        assert verdicts(found, older, newest) == ["won", "budget"]


class TestCodes:
    def test_a_code_earns_where_no_click_does_also_at_the_checkout(self) -> None:
        expired, typed = click(80), click(102, is_typed=True)
        found = attribute_line([expired, typed], sale(), day(102), checkout_opened_at=day(101.9))
        assert verdicts(found, expired, typed) == ["expired", "won"]

    def test_a_click_counts_before_a_code(self) -> None:
        clicked, typed = click(100), click(102, is_typed=True)
        assert verdicts(attribute_line([clicked, typed], sale(), day(102)), clicked, typed) == ["won", "clicked"]


class TestFirst:
    def test_the_first_that_still_counts_wins(self) -> None:
        expired, first, newest = click(80, FIRST), click(98, FIRST), click(100, FIRST)
        found = attribute_line([newest, expired, first], sale(), day(101))
        assert verdicts(found, expired, first, newest) == ["expired", "won", "earlier"]

    def test_the_programme_of_the_newest_click_says_how_it_is_decided(self) -> None:
        first, newest = click(98, FIRST), click(100)
        assert verdicts(attribute_line([first, newest], sale(), day(101)), first, newest) == ["newer", "won"]


class TestShared:
    def test_alone_one_has_it_all(self) -> None:
        one, again = (click(at, SHARED, creator=SHOP) for at in (99, 100))
        found = attribute_line([one, again], sale(), day(101))
        assert (verdicts(found, one, again), parts(found)) == (["stood_for", "won"], {SHOP: (10_000, 100_000, 10_000)})

    def test_two_have_half_each(self) -> None:
        first, newest = click(99, SHARED), click(100, SHARED)
        found = attribute_line([first, newest], sale(base_idr=99_999), day(101))
        assert parts(found) == {newest.creator_id: (5_000, 50_000, 5_000), first.creator_id: (5_000, 49_999, 5_000)}

    def test_more_have_forty_twenty_forty_and_those_between_share_however_often_they_were_clicked(self) -> None:
        first, newest = click(97, SHARED), click(100, SHARED)
        tina, rian = click(98, SHARED), click(99, SHARED)
        again = click(98.5, SHARED, creator=tina.creator_id)
        found = attribute_line([first, tina, again, rian, newest], sale(), day(101))
        assert [parts(found)[each.creator_id][0] for each in (first, tina, rian, newest)] == [4000, 1000, 1000, 4000]
        assert verdicts(found, first, tina, again, rian, newest) == ["won", "stood_for", "won", "won", "won"]

    def test_who_is_first_and_newest_has_both_ends(self) -> None:
        first, other = click(98, SHARED), click(99, SHARED)
        newest = click(100, SHARED, creator=first.creator_id)
        found = attribute_line([first, other, newest], sale(), day(101))
        assert verdicts(found, first, other, newest) == ["stood_for", "won", "won"]
        assert [parts(found)[each.creator_id][0] for each in (newest, other)] == [8000, 2000]

    def test_each_has_their_own_rate_and_their_part_of_the_cap(self) -> None:
        first = click(99, offer(won_by=WonBy.SHARED, rate_bp=2000))
        newest = click(100, offer(won_by=WonBy.SHARED, rate_bp=1000, cap_idr=3_000))
        found = attribute_line([first, newest], sale(), day(101))
        assert parts(found) == {newest.creator_id: (5000, 50_000, 1_500), first.creator_id: (5000, 50_000, 10_000)}

    def test_a_line_of_one_rupiah_is_not_shared(self) -> None:
        first, newest = click(99, SHARED), click(100, SHARED)
        assert parts(attribute_line([first, newest], sale(base_idr=1), day(101))) == {newest.creator_id: (10_000, 1, 0)}


OFFERS = st.builds(
    offer,
    shop_id=st.sampled_from([SHOP, OTHER_SHOP, None]),
    rate_bp=st.integers(0, 8000),
    window_days=st.integers(1, 90),
    won_by=st.sampled_from(WonBy),
)
CREATORS = [new_id() for _ in range(3)]
CLICKS = st.lists(
    st.builds(
        lambda at, offers, product_id, shop_id, creator, is_own, is_typed: replace(
            click(at, *offers, product_id=product_id, shop_id=shop_id, creator=creator, is_typed=is_typed),
            is_own=is_own,
        ),
        st.integers(0, 99),
        st.lists(OFFERS, min_size=1, max_size=3),
        st.sampled_from([PRODUCT, SISTER, None]),
        st.sampled_from([SHOP, OTHER_SHOP]),
        st.sampled_from(CREATORS),
        st.booleans(),
        st.booleans(),
    ),
    max_size=8,
    unique_by=lambda drawn: drawn.clicked_at,
)


@given(
    CLICKS, st.integers(10_000, 10**9), st.one_of(st.none(), st.integers(90, 100)), st.randoms(use_true_random=False)
)
def test_as_looking_at_every_click_by_another_way(
    clicks: list[PromotedClick], base_idr: int, opened: int | None, random: Random
) -> None:
    opened_at = None if opened is None else day(opened)
    found = attribute_line(clicks, sale(base_idr=base_idr), day(100), checkout_opened_at=opened_at)
    expected = shares_by_brute_force(clicks, opened_at)
    assert {each.contender.click.creator_id: each.share_bp for each in found.earned} == expected
    assert sum(each.base_idr for each in found.earned) in {0, base_idr}
    assert sum(each.amount_idr for each in found.earned) <= base_idr
    random.shuffle(clicks)
    assert attribute_line(clicks, sale(base_idr=base_idr), day(100), checkout_opened_at=opened_at) == found


def shares_by_brute_force(clicks: Sequence[PromotedClick], opened_at: datetime | None) -> dict[uuid.UUID, int]:
    """Every click that could earn, with its best offer; then by position, in rupiah of a line that is worth 10,000."""
    counting = []
    for one in clicks:
        of_goods = one.product_id == PRODUCT or one.shop_id == SHOP
        is_late = opened_at is not None and one.clicked_at >= opened_at and not one.is_typed
        paying = [
            (held.terms[0].pays_idr(sale(base_idr=10**12)), held.programme_id, held.won_by)
            for held in one.offers
            if held.shop_id != OTHER_SHOP and one.clicked_at + held.window > day(100) and held.terms[0].rate_bp
        ]
        if of_goods and paying and not is_late and not one.is_own:
            counting.append((one.is_typed, one.clicked_at, one.creator_id, max(paying)[2]))
    typed = [each for each in counting if each[0]]
    counting = sorted(each for each in counting if not each[0]) or sorted(typed)[-1:]
    if not counting:
        return {}
    creators, won_by = [each[2] for each in counting], counting[-1][3]
    if won_by is WonBy.NEWEST:
        return {creators[-1]: 10_000}
    if won_by is WonBy.FIRST:
        return {creators[0]: 10_000}
    between = set(creators) - {creators[0], creators[-1]}
    ends = 5_000 if not between else 4_000
    shares = dict.fromkeys(creators, 0)
    shares[creators[0]] += ends
    shares[creators[-1]] += ends
    for each in between:
        shares[each] = 2_000 // len(between)
    return {creator: share for creator, share in shares.items() if share}


def test_the_words_of_the_rules_are_those_of_the_tables() -> None:
    assert {verdict.value for verdict in Verdict} == set(Contender.Verdict.values)
    assert {won_by.value for won_by in WonBy} == set(Programme.WonBy.values)
