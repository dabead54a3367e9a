"""What a return pays back, and what the rest of the order comes to: docs/concepts/returns.md "What is paid back"."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from lapak.affiliates.models import Commission
from lapak.flows.clocks import run_due_clocks
from lapak.flows.credit_creator import credit_creator
from lapak.flows.refund_return import accept_return, approve_return, uphold_return
from lapak.flows.settle_order import settle_order
from lapak.flows.ship_order import confirm_receipt
from lapak.goods.catalogue.models import ProductChange, Stock
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.money.ledger.models import AccountKind, Transfer
from lapak.money.ledger.queries import balance_idr, transfers_of_reference
from lapak.money.ledger.transfers import AccountKey
from lapak.testing.cast import Cast, click_on, link_to, stocked_variant
from lapak.testing.histories import delivered_order
from lapak.testing.refused import refused
from lapak.trade.orders.errors import OrderMoved
from lapak.trade.orders.models import Order
from lapak.trade.returns.asking import ask_for_return, escalate_return
from lapak.trade.returns.deciding import decline_return
from lapak.trade.returns.errors import ReturnMoved, ReturnQuantityRefused
from lapak.trade.returns.models import Return
from lapak.trade.returns.queries import refund_of_return
from lapak.trade.returns.sending import receive_return, send_back

pytestmark = pytest.mark.django_db

Ask = Callable[..., Return]


def balance(kind: AccountKind, owner: object) -> int:
    return balance_idr(AccountKey(kind, str(owner)))


def booked(order: Order) -> list[tuple[str, int]]:
    return [(transfer.code, transfer.amount_idr) for transfer in transfers_of_reference(order.id)]


def refund_at_once(cast: Cast, return_: Return) -> Return:
    return approve_return(cast.seller, return_.id, waives_goods=True)


@pytest.fixture
def arrived(cast: Cast, ask: Ask) -> Return:
    """Both shirts are back at the shop."""
    return_ = ask(2)
    approve_return(cast.seller, return_.id)
    send_back(cast.buyer, return_.id, "JNE", "JX0001234567")
    return receive_return(cast.seller, return_.id)


class TestPart:
    def test_the_rest_settles_and_everything_is_halved(self, cast: Cast, delivered: Order, ask: Ask) -> None:
        return_ = ask(1)
        assert refund_of_return(return_).total_idr == 50_000
        return_ = refund_at_once(cast, return_)
        assert (return_.refunded_goods_idr, return_.refunded_shipping_idr) == (50_000, 0)
        delivered.refresh_from_db()
        assert (delivered.state, delivered.remaining_goods_idr) == ("delivered", 50_000)
        assert balance(AccountKind.ORDER_ESCROW, cast.shop.id) == 65_000
        confirm_receipt(cast.buyer, delivered.id)
        credit_creator(cast.creator.id)
        assert booked(delivered) == [
            ("goods_refunded", 50_000),
            ("shipping_settled", 15_000),
            ("goods_settled", 50_000),
            ("fee", 1_000),
            ("fee_vat", 110),
            ("commission", 5_000),
            ("commission_credited", 5_000),
            ("commission_pph21", 125),
        ]
        assert balance(AccountKind.BUYER_REFUND_PAYABLE, cast.buyer.id) == 50_000
        assert balance(AccountKind.SELLER_PAYABLE, cast.shop.id) == 43_890
        assert balance(AccountKind.ORDER_ESCROW, cast.shop.id) == 0
        assert Commission.objects.get().state == "payable"

    def test_one_after_the_other_until_nothing_is_left(self, cast: Cast, delivered: Order, ask: Ask) -> None:
        refund_at_once(cast, ask(1))
        assert Commission.objects.get().base_idr == 50_000
        assert refund_at_once(cast, ask(1)).refunded_idr == 65_000
        delivered.refresh_from_db()
        assert (delivered.state, delivered.refunded_idr) == ("refunded", 115_000)
        assert Commission.objects.get().state == "reversed"

    def test_no_piece_is_refunded_twice(self, cast: Cast, ask: Ask) -> None:
        refund_at_once(cast, ask(1))
        with refused(ReturnQuantityRefused):
            ask(2)

    def test_only_the_returned_line_loses_its_commission(self, cast: Cast) -> None:
        shirt, skirt = stocked_variant(cast.shop, price_idr=70_000), stocked_variant(cast.shop, price_idr=30_000)
        order = delivered_order(cast, (shirt, 1), (skirt, 1), click=click_on(link_to(cast, shirt.product)))
        line = order.lines.get(variant=shirt)
        refund_at_once(
            cast,
            ask_for_return(
                cast.buyer, order.id, quantities={line.id: 1}, reason="wrong", words="Red.", goods_come_back=True
            ),
        )
        confirm_receipt(cast.buyer, order.id)
        states = dict(Commission.objects.values_list("line__variant", "state"))
        assert states == {shirt.id: "reversed", skirt.id: "pending"}
        assert ("commission", 3_000) in booked(order)
        assert ("commission", 7_000) not in booked(order)


class TestWhole:
    def test_for_a_fault_of_the_seller_everything_comes_back(
        self, cast: Cast, delivered: Order, arrived: Return
    ) -> None:
        accept_return(cast.seller, arrived.id)
        delivered.refresh_from_db()
        assert (delivered.state, delivered.refunded_idr) == ("refunded", 115_000)
        assert booked(delivered) == [
            ("goods_refunded", 100_000),
            ("shipping_refunded", 15_000),
            ("lent_to_shop", 15_000),
            ("carriage_borne", 15_000),
        ]
        assert balance(AccountKind.BUYER_REFUND_PAYABLE, cast.buyer.id) == 115_000
        assert balance(AccountKind.ORDER_ESCROW, cast.shop.id) == 0
        commission = Commission.objects.get()
        assert (commission.state, commission.reason) == ("reversed", "The goods were returned.")
        event = delivered.events.latest("happened_at")
        assert (event.from_state, event.to_state, event.actor) == ("delivered", "refunded", cast.seller)

    def test_it_never_settles(self, cast: Cast, delivered: Order, arrived: Return) -> None:
        accept_return(cast.seller, arrived.id)
        with refused(OrderMoved):
            settle_order(delivered.id)
        with refused(OrderMoved):
            confirm_receipt(cast.buyer, delivered.id)

    def test_by_the_buyers_choice_the_courier_is_still_paid(self, cast: Cast, delivered: Order, ask: Ask) -> None:
        refund_at_once(cast, ask(2, "changed_mind"))
        order = confirm_receipt(cast.buyer, delivered.id)
        assert order.state == "completed"
        assert booked(delivered) == [("goods_refunded", 100_000), ("shipping_settled", 15_000)]
        assert balance(AccountKind.COURIER_PAYABLE, "jne") == 15_000
        assert balance(AccountKind.SELLER_PAYABLE, cast.shop.id) == 0
        assert Commission.objects.get().state == "reversed"

    def test_by_choice_and_by_fault_in_turn_the_shipping_stays(self, cast: Cast, delivered: Order, ask: Ask) -> None:
        refund_at_once(cast, ask(1, "changed_mind"))
        assert refund_at_once(cast, ask(1, "faulty")).refunded_idr == 50_000
        delivered.refresh_from_db()
        assert (delivered.state, delivered.remaining_shipping_idr) == ("delivered", 15_000)


class TestRestocking:
    def test_what_can_be_sold_again_is_on_the_shelf(self, cast: Cast, delivered: Order, arrived: Return) -> None:
        line = delivered.lines.get()
        changes = ProductChange.objects.count()
        accept_return(cast.seller, arrived.id, {line.id: 1})
        assert Stock.objects.get(variant=line.variant_id).on_hand == 9
        assert arrived.lines.get().restocked_quantity == 1
        assert ProductChange.objects.count() == changes + 1

    def test_nothing_goes_there_unsaid(self, cast: Cast, delivered: Order, arrived: Return) -> None:
        accept_return(cast.seller, arrived.id)
        assert Stock.objects.get(variant=delivered.lines.get().variant_id).on_hand == 8


@pytest.mark.parametrize("pieces", [-1, 3])
def test_more_than_came_back_does_not_go_on_the_shelf(
    cast: Cast, delivered: Order, arrived: Return, nothing_written: None, pieces: int
) -> None:
    with refused(ReturnQuantityRefused):
        accept_return(cast.seller, arrived.id, {delivered.lines.get().id: pieces})
    arrived.refresh_from_db()
    assert arrived.state == "arrived"
    assert Stock.objects.get(variant=delivered.lines.get().variant_id).on_hand == 8


def test_what_is_not_of_the_return_does_not_go_on_the_shelf(cast: Cast, arrived: Return, nothing_written: None) -> None:
    with refused(ReturnQuantityRefused):
        accept_return(cast.seller, arrived.id, {new_id(): 1})


def test_twice_pays_once(cast: Cast, arrived: Return) -> None:
    accept_return(cast.seller, arrived.id)
    before = Transfer.objects.count()
    with refused(ReturnMoved):
        accept_return(cast.seller, arrived.id)
    assert Transfer.objects.count() == before


class TestUpheldInPart:
    """Two were to come back and one did: neither side is to have both goods and money."""

    @pytest.fixture
    def one_of_two_came(self, cast: Cast, ask: Ask) -> Return:
        """The shop says so, and the buyer has taken it to the operator."""
        return_ = ask(2)
        approve_return(cast.seller, return_.id)
        send_back(cast.buyer, return_.id, "JNE", "JX0001234567")
        receive_return(cast.seller, return_.id)
        decline_return(cast.seller, return_.id, "One shirt only.")
        return escalate_return(cast.buyer, return_.id, "I sent two.")

    def test_what_came_is_paid_back_and_the_rest_stays_sold(
        self, cast: Cast, delivered: Order, one_of_two_came: Return
    ) -> None:
        line = delivered.lines.get()
        return_ = uphold_return(
            cast.operator, one_of_two_came.id, "The scales say one.", {line.id: 1}, rest_is_at_shop=False
        )
        assert (return_.state, return_.refunded_idr) == ("refunded", 50_000)
        delivered.refresh_from_db()
        line.refresh_from_db()
        assert (delivered.state, delivered.escrow_idr, line.refunded_quantity) == ("delivered", 65_000, 1)
        assert Commission.objects.get().amount_idr == 5_000
        confirm_receipt(cast.buyer, delivered.id)

    def test_what_came_and_is_not_at_fault_the_shop_sends_again(
        self, cast: Cast, delivered: Order, one_of_two_came: Return
    ) -> None:
        """Who paid for it and sent it would else have neither."""
        upheld = uphold_return(cast.operator, one_of_two_came.id, "One is sound.", {delivered.lines.get().id: 1})
        rest = Return.objects.get(rest_of=upheld)
        delivered.refresh_from_db()
        assert (rest.state, rest.lines.get().quantity, rest.has_left_buyer) == ("send_again", 1, True)
        assert (rest.events.get().actor, rest.events.get().words) == (cast.operator, "One is sound.")
        assert delivered.open_return_id == rest.id
        assert rest.act_by
        with clock.stopped_at(rest.act_by + timedelta(seconds=1)):
            run_due_clocks()
        delivered.refresh_from_db()
        assert (delivered.state, delivered.refunded_idr) == ("refunded", 115_000)

    def test_goods_that_never_left_the_buyer_are_theirs(self, cast: Cast, delivered: Order, ask: Ask) -> None:
        return_ = ask(2, goods_come_back=False)
        decline_return(cast.seller, return_.id, "No.")
        escalate_return(cast.buyer, return_.id, "Yes.")
        uphold_return(cast.operator, return_.id, "One.", {delivered.lines.get().id: 1})
        assert Return.objects.get().state == "refunded"
        assert Order.objects.get(id=delivered.id).open_return_id is None

    @pytest.mark.parametrize("pieces", [0, 3])
    def test_none_or_more_than_asked_for_is_no_part(
        self, cast: Cast, delivered: Order, one_of_two_came: Return, pieces: int
    ) -> None:
        with refused(ReturnQuantityRefused):
            uphold_return(cast.operator, one_of_two_came.id, "No.", {delivered.lines.get().id: pieces})
        assert Return.objects.get().state == "escalated"

    def test_not_of_other_goods(self, cast: Cast, one_of_two_came: Return) -> None:
        with refused(ReturnQuantityRefused):
            uphold_return(cast.operator, one_of_two_came.id, "No.", {new_id(): 1})

    def test_not_while_the_goods_are_still_to_be_sent(self, cast: Cast, delivered: Order, ask: Ask) -> None:
        return_ = ask(2)
        decline_return(cast.seller, return_.id, "No.")
        escalate_return(cast.buyer, return_.id, "Yes.")
        with refused(ReturnQuantityRefused):
            uphold_return(cast.operator, return_.id, "One.", {delivered.lines.get().id: 1})
