"""What a lost dispute makes of an order depends on where its parcel is: goods that are in the shop stay there, a parcel that
has left goes on with less."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from lapak.affiliates.models import Commission
from lapak.flows.cancel_order import cancel_late_order, cancel_paid_order
from lapak.flows.clocks import run_due_clocks
from lapak.flows.place_purchase import place_purchase
from lapak.flows.receive_payment import receive_payment
from lapak.flows.resolve_receipt import take_receipt_as_payment
from lapak.flows.ship_order import confirm_receipt, decide_fate, deliver_order, ship_order
from lapak.flows.tests.disputed import again, balance, intent_of, tell
from lapak.goods.catalogue.models import Stock, StockChange
from lapak.lib import clock
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import PLATFORM
from lapak.money.payments.models import Dispute, Refund
from lapak.testing.cast import Cast, asked_for, click_on, link_to, stocked_variant
from lapak.testing.histories import paid_order, tracking_number
from lapak.testing.market import charge_report
from lapak.testing.refused import refused
from lapak.trade.orders.commands import complete_when_due, pack_order, show_handed_over
from lapak.trade.orders.errors import OrderMoved
from lapak.trade.orders.models import Order

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("everyone_has_what_is_theirs")]

Bring = Callable[[str], Order]


@pytest.fixture
def brought(cast: Cast) -> Bring:
    """The worked example's order (100,000 and 15,000 for shipping, a creator's link), brought so far."""

    def bring_to(state: str) -> Order:
        shirt = stocked_variant(cast.shop)
        order = paid_order(cast, (shirt, 1), click=click_on(link_to(cast, shirt.product)))
        steps: dict[str, Callable[[], object]] = {
            "to_pack": lambda: None,
            "packed": lambda: pack_order(cast.seller, order.id),
            "handed over": lambda: show_handed_over(cast.seller, order.id, "Manifest 0815"),
            "shipped": lambda: ship_order(cast.seller, order.id, tracking_number()),
            "delivered": lambda: deliver_order(None, order.id),
            "settled": lambda: confirm_receipt(cast.buyer, order.id),
        }
        for name, step in steps.items():
            if name == "handed over" != state:
                continue
            step()
            if name == state:
                return again(order)
        raise AssertionError(state)

    return bring_to


def shelf(order: Order) -> tuple[int, int]:
    """On hand and reserved of its only goods, of which there were ten."""
    stock = Stock.objects.get(variant_id=order.lines.get().variant_id)
    return stock.on_hand, stock.reserved


@pytest.mark.parametrize(
    ("state", "amount_idr", "ends_as", "on_shelf", "shop_has_idr", "buyer_waits_for_idr"),
    [
        ("to_pack", 115_000, "cancelled", 10, 0, 0),
        ("to_pack", 1_000, "cancelled", 10, 0, 114_000),
        ("packed", 115_000, "cancelled", 10, 0, 0),
        ("packed", 1_000, "cancelled", 10, 0, 114_000),
        ("handed over", 115_000, "refunded", 9, -15_000, 0),
        ("handed over", 1_000, "packed", 9, 0, 0),
        ("shipped", 115_000, "refunded", 9, -15_000, 0),
        ("shipped", 1_000, "shipped", 9, 0, 0),
        ("delivered", 115_000, "refunded", 9, -15_000, 0),
        ("delivered", 1_000, "delivered", 9, 0, 0),
        ("settled", 115_000, "refunded", 9, -15_000, 0),
        ("settled", 1_000, "completed", 9, 99_000 - 1_980 - 218 - 9_900, 0),
    ],
)  # fmt: skip
def test_whole_or_in_part_in_each_state(
    cast: Cast,
    brought: Bring,
    state: str,
    amount_idr: int,
    ends_as: str,
    on_shelf: int,
    shop_has_idr: int,
    buyer_waits_for_idr: int,
) -> None:
    order = brought(state)
    tell(order, amount_idr=amount_idr)
    tell(order, "lost", amount_idr)
    order = again(order)
    assert (order.state, shelf(order)) == (ends_as, (on_shelf, 0))
    assert order.escrow_idr == (115_000 - amount_idr if ends_as in {"packed", "shipped", "delivered"} else 0)
    shop_idr = balance(AccountKind.SELLER_PAYABLE, cast.shop.id) - balance(AccountKind.SELLER_RECEIVABLE, cast.shop.id)
    assert shop_idr == shop_has_idr
    assert balance(AccountKind.BUYER_REFUND_PAYABLE, cast.buyer.id) == buyer_waits_for_idr
    assert Dispute.objects.get().unexplained_idr == 0
    assert order.events.latest("id").to_state == ends_as


class TestHandedOverAndLostInPart:
    """60,000 of it: 40,000 for goods and the shipping are left."""

    @pytest.fixture
    def order(self, brought: Bring) -> Order:
        order = brought("handed over")
        tell(order, amount_idr=60_000)
        tell(order, "lost", 60_000)
        return again(order)

    def test_the_shop_ships_it_and_everyone_has_their_share_of_what_is_left(self, cast: Cast, order: Order) -> None:
        with refused(OrderMoved):
            show_handed_over(cast.seller, order.id, "Once more")
        ship_order(cast.seller, order.id, tracking_number())
        assert shelf(order) == (9, 0)
        assert StockChange.objects.filter(reason="shipped").count() == 1
        confirm_receipt(cast.buyer, order.id)
        assert balance(AccountKind.COURIER_PAYABLE, "jne") == 15_000
        assert balance(AccountKind.PLATFORM_FEE, PLATFORM) == 800
        assert balance(AccountKind.SELLER_PAYABLE, cast.shop.id) == 40_000 - 800 - 88 - 4_000
        assert Commission.objects.get().amount_idr == 4_000

    @pytest.mark.parametrize("by_clock", [False, True])
    def test_cancelled_after_all_the_buyer_is_owed_what_is_left(
        self, cast: Cast, order: Order, *, by_clock: bool
    ) -> None:
        if by_clock:
            assert order.ship_by
            with clock.stopped_at(order.ship_by + timedelta(seconds=1)):
                cancel_late_order(order.id)
        else:
            cancel_paid_order(cast.seller, order.id, "The courier brought it back.")
        assert (again(order).state, again(order).escrow_idr) == ("cancelled", 0)
        assert set(Refund.objects.values_list("route", "status", "amount_idr")) == {
            ("chargeback", "arrived", 60_000), ("gateway", "owed", 55_000),
        }  # fmt: skip
        assert Commission.objects.get().state == "reversed"
        assert shelf(order) == (9, 0)

    def test_the_rest_is_lost_as_well(self, order: Order) -> None:
        tell(order, amount_idr=70_000, reference="dp2")
        tell(order, "lost", 70_000, "dp2")
        assert again(order).state == "refunded"
        assert Dispute.objects.get(provider_reference="dp2").unexplained_idr == 15_000

    def test_the_parcel_gets_lost_too(self, cast: Cast, order: Order) -> None:
        ship_order(cast.seller, order.id, tracking_number())
        with clock.stopped_at(clock.now() + timedelta(days=31)):
            decide_fate(cast.operator, order.id, "lost", "Nobody has it.")
        assert sum(Refund.objects.values_list("amount_idr", flat=True)) == 115_000

    def test_the_shop_is_told_and_its_clock_goes_on(self, order: Order) -> None:
        event = order.events.latest("id")
        assert (event.kind, event.deadline) == ("dispute_over", order.ship_by)
        assert order.ship_by
        with clock.stopped_at(order.ship_by - timedelta(seconds=1)):
            run_due_clocks()
        assert again(order).state == "packed"


@pytest.mark.parametrize(("amount_idr", "waits_idr"), [(40_000, 60_000), (100_000, 0), (10_000, 90_000)])
def test_what_the_platform_had_put_in_is_its_own_again(cast: Cast, amount_idr: int, waits_idr: int) -> None:
    """100,000 came for 115,000 and was taken: handed over, lost in part, cancelled, the buyer has 100,000 in all."""
    purchase_id = place_purchase(cast.buyer.id, asked_for(cast, (stocked_variant(cast.shop), 1)))
    order = Order.objects.get(purchase_id=purchase_id)
    receive_payment(charge_report(intent_of(order), amount_idr=100_000), "sandbox")
    take_receipt_as_payment(cast.operator, intent_of(order).id)
    pack_order(cast.seller, order.id)
    show_handed_over(cast.seller, order.id, "Manifest 0815")
    tell(order, amount_idr=amount_idr)
    tell(order, "lost", amount_idr)
    if waits_idr:
        cancel_paid_order(cast.seller, order.id, "The courier brought it back.")
    assert balance(AccountKind.PROMOTION_COST, PLATFORM) == 0
    assert balance(AccountKind.BUYER_REFUND_PAYABLE, cast.buyer.id) == waits_idr


def test_a_completed_order_that_has_not_settled(cast: Cast, brought: Bring) -> None:
    order = brought("delivered")
    assert order.complete_at
    with clock.stopped_at(order.complete_at + timedelta(seconds=1)):
        complete_when_due(order.id)
        tell(order, amount_idr=1_000)
        tell(order, "lost", 1_000)
        assert (again(order).state, again(order).escrow_idr) == ("completed", 114_000)
        run_due_clocks()
    assert again(order).settled_at


def test_a_parcel_that_the_courier_has_is_not_for_sale_again_when_its_order_is_cancelled(
    cast: Cast, brought: Bring
) -> None:
    order = brought("handed over")
    assert shelf(order) == (9, 0)
    cancel_paid_order(cast.seller, order.id, "No number came.")
    assert shelf(order) == (9, 0)
