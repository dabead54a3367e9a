"""A shop that closes: nothing is ordered from the instant on, what is there is sent or refunded, and then it is gone."""

from datetime import datetime, timedelta

import pytest
from django.utils.translation import override

from lapak.flows.cancel_order import cancel_unsent_order
from lapak.flows.clocks import run_due_clocks
from lapak.flows.end_closing import end_closing
from lapak.flows.place_purchase import place_purchase
from lapak.flows.receive_payment import receive_payment
from lapak.flows.ship_order import ship_order
from lapak.flows.tell_people.closings import of_closings, tell_everyone_of_closing
from lapak.goods.catalogue.models import Variant
from lapak.goods.catalogue.on_sale import on_sale
from lapak.lib import clock
from lapak.money.payments.models import PaymentIntent, Refund
from lapak.people.notices.models import Notice
from lapak.people.shops.closings import announce_closing, call_off_closing
from lapak.people.shops.errors import ClosingBegun, ClosingNotFound
from lapak.people.shops.models import AnnouncedClosing, Shop
from lapak.people.users.models import User
from lapak.testing.cast import Cast, asked_for, stocked_variant
from lapak.testing.histories import paid_order, tracking_number
from lapak.testing.market import charge_report
from lapak.testing.refused import refused
from lapak.trade.orders.carts import add_to_cart, cart_of_user
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.errors import OrderMoved, OrdersStopped
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db

NOW = datetime(2023, 10, 4, 9, tzinfo=clock.WIB)
STOP, SHIP_BY = datetime(2023, 10, 4, 17, tzinfo=clock.WIB), datetime(2023, 10, 11, 17, tzinfo=clock.WIB)
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture(params=["the shop", "the marketplace"])
def closing(request: pytest.FixtureRequest, cast: Cast) -> AnnouncedClosing:
    of_shop = request.param == "the shop"
    by, shop_id = (cast.seller, cast.shop.id) if of_shop else (cast.operator, None)
    with clock.stopped_at(NOW):
        return announce_closing(by, shop_id, orders_stop_at=STOP, ship_by=SHIP_BY)


def test_a_checkout_that_was_opened_before_is_closed_at_the_instant(
    cast: Cast, variant: Variant, closing: AnnouncedClosing
) -> None:
    add_to_cart(cart_of_user(cast.buyer), variant.id, 1)
    with clock.stopped_at(STOP - SECOND):
        opened = asked_for(cast, (variant, 1))
        place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)))
    add_to_cart(cart_of_user(cast.buyer), variant.id, 1)
    with clock.stopped_at(STOP), refused(OrdersStopped) as refusal:
        place_purchase(cast.buyer.id, opened)
    with override("id"):
        assert "4 Oktober 2023, 17.00 WIB" in str(refusal.value)
    assert cart_of_user(cast.buyer).lines.count() == 1


def test_only_that_shop_is_closed(cast: Cast, variant: Variant) -> None:
    other_shop = Shop.objects.create(slug="kopi", name="Kopi", city="Takengon", province_code="11")
    coffee = stocked_variant(other_shop)
    with clock.stopped_at(NOW):
        announce_closing(cast.seller, cast.shop.id, orders_stop_at=STOP, ship_by=SHIP_BY)
    with clock.stopped_at(STOP):
        place_purchase(cast.buyer.id, asked_for(cast, (coffee, 1)))
        with refused(OrdersStopped):
            place_purchase(cast.buyer.id, asked_for(cast, (coffee, 1), (variant, 1)))


def test_a_code_that_was_shown_before_and_paid_after_counts(
    cast: Cast, variant: Variant, closing: AnnouncedClosing
) -> None:
    with clock.stopped_at(STOP - MINUTE):
        purchase_id = place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)))
    with clock.stopped_at(STOP + MINUTE):
        intent = PaymentIntent.objects.get(pays_for=purchase_id)
        receive_payment(charge_report(intent), intent.provider)
    assert Order.objects.get().state == "to_pack"


def test_what_no_courier_has_in_time_is_refunded(cast: Cast, closing: AnnouncedClosing) -> None:
    shirt = stocked_variant(cast.shop, on_hand=10)
    with clock.stopped_at(STOP - MINUTE):
        to_pack, packed, shipped = (paid_order(cast, (shirt, 1)) for _ in range(3))
        for order in (packed, shipped):
            pack_order(cast.seller, order.id)
        ship_order(cast.seller, shipped.id, tracking_number())
    long_clocks = {"pack_by": SHIP_BY + DAY, "ship_by": SHIP_BY + DAY}
    Order.objects.filter(id__in=[to_pack.id, packed.id]).update(**long_clocks)
    with clock.stopped_at(SHIP_BY):
        run_due_clocks()
        with refused(OrderMoved):
            cancel_unsent_order(to_pack.id)
        with refused(ClosingNotFound):
            end_closing(closing.id)
    with clock.stopped_at(SHIP_BY + SECOND):
        with refused(ClosingBegun):
            end_closing(closing.id)
        done = run_due_clocks()
        assert (done["unsent"], done["closings_ended"]) == (2, 1)
    assert dict(Order.objects.values_list("id", "state")) == {
        to_pack.id: "cancelled",
        packed.id: "cancelled",
        shipped.id: "shipped",
    }
    assert sorted(Refund.objects.values_list("amount_idr", flat=True)) == sorted([to_pack.total_idr, packed.total_idr])
    with clock.stopped_at(SHIP_BY + MINUTE), refused(OrderMoved):
        cancel_unsent_order(shipped.id)


def test_a_shop_that_is_done_is_open_no_more_and_a_marketplace_stays_to_be_read(
    cast: Cast, variant: Variant, closing: AnnouncedClosing
) -> None:
    with clock.stopped_at(SHIP_BY + MINUTE):
        assert run_due_clocks()["closings_ended"] == 1
        assert run_due_clocks()["closings_ended"] == 0
    closing.refresh_from_db()
    assert closing.ended_at == SHIP_BY + MINUTE
    assert on_sale().filter(id=variant.product_id).exists() is (closing.shop is None)
    assert Shop.objects.get(id=cast.shop.id).is_open is (closing.shop is None)


def told_by(moment: datetime) -> set[tuple[str, str]]:
    """Fact and reader of what was told of shops until then."""
    emails = dict(User.objects.values_list("id", "email"))
    return {(telling.fact, emails[telling.reader_id]) for telling in of_closings(NOW - DAY, moment)}


def test_who_deals_with_the_shop_is_told(cast: Cast, variant: Variant) -> None:
    with clock.stopped_at(NOW):
        paid_order(cast, (variant, 1))
        announce_closing(cast.operator, cast.shop.id, orders_stop_at=STOP, ship_by=SHIP_BY)
    assert told_by(NOW) == {
        ("own_shop_closes", cast.seller.email),
        ("programme_shop_closes", cast.creator_user.email),
        ("order_of_closing_shop", cast.buyer.email),
    }
    with clock.stopped_at(NOW + HOUR):
        call_off_closing(cast.seller, cast.shop.id)
    assert told_by(NOW + HOUR) == {
        ("own_shop_stays", cast.seller.email),
        ("programme_shop_stays", cast.creator_user.email),
    }


def facts_told() -> dict[str, int]:
    facts = list(Notice.objects.values_list("fact", flat=True))
    return {fact: facts.count(fact) for fact in set(facts)}


def test_of_the_marketplace_everyone_is_told_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lapak.flows.tell_people.closings.AT_ONCE", 2)
    assert tell_everyone_of_closing() == 0
    everyone = User.objects.count()
    with clock.stopped_at(NOW):
        announce_closing(None, None, orders_stop_at=STOP, ship_by=SHIP_BY)
        while tell_everyone_of_closing():
            pass
    assert facts_told() == {"market_closes": everyone}
    with clock.stopped_at(NOW + HOUR):
        call_off_closing(cast.operator, None)
        while tell_everyone_of_closing():
            pass
    assert facts_told() == {"market_closes": everyone, "market_stays": everyone}


def test_a_slip_of_which_nobody_has_heard_alarms_nobody(cast: Cast) -> None:
    with clock.stopped_at(NOW):
        announce_closing(cast.operator, None, orders_stop_at=STOP, ship_by=SHIP_BY)
        call_off_closing(cast.operator, None)
        assert tell_everyone_of_closing() == 0
    assert facts_told() == {}
