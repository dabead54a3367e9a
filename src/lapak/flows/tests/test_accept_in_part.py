"""A shop takes some of the pieces of a return back: those are refunded, the others are a return of their own."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest

from lapak.flows.clocks import run_due_clocks
from lapak.flows.refund_return import accept_in_part, accept_return, approve_return, uphold_return
from lapak.flows.ship_order import confirm_receipt
from lapak.flows.tests.disputed import again
from lapak.goods.catalogue.models import Stock
from lapak.lib import clock
from lapak.money.payments.models import Refund
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import asked_return, delivered_order, tracking_number
from lapak.testing.refused import refused
from lapak.trade.orders.errors import OrderNotFound
from lapak.trade.orders.models import Order
from lapak.trade.returns.asking import escalate_return, withdraw_return
from lapak.trade.returns.deciding import dismiss_return
from lapak.trade.returns.errors import ReturnLate, ReturnMoved, ReturnQuantityRefused, WordsRefused
from lapak.trade.returns.models import Return
from lapak.trade.returns.sending import receive_return, send_again, send_back

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("everyone_has_what_is_theirs")]

WORN = "One of them is worn."


@pytest.fixture
def order(cast: Cast) -> Order:
    """Three shirts at 33,333, in the buyer's hands."""
    return delivered_order(cast, (stocked_variant(cast.shop, price_idr=33_333), 3))


@pytest.fixture
def arrived(cast: Cast, order: Order) -> Return:
    return_ = asked_return(cast, order, 3)
    approve_return(cast.seller, return_.id)
    send_back(cast.buyer, return_.id, "JNE", tracking_number())
    return receive_return(cast.seller, return_.id)


def pieces_of(return_: Return, pieces: int) -> dict[uuid.UUID, int]:
    return {return_.lines.get().line_id: pieces}


def in_part(cast: Cast, return_: Return, pieces: int = 2, resellable: int = 0) -> Return:
    shelf = pieces_of(return_, resellable) if resellable else None
    return accept_in_part(cast.seller, return_.id, pieces_of(return_, pieces), WORN, shelf)


class TestWhatCameBack:
    def test_some_are_refunded_and_the_rest_is_declined(self, cast: Cast, order: Order, arrived: Return) -> None:
        rest = in_part(cast, arrived, resellable=1)
        arrived.refresh_from_db()
        assert (arrived.state, arrived.refunded_goods_idr) == ("refunded", 66_666)
        assert Refund.objects.get().amount_idr == 66_666
        assert (rest.state, rest.rest_of, rest.lines.get().quantity) == ("declined", arrived, 1)
        assert (rest.has_left_buyer, rest.tracking_number) == (True, arrived.tracking_number)
        event = rest.events.get()
        assert (event.actor, event.words, event.deadline) == (cast.seller, WORN, rest.act_by)
        assert again(order).open_return_id == rest.id
        assert Stock.objects.get(variant=order.lines.get().variant).on_hand == 10 - 3 + 1

    def test_the_buyer_may_take_the_rest_to_the_operator(self, cast: Cast, order: Order, arrived: Return) -> None:
        rest = escalate_return(cast.buyer, in_part(cast, arrived).id, "It was new.")
        uphold_return(cast.operator, rest.id, "It was.")
        assert again(order).state == "refunded"
        assert sum(Refund.objects.values_list("amount_idr", flat=True)) == order.total_idr

    def test_or_it_is_with_the_operator_by_itself_and_sent_again(
        self, cast: Cast, order: Order, arrived: Return
    ) -> None:
        rest = in_part(cast, arrived)
        assert rest.act_by
        with clock.stopped_at(rest.act_by + timedelta(seconds=1)):
            run_due_clocks()
            dismiss_return(cast.operator, rest.id, "It is worn.")
            send_again(cast.seller, rest.id, "JNE", tracking_number())
            withdraw_return(cast.buyer, rest.id)
            confirm_receipt(cast.buyer, order.id)
        assert again(order).refunded_goods_idr == 66_666

    def test_the_shop_may_think_better_of_it(self, cast: Cast, order: Order, arrived: Return) -> None:
        approve_return(cast.seller, in_part(cast, arrived).id)
        assert again(order).state == "refunded"

    def test_piece_by_piece(self, cast: Cast, arrived: Return) -> None:
        rest = in_part(cast, in_part(cast, arrived, 1), 1)
        assert (rest.lines.get().quantity, rest.state) == (1, "declined")
        assert sum(Refund.objects.values_list("amount_idr", flat=True)) == 66_666


def test_where_no_goods_come_back(cast: Cast, order: Order) -> None:
    return_ = asked_return(cast, order, 3, goods_come_back=False)
    rest = in_part(cast, return_)
    assert (Refund.objects.get().amount_idr, rest.state, rest.has_left_buyer) == (66_666, "declined", False)
    assert rest.act_by
    with clock.stopped_at(rest.act_by + timedelta(seconds=1)):
        run_due_clocks()
    assert Return.objects.get(id=rest.id).state == "closed"


class TestRefused:
    def test_for_others_without_words_or_the_right_pieces(self, cast: Cast, arrived: Return) -> None:
        for who in (cast.buyer, cast.stranger, cast.operator):
            with refused(OrderNotFound):
                accept_in_part(who, arrived.id, pieces_of(arrived, 2), WORN)
        with refused(WordsRefused):
            accept_in_part(cast.seller, arrived.id, pieces_of(arrived, 2), " ")
        for pieces in (0, 3, 4, -1):
            with refused(ReturnQuantityRefused):
                accept_in_part(cast.seller, arrived.id, pieces_of(arrived, pieces), WORN)
        shelf = pieces_of(arrived, 3)
        with refused(ReturnQuantityRefused):
            accept_in_part(cast.seller, arrived.id, pieces_of(arrived, 2), WORN, shelf)

    @pytest.mark.parametrize("bring", [lambda c, r: approve_return(c.seller, r.id), lambda _c, _r: None])
    def test_while_goods_are_to_come(self, cast: Cast, order: Order, bring: Callable[[Cast, Return], object]) -> None:
        return_ = asked_return(cast, order, 3)
        bring(cast, return_)
        with refused(ReturnMoved):
            accept_in_part(cast.seller, return_.id, pieces_of(return_, 2), WORN)

    def test_too_late(self, cast: Cast, arrived: Return) -> None:
        assert arrived.act_by
        with clock.stopped_at(arrived.act_by + timedelta(seconds=1)), refused(ReturnLate):
            accept_in_part(cast.seller, arrived.id, pieces_of(arrived, 2), WORN)

    def test_what_is_over(self, cast: Cast, arrived: Return) -> None:
        accept_return(cast.seller, arrived.id)
        with refused(ReturnMoved):
            accept_in_part(cast.seller, arrived.id, pieces_of(arrived, 2), WORN)
