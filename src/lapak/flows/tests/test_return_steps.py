"""A return from the wish to its end, step by step: who may take each, and what is refused."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from lapak.flows.refund_return import accept_return, approve_return, uphold_return
from lapak.flows.ship_order import confirm_receipt
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.lib.refusal import Refusal
from lapak.people.users.models import User
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import delivered_order, paid_order
from lapak.testing.refused import refused
from lapak.trade.orders.errors import OrderNotFound, ReturnOpen
from lapak.trade.orders.models import Order
from lapak.trade.returns import asking, deciding, sending
from lapak.trade.returns.errors import (
    CourierMissing,
    GoodsOnTheWay,
    ReturnMoved,
    ReturnOutOfTime,
    ReturnQuantityRefused,
    WordsRefused,
)
from lapak.trade.returns.models import Return, ReturnEvent
from lapak.trade.returns.queries import return_for_buyer, return_for_seller
from lapak.trade.shipping.errors import TrackingNumberMalformed

pytestmark = pytest.mark.django_db

Ask = Callable[..., Return]


def steps(return_: Return) -> list[tuple[str, User | None]]:
    return [(event.to_state, event.actor) for event in return_.events.order_by("happened_at", "id")]


class TestAsking:
    def test_it_waits_two_days_for_the_shop(self, cast: Cast, ask: Ask) -> None:
        return_ = ask()
        assert (return_.state, return_.words, return_.goods_come_back) == ("asked", "A seam is open.", True)
        assert return_.act_by == return_.asked_at + timedelta(days=2)
        assert [(row.line.title, row.quantity) for row in return_.lines.all()] == [("Kemeja Batik Kawung", 1)]
        assert steps(return_) == [("asked", cast.buyer)]

    def test_missing_goods_are_not_sent_back(self, ask: Ask) -> None:
        assert not ask(reason="missing", goods_come_back=True).goods_come_back

    @pytest.mark.parametrize("pieces", [-1, 0, 3])
    def test_pieces_that_are_not_there(self, ask: Ask, pieces: int) -> None:
        with refused(ReturnQuantityRefused):
            ask(pieces)

    @pytest.mark.parametrize(
        ("change", "refusal"),
        [
            ({"quantities": {}}, ReturnQuantityRefused),
            ({"quantities": {new_id(): 1}}, ReturnQuantityRefused),
            ({"reason": "bored"}, WordsRefused),
            ({"words": "  "}, WordsRefused),
            ({"words": "x" * 1001}, WordsRefused),
        ],
    )
    def test_what_cannot_be_meant(
        self, cast: Cast, delivered: Order, change: dict[str, Any], refusal: type[Refusal]
    ) -> None:
        wish = {
            "quantities": {delivered.lines.get().id: 1},
            "reason": "faulty",
            "words": "It is torn.",
            "goods_come_back": True,
        }
        with refused(refusal):
            asking.ask_for_return(cast.buyer, delivered.id, **{**wish, **change})

    def test_another_orders_goods(self, cast: Cast, delivered: Order) -> None:
        other = delivered_order(cast, (stocked_variant(cast.shop), 1))
        with refused(ReturnQuantityRefused):
            asking.ask_for_return(
                cast.buyer,
                delivered.id,
                quantities={delivered.lines.get().id: 1, other.lines.get().id: 1},
                reason="faulty",
                words="It is torn.",
                goods_come_back=True,
            )

    def test_a_second_while_one_is_open(self, ask: Ask) -> None:
        ask()
        with refused(ReturnOpen):
            ask()

    def test_after_the_last_day(self, delivered: Order, ask: Ask) -> None:
        assert delivered.complete_at is not None
        with clock.stopped_at(delivered.complete_at + timedelta(seconds=1)), refused(ReturnOutOfTime):
            ask()
        with clock.stopped_at(delivered.complete_at):
            assert ask().state == "asked"

    def test_before_the_goods_arrive_and_after_the_buyer_is_content(self, cast: Cast, delivered: Order) -> None:
        confirm_receipt(cast.buyer, delivered.id)
        unsent = paid_order(cast, (stocked_variant(cast.shop), 1))
        for order, reason in ((delivered, "changed_mind"), (unsent, "faulty")):
            with refused(ReturnOutOfTime):
                asking.ask_for_return(
                    cast.buyer,
                    order.id,
                    quantities={order.lines.get().id: 1},
                    reason=reason,
                    words="It is torn.",
                    goods_come_back=True,
                )

    def test_of_anothers_order(self, cast: Cast, delivered: Order) -> None:
        for someone in (cast.stranger, cast.seller, cast.operator):
            with refused(OrderNotFound):
                asking.ask_for_return(
                    someone,
                    delivered.id,
                    quantities={delivered.lines.get().id: 1},
                    reason="faulty",
                    words="It is torn.",
                    goods_come_back=True,
                )


class TestTheOrderWaits:
    def test_it_cannot_complete_meanwhile(self, cast: Cast, delivered: Order, ask: Ask) -> None:
        return_ = ask()
        with refused(ReturnOpen):
            confirm_receipt(cast.buyer, delivered.id)
        asking.withdraw_return(cast.buyer, return_.id)
        assert confirm_receipt(cast.buyer, delivered.id).settled_at


class TestAllTheWay:
    def test_asked_approved_sent_arrived_accepted(self, cast: Cast, ask: Ask) -> None:
        return_ = ask()
        assert approve_return(cast.seller, return_.id).state == "approved"
        sent = sending.send_back(cast.buyer, return_.id, " JNE ", " jx0001234567 ")
        assert (sent.state, sent.courier, sent.tracking_number) == ("sent_back", "JNE", "JX0001234567")
        assert sending.receive_return(cast.seller, return_.id).state == "arrived"
        assert accept_return(cast.seller, return_.id).state == "refunded"
        assert steps(return_) == [
            ("asked", cast.buyer),
            ("approved", cast.seller),
            ("sent_back", cast.buyer),
            ("arrived", cast.seller),
            ("refunded", cast.seller),
        ]

    def test_the_shop_lets_the_buyer_keep_the_goods(self, cast: Cast, ask: Ask) -> None:
        return_ = approve_return(cast.seller, ask().id, waives_goods=True)
        assert (return_.state, return_.goods_come_back) == ("refunded", False)
        assert steps(return_)[-2:] == [("approved", cast.seller), ("refunded", cast.seller)]

    def test_declined_escalated_dismissed(self, cast: Cast, ask: Ask) -> None:
        return_ = deciding.decline_return(cast.seller, ask().id, "It was worn.")
        assert (return_.state, return_.events.latest("id").words) == ("declined", "It was worn.")
        assert asking.escalate_return(cast.buyer, return_.id, "It was not.").state == "escalated"
        dismissed = deciding.dismiss_return(cast.operator, return_.id, "The picture shows wear.")
        assert (dismissed.state, dismissed.refunded_idr, dismissed.act_by) == ("closed", 0, None)

    def test_declined_escalated_upheld(self, cast: Cast, ask: Ask) -> None:
        return_ = deciding.decline_return(cast.seller, ask().id, "It was worn.")
        asking.escalate_return(cast.buyer, return_.id, "It was not.")
        assert uphold_return(cast.operator, return_.id, "New is new.").state == "approved"
        assert return_.events.latest("id").words == "New is new."

    def test_what_came_back_is_declined_and_upheld_without_sending_it_again(self, cast: Cast, ask: Ask) -> None:
        return_ = ask()
        approve_return(cast.seller, return_.id)
        sending.send_back(cast.buyer, return_.id, "JNE", "JX0001234567")
        deciding.decline_return(cast.seller, return_.id, "Nothing came.")
        asking.escalate_return(cast.buyer, return_.id, "JNE says it did.")
        assert uphold_return(cast.operator, return_.id).state == "refunded"

    def test_the_shop_thinks_better_of_it(self, cast: Cast, ask: Ask) -> None:
        return_ = ask(goods_come_back=False)
        deciding.decline_return(cast.seller, return_.id, "No.")
        assert approve_return(cast.seller, return_.id).state == "refunded"


class TestRefused:
    def test_everyone_but_the_one_whose_turn_it_is(self, cast: Cast, ask: Ask) -> None:
        return_id = ask().id
        strangers = {cast.stranger, cast.creator_user}
        for someone in {*strangers, cast.buyer, cast.operator}:
            with refused(OrderNotFound):
                approve_return(someone, return_id)
            with refused(OrderNotFound):
                accept_return(someone, return_id)
            with refused(OrderNotFound):
                deciding.decline_return(someone, return_id, "No.")
            with refused(OrderNotFound):
                sending.receive_return(someone, return_id)
            with refused(OrderNotFound):
                sending.send_again(someone, return_id, "JNE", "JX0001234567")
        for someone in {*strangers, cast.seller, cast.operator}:
            with refused(OrderNotFound):
                asking.withdraw_return(someone, return_id)
            with refused(OrderNotFound):
                asking.escalate_return(someone, return_id, "Please.")
            with refused(OrderNotFound):
                sending.send_back(someone, return_id, "JNE", "JX0001234567")
        for someone in {*strangers, cast.seller, cast.buyer}:
            with refused(OrderNotFound):
                uphold_return(someone, return_id)
            with refused(OrderNotFound):
                deciding.dismiss_return(someone, return_id, "No.")

    def test_a_return_that_does_not_exist(self, cast: Cast) -> None:
        with refused(OrderNotFound):
            asking.withdraw_return(cast.buyer, new_id())

    def test_steps_out_of_turn(self, cast: Cast, ask: Ask) -> None:
        return_id = ask().id
        with refused(ReturnMoved):
            asking.escalate_return(cast.buyer, return_id, "Please.")
        with refused(ReturnMoved):
            sending.send_back(cast.buyer, return_id, "JNE", "JX0001234567")
        with refused(ReturnMoved):
            sending.receive_return(cast.seller, return_id)
        with refused(ReturnMoved):
            accept_return(cast.seller, return_id)
        with refused(ReturnMoved):
            uphold_return(cast.operator, return_id)
        with refused(ReturnMoved):
            deciding.dismiss_return(cast.operator, return_id, "No.")
        approve_return(cast.seller, return_id)
        with refused(ReturnMoved):
            approve_return(cast.seller, return_id)
        with refused(ReturnMoved):
            deciding.decline_return(cast.seller, return_id, "No.")
        with refused(ReturnMoved):
            accept_return(cast.seller, return_id)
        with refused(ReturnMoved):
            sending.send_again(cast.seller, return_id, "JNE", "JX0001234567")
        sending.send_back(cast.buyer, return_id, "JNE", "JX0001234567")
        with refused(GoodsOnTheWay):
            asking.withdraw_return(cast.buyer, return_id)

    @pytest.mark.parametrize("words", ["", "   ", "x" * 1001])
    def test_a_no_without_fit_words(self, cast: Cast, ask: Ask, words: str) -> None:
        return_id = ask().id
        with refused(WordsRefused):
            deciding.decline_return(cast.seller, return_id, words)
        deciding.decline_return(cast.seller, return_id, "No.")
        with refused(WordsRefused):
            asking.escalate_return(cast.buyer, return_id, words)
        asking.escalate_return(cast.buyer, return_id, "Please.")
        with refused(WordsRefused):
            deciding.dismiss_return(cast.operator, return_id, words)

    @pytest.mark.parametrize(
        ("courier", "number", "refusal"),
        [
            ("", "JX0001234567", CourierMissing),
            ("x" * 61, "JX0001234567", CourierMissing),
            ("JNE", "", TrackingNumberMalformed),
            ("JNE", "JX 00;DROP", TrackingNumberMalformed),
        ],
    )
    def test_a_parcel_nobody_can_trace(
        self, cast: Cast, ask: Ask, courier: str, number: str, refusal: type[Refusal]
    ) -> None:
        return_id = ask().id
        approve_return(cast.seller, return_id)
        with refused(refusal):
            sending.send_back(cast.buyer, return_id, courier, number)


class TestGates:
    def test_a_return_is_seen_by_its_two_sides_alone(self, cast: Cast, ask: Ask) -> None:
        return_ = ask()
        assert return_for_buyer(cast.buyer, return_.id) == return_for_seller(cast.seller, return_.id) == return_
        for someone in (cast.stranger, cast.seller):
            with refused(OrderNotFound):
                return_for_buyer(someone, return_.id)
        for someone in (cast.stranger, cast.buyer):
            with refused(OrderNotFound):
                return_for_seller(someone, return_.id)


def test_the_database_refuses_to_rewrite_a_returns_events(ask: Ask) -> None:
    return_ = ask()
    for act in (lambda: return_.events.update(words="never said"), lambda: return_.events.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()
    assert ReturnEvent.objects.get().words == ""
