"""Who is told what of an order's way: the one who waits, and the one who has to act, by when."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils.translation import override

from lapak.flows.cancel_order import (
    agree_to_cancel,
    cancel_late_order,
    cancel_paid_order,
    cancel_unpaid_purchase,
)
from lapak.flows.clocks import UNPAID
from lapak.flows.receive_dispute import receive_dispute
from lapak.flows.ship_order import confirm_receipt, decide_fate, deliver_order
from lapak.flows.tell_people.of_orders import TOLD_OF_KINDS, TOLD_OF_MOVES
from lapak.flows.tests.told import facts_of, notice_of, tell_all
from lapak.lib import clock
from lapak.money.payments.models import PaymentIntent
from lapak.people.notices.models import Notice
from lapak.people.notices.words import words_of
from lapak.people.shops.models import Member
from lapak.people.users.models import User
from lapak.testing.cast import Cast
from lapak.testing.market import dispute_report
from lapak.trade.orders.cancelling import ask_to_cancel, decline_to_cancel
from lapak.trade.orders.commands import claim_not_arrived
from lapak.trade.orders.models import Order, OrderEvent
from lapak.trade.orders.reasons import BUYERS, SHOPS
from lapak.trade.orders.rules import State

pytestmark = pytest.mark.django_db

Pay = Callable[..., str]


def test_every_state_and_every_kind_of_event_has_been_thought_of() -> None:
    assert set(TOLD_OF_MOVES) == set(State)
    assert set(TOLD_OF_KINDS) == set(OrderEvent.Kind) - {OrderEvent.Kind.MOVED}


def test_placing_tells_nobody(cast: Cast, placed: Order) -> None:
    tell_all()
    assert not Notice.objects.exists()


def test_paid(cast: Cast, paid: Order) -> None:
    assert facts_of(cast.buyer) == ["order_paid"]
    assert facts_of(cast.seller) == ["new_order"]
    assert facts_of(cast.stranger) == facts_of(cast.operator) == facts_of(cast.creator_user) == []
    assert notice_of(cast.seller, "new_order").deadline == paid.pack_by
    with override("id"):
        words = words_of(notice_of(cast.seller, "new_order"))
    assert words.says == f"Pesanan baru {paid.number}"
    assert words.path == f"/sell/batik-sekar/orders/{paid.id}"


def test_all_who_work_in_the_shop_are_told_but_not_those_whose_account_is_closed(cast: Cast, paid: Order) -> None:
    helper, gone = (User.objects.create_user(f"{name}@example.com") for name in ("helper", "gone"))
    for user in (helper, gone):
        Member.objects.create(shop=cast.shop, user=user, role=Member.Role.ORDERS)
    User.objects.filter(id=gone.id).update(is_active=False)

    assert facts_of(helper) == ["new_order"]
    assert facts_of(gone) == []


def test_on_its_way_and_said_to_have_arrived(cast: Cast, shipped: Order) -> None:
    order = deliver_order(order_id=shipped.id, by=None)

    assert facts_of(cast.buyer) == ["order_paid", "order_shipped", "order_delivered"]
    assert facts_of(cast.seller) == ["new_order"]
    assert notice_of(cast.buyer, "order_delivered").deadline == order.complete_at
    with override("en"):
        assert "JP" in words_of(notice_of(cast.buyer, "order_shipped")).more


def test_who_says_that_it_arrived_need_not_be_told(cast: Cast, shipped: Order) -> None:
    confirm_receipt(order_id=shipped.id, by=cast.buyer)
    assert facts_of(cast.buyer) == ["order_paid", "order_shipped", "review_asked"]


def test_not_paid_in_time_but_not_what_the_buyer_cancelled(cast: Cast, placed: Order) -> None:
    with clock.stopped_at(placed.pay_by + timedelta(hours=1)):
        cancel_unpaid_purchase(purchase_id=placed.purchase_id, by=None, reason=UNPAID)
    assert facts_of(cast.buyer) == ["order_not_paid"]
    assert facts_of(cast.seller) == []


def test_the_buyers_own_no_is_told_to_the_shop_alone(cast: Cast, paid: Order) -> None:
    cancel_paid_order(order_id=paid.id, by=cast.buyer, reason=BUYERS["address"][1])
    assert facts_of(cast.seller) == ["new_order", "buyer_cancelled"]
    assert "order_cancelled" not in facts_of(cast.buyer)
    with override("id"):
        assert words_of(notice_of(cast.seller, "buyer_cancelled")).more == "Pembeli perlu mengganti alamat."


def test_the_shops_no_is_told_to_the_buyer_with_its_reason(cast: Cast, paid: Order) -> None:
    cancel_paid_order(order_id=paid.id, by=cast.seller, reason=SHOPS["sold_out"])
    assert facts_of(cast.buyer) == ["order_paid", "order_cancelled", "refund_owed"]
    with override("en"):
        assert words_of(notice_of(cast.buyer, "order_cancelled")).more == "The goods are sold out."


def test_a_persons_own_words_are_read_on_the_page_alone(cast: Cast, paid: Order) -> None:
    cancel_paid_order(order_id=paid.id, by=cast.seller, reason="Sari of Jl. Melati 5 was rude")
    notice = notice_of(cast.buyer, "order_cancelled")
    assert words_of(notice).more == ""
    assert "Melati" not in str(notice.said)


def test_late_is_told_to_both(cast: Cast, paid: Order) -> None:
    with clock.stopped_at((paid.pack_by or clock.now()) + timedelta(minutes=1)):
        cancel_late_order(order_id=paid.id)
    assert facts_of(cast.seller) == ["new_order", "late_cancelled"]
    assert "order_cancelled" in facts_of(cast.buyer)


def test_a_wish_to_cancel_goes_to_the_shop_and_its_answer_back(cast: Cast, packed: Order) -> None:
    wish = ask_to_cancel(order_id=packed.id, by=cast.buyer, reason=BUYERS["wrong"][1])
    assert notice_of(cast.seller, "cancel_asked").deadline == (wish.cancel_asked_at or clock.now()) + timedelta(
        hours=48
    )
    decline_to_cancel(order_id=packed.id, by=cast.seller)
    assert facts_of(cast.buyer) == ["order_paid", "cancel_declined"]


def test_a_wish_that_is_granted(cast: Cast, packed: Order) -> None:
    ask_to_cancel(order_id=packed.id, by=cast.buyer, reason="")
    agree_to_cancel(order_id=packed.id, by=cast.seller)
    assert facts_of(cast.buyer) == ["order_paid", "order_cancelled", "refund_owed"]
    assert facts_of(cast.seller) == ["new_order", "cancel_asked"]


class TestNotArrived:
    @pytest.fixture
    def missing(self, cast: Cast, shipped: Order) -> Order:
        with clock.stopped_at((shipped.arrive_by or clock.now()) + timedelta(hours=1)):
            return claim_not_arrived(order_id=shipped.id, by=cast.buyer)

    def test_it_is_told_to_the_shop_and_is_a_case_for_the_operator(self, cast: Cast, missing: Order) -> None:
        assert facts_of(cast.seller) == ["new_order", "not_arrived"]
        assert facts_of(cast.operator) == ["case_parcel"]
        case = notice_of(cast.operator, "case_parcel")
        assert case.deadline == missing.decide_by
        assert words_of(case).path == f"/staff/return-desk/parcels/{missing.id}"

    def test_without_an_operator_everybody_else_is_told_all_the_same(self, cast: Cast, missing: Order) -> None:
        User.objects.filter(id=cast.operator.id).update(is_active=False)
        assert facts_of(cast.seller) == ["new_order", "not_arrived"]

    def test_lost(self, cast: Cast, missing: Order) -> None:
        with clock.stopped_at((missing.arrive_by or clock.now()) + timedelta(hours=2)):
            decide_fate(order_id=missing.id, by=cast.operator, fate="lost", words="The courier has lost it.")
        assert facts_of(cast.seller)[-1] == "parcel_lost"
        assert facts_of(cast.buyer)[-1] == "refund_needs_account"


class TestDispute:
    def test_opened_and_won(self, cast: Cast, paid: Order) -> None:
        intent = PaymentIntent.objects.get(pays_for=paid.purchase_id)
        receive_dispute(dispute_report(intent, reference="d1"), intent.provider)
        receive_dispute(dispute_report(intent, status="won", reference="d1"), intent.provider)
        assert facts_of(cast.seller) == ["new_order", "dispute_opened", "dispute_won"]
        assert facts_of(cast.buyer) == ["order_paid"]

    def test_lost(self, cast: Cast, shipped: Order) -> None:
        intent = PaymentIntent.objects.get(pays_for=shipped.purchase_id)
        receive_dispute(dispute_report(intent, reference="d1"), intent.provider)
        receive_dispute(dispute_report(intent, status="lost", reference="d1"), intent.provider)
        assert facts_of(cast.seller)[-1] == "dispute_lost"
        assert "refund_arrived" not in facts_of(cast.buyer)  # their bank tells them
