"""What becomes of purchases that wait: the rule alone, without a database."""

import uuid
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lapak.affiliates.rates import Offer, RateTerm
from lapak.affiliates.rules import Person
from lapak.affiliates.token import ClickToken
from lapak.flows.place_purchase.facts import (
    Address,
    Buyer,
    Facts,
    Fees,
    Goods,
    Held,
    Promotion,
    Shelf,
    Shop,
    Terms,
    Waiting,
)
from lapak.flows.place_purchase.rules import Accepted, Repeated, decide
from lapak.lib.ids import new_id
from lapak.money.fees.rules import Rate
from lapak.money.payments.methods import Method
from lapak.trade.orders.asked import AskedLine, AskedOrder, AskedPurchase
from lapak.trade.orders.errors import GoodsGone, GoodsHeld, PurchaseTooLarge, SessionEnded, StockGone
from lapak.trade.orders.rules import Clocks
from lapak.trade.shipping.rules import RouteService, ZoneRate

NOW = datetime(2026, 12, 12, 12, 12, tzinfo=UTC)
BUDI, SITI, SHOP, SHIRT, PRODUCT, HOME, LINK, CREATOR, PROGRAMME = (uuid.UUID(int=n) for n in range(1, 10))
SCHEDULE = uuid.UUID(int=10)
QRIS = Method("qris", "QRIS", 10_000_000, timedelta(minutes=30))
TERMS = Terms(NOW, Clocks(), {"qris": QRIS}, "sandbox", 5)


def facts(*, on_hand: int = 10, reserved: int = 0, price_idr: int = 100_000, unpaid: tuple[Held, ...] = ()) -> Facts:
    """Two buyers at one address in Jakarta, and a shirt in Cirebon for Rp100.000 that CREATOR promotes at 10 %."""
    java = ("java", "java")
    term = RateTerm(1_000, NOW - timedelta(days=60))
    offer = Offer(PROGRAMME, SHOP, timedelta(days=7), NOW - timedelta(days=60), (term,))
    return Facts(
        goods={SHIRT: Goods(SHIRT, PRODUCT, SHOP, price_idr, True, "published", "Kemeja", "", "{}", "[]", 300)},
        shelves={SHIRT: Shelf(on_hand, reserved)},
        shops={SHOP: Shop(SHOP, True, "Batik Sekar", "", "", "Cirebon", "32")},
        fees={SHOP: Fees(SCHEDULE, {"": Rate(200, 100)})},
        services={("jne-reg", *java): RouteService("jne-reg", "JNE Reguler", "jne", ZoneRate(15_000, 12_000), 2, 3)},
        buyers={
            buyer: Buyer(Person(buyer, frozenset()), "Budi", frozenset(), is_verified=True, unpaid=unpaid)
            for buyer in (BUDI, SITI)
        },
        addresses={
            (buyer, HOME): Address("Budi", "0812", "Jl. Melati 5", "Tebet", "Jakarta", "31", "12810")
            for buyer in (BUDI, SITI)
        },
        promotions={LINK: Promotion(LINK, CREATOR, Person(CREATOR, frozenset()), PRODUCT, SHOP, (offer,))},
    )


def wish(
    quantity: int = 1, *, buyer: uuid.UUID = BUDI, price_idr: int = 100_000, key: uuid.UUID | None = None
) -> Waiting:
    line = AskedLine(SHIRT, quantity, price_idr)
    kilograms = -(-quantity * 300 // 1000)
    order = AskedOrder(SHOP, "jne-reg", 15_000 + 12_000 * (kilograms - 1), (line,))
    clicks = [ClickToken(LINK, new_id(), NOW - timedelta(days=1))]
    return Waiting(buyer, AskedPurchase(key or new_id(), HOME, (order,)), clicks)


@given(st.lists(st.integers(1, 5), max_size=12), st.integers(0, 20), st.integers(0, 20))
def test_in_the_order_they_came_and_never_more_than_there_is(asked: list[int], on_hand: int, reserved: int) -> None:
    reserved = min(reserved, on_hand)
    buyers = [uuid.UUID(int=100 + n) for n in range(len(asked))]
    known = facts(on_hand=on_hand, reserved=reserved)
    known = Facts(
        goods=known.goods, shelves=known.shelves, shops=known.shops, fees=known.fees, services=known.services,
        buyers=dict.fromkeys(buyers, known.buyers[BUDI]),
        addresses={(buyer, HOME): known.addresses[BUDI, HOME] for buyer in buyers},
    )  # fmt: skip
    outcomes = decide([wish(n, buyer=buyer) for n, buyer in zip(asked, buyers, strict=True)], known, TERMS)
    left = on_hand - reserved
    for quantity, outcome in zip(asked, outcomes, strict=True):
        assert isinstance(outcome, Accepted) is (quantity <= left)
        if isinstance(outcome, Accepted):
            left -= quantity
        else:
            assert isinstance(outcome, StockGone)
            assert outcome.lines[0].available == left
    assert left >= 0


def test_the_same_key_in_one_group() -> None:
    key = new_id()
    first, second, of_another = decide([wish(key=key), wish(key=key), wish(key=key, buyer=SITI)], facts(), TERMS)
    assert isinstance(first, Accepted)
    assert second == Repeated(first.id)
    assert isinstance(of_another, Accepted)


def test_what_one_has_just_taken_counts_as_held() -> None:
    _, second = decide([wish(9), wish(2)], facts(), TERMS)
    assert isinstance(second, GoodsHeld)
    assert second.unpaid


def test_amounts_and_the_click_that_earns() -> None:
    (accepted,) = decide([wish(2)], facts(), TERMS)
    assert isinstance(accepted, Accepted)
    assert (accepted.total_idr, accepted.orders[0].goods_idr, accepted.orders[0].shipping_idr) == (
        215_000,
        200_000,
        15_000,
    )
    (line,) = accepted.lines
    assert line.attribution is not None
    (earned,) = line.attribution.earned
    assert (earned.contender.click.creator_id, earned.amount_idr, earned.base_idr) == (CREATOR, 20_000, 200_000)


def test_nobody_earns_on_their_own_purchase() -> None:
    known = facts()
    own = known.promotions[LINK]._replace(creator=Person(BUDI, frozenset()))
    known = Facts(
        goods=known.goods, shelves=known.shelves, shops=known.shops, fees=known.fees, services=known.services,
        buyers=known.buyers, addresses=known.addresses, promotions={LINK: own},
    )  # fmt: skip
    of_budi, of_siti = decide([wish(), wish(buyer=SITI)], known, TERMS)
    assert isinstance(of_budi, Accepted)
    assert isinstance(of_siti, Accepted)
    assert [_verdicts(accepted) for accepted in (of_budi, of_siti)] == [["own_purchase"], ["won"]]


def _verdicts(accepted: Accepted) -> list[str]:
    attribution = accepted.lines[0].attribution
    return [each.verdict.value for each in attribution.contenders] if attribution else []


def test_more_than_the_method_takes() -> None:
    (refused,) = decide([wish(1, price_idr=9_990_000)], facts(price_idr=9_990_000), TERMS)
    assert isinstance(refused, PurchaseTooLarge)


def test_nothing_is_known_of_it() -> None:
    known = facts()
    stranger = Facts(
        goods=known.goods, shelves=known.shelves, shops=known.shops, fees=known.fees, services=known.services
    )
    (refused,) = decide([wish()], stranger, TERMS)
    assert isinstance(refused, SessionEnded)
    nothing = Facts(shops=known.shops, fees=known.fees, buyers=known.buyers, addresses=known.addresses)
    (refused,) = decide([wish()], nothing, TERMS)
    assert isinstance(refused, GoodsGone)
