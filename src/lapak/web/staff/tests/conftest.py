"""The operator, signed in, with something in every table."""

from datetime import timedelta

import pytest
from django.test import Client

from lapak.affiliates.models import Commission
from lapak.flows.cancel_order import cancel_paid_order
from lapak.flows.credit_creator import credit_creator
from lapak.flows.place_purchase import place_purchase
from lapak.flows.receive_dispute import receive_dispute
from lapak.flows.receive_payment import receive_payment
from lapak.flows.send_refund import receive_refund
from lapak.flows.ship_order import confirm_receipt, ship_order
from lapak.lib import clock
from lapak.money.gateways.contract import ChargeReport, ChargeStatus, RefundReport, RefundStatus
from lapak.money.payments.models import Dispute, PaymentIntent, Refund
from lapak.money.payouts.models import PayoutBatch
from lapak.testing.cast import Cast, asked_for, click_on, link_to, stocked_variant
from lapak.testing.histories import asked_return, delivered_order, paid_order, tracking_number
from lapak.testing.market import dispute_report
from lapak.testing.pressed import press
from lapak.trade.orders.commands import claim_not_arrived, pack_order
from lapak.trade.orders.models import Order
from lapak.trade.returns.asking import escalate_return
from lapak.trade.returns.deciding import decline_return
from lapak.trade.returns.models import Return

ATTACK = "<script>alert(1)</script>"


@pytest.fixture
def operator(client: Client, cast: Cast) -> Client:
    """The client, signed in as the operator."""
    client.force_login(cast.operator)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def settled(cast: Cast) -> Order:
    """The worked example, completed and its commission credited."""
    variant = stocked_variant(cast.shop)
    order = delivered_order(cast, (variant, 1), click=click_on(link_to(cast, variant.product)))
    order = confirm_receipt(cast.buyer, order.id)
    credit_creator(cast.creator.id)
    return order


@pytest.fixture
def returned(cast: Cast) -> Return:
    """Of another order, and to be answered."""
    return asked_return(cast, delivered_order(cast, (stocked_variant(cast.shop), 1)))


@pytest.fixture
def commission(settled: Order) -> Commission:
    return Commission.objects.get(order_id=settled.id)


@pytest.fixture
def receipt(cast: Cast) -> PaymentIntent:
    """Rp1.000 too little came for the worked example's purchase."""
    purchase_id = place_purchase(cast.buyer.id, asked_for(cast, (stocked_variant(cast.shop), 1)))
    intent = PaymentIntent.objects.get(pays_for=purchase_id)
    receive_payment(ChargeReport(intent.id, ChargeStatus.PAID, 114_000, 798, clock.now()), "sandbox")
    return intent


@pytest.fixture
def sent(operator: Client, settled: Order) -> PayoutBatch:
    press(operator, "/staff/payout-desk/send", {"provider": "bank_file"})
    return PayoutBatch.objects.get()


@pytest.fixture
def escalated(cast: Cast) -> Return:
    """Goods that never came, for Rp115.000 with the shipping."""
    order = delivered_order(cast, (stocked_variant(cast.shop), 1))
    return_ = asked_return(cast, order, reason="missing", words=f"An empty box. {ATTACK}", goods_come_back=False)
    decline_return(cast.seller, return_.id, "The courier weighed it.")
    return escalate_return(cast.buyer, return_.id, "It weighed nothing.")


@pytest.fixture
def overdue(cast: Cast) -> Order:
    """Its parcel has not arrived, and the operator is late to say what became of it."""
    order = paid_order(cast, (stocked_variant(cast.shop), 1))
    pack_order(cast.seller, order.id)
    ship_order(cast.seller, order.id, tracking_number())
    Order.objects.update(arrive_by=clock.now() - timedelta(days=16), decide_by=clock.now() - timedelta(days=1))
    return claim_not_arrived(cast.buyer, order.id)


@pytest.fixture
def refunded_before(cast: Cast) -> Dispute:
    """Lost, of a payment that had gone back already."""
    order = paid_order(cast, (stocked_variant(cast.shop), 1))
    cancel_paid_order(cast.buyer, order.id, "no")
    refund = Refund.objects.get(order_id=order.id)
    receive_refund(RefundReport(refund.id, RefundStatus.ARRIVED, refund.amount_idr, ""), "sandbox")
    intent = PaymentIntent.objects.get(pays_for=order.purchase_id)
    for status in ("opened", "lost"):
        receive_dispute(dispute_report(intent, status=status, reference="dp-before"), intent.provider)
    return Dispute.objects.get(intent=intent)


@pytest.fixture
def won_late(cast: Cast) -> Dispute:
    """Lost in part, won when its order had settled on what was left."""
    order = delivered_order(cast, (stocked_variant(cast.shop), 1))
    intent = PaymentIntent.objects.get(pays_for=order.purchase_id)
    receive_dispute(dispute_report(intent, 60_000, "lost", reference="dp-late"), intent.provider)
    confirm_receipt(cast.buyer, order.id)
    receive_dispute(dispute_report(intent, 60_000, "won", reference="dp-late"), intent.provider)
    return Dispute.objects.get(intent=intent)


@pytest.fixture
def disputed(cast: Cast) -> Dispute:
    """Of the worked example's order, which is with its buyer."""
    order = delivered_order(cast, (stocked_variant(cast.shop), 1))
    intent = PaymentIntent.objects.get(pays_for=order.purchase_id)
    receive_dispute(dispute_report(intent, reference="dp1"), intent.provider)
    return Dispute.objects.get(intent=intent)
