"""The silence of a provider is never believed: it is asked. Each of these speaks over the network, in no transaction."""

import uuid

from django.db import transaction

from lapak.flows.cancel_order import cancel_unpaid_purchase
from lapak.flows.pay_out import receive_disbursement
from lapak.flows.receive_payment import receive_payment
from lapak.lib import clock
from lapak.money.gateways.errors import GatewayTrouble
from lapak.money.gateways.registry import charges_at, disbursements_at
from lapak.money.payments.commands import note_asked
from lapak.money.payments.models import PaymentIntent
from lapak.money.payments.queries import attempts_to_pay
from lapak.money.payments.rules import GRACE, WAITS_FOR_PROVIDER, Outcome, Status
from lapak.money.payouts.commands import note_payout_asked
from lapak.money.payouts.models import Payout
from lapak.money.payouts.rules import Outcome as PayoutOutcome
from lapak.trade.orders.models import Purchase


def ask_about_payment(intent_id: uuid.UUID) -> Outcome:
    """What the provider says of the attempt is true here; one that is over is also ended there, so that nobody pays it any
    more. `GatewayUnavailable`, `GatewayRefused`."""
    with transaction.atomic(durable=True):
        intent = PaymentIntent.objects.get(id=intent_id)
    if not intent.provider_reference:  # nobody has ever seen its code
        return Outcome.NOTHING_NEW
    charges = charges_at(intent.provider)
    is_over = intent.status != Status.PENDING or intent.expires_at + GRACE <= clock.now()
    report = (charges.expire if is_over else charges.status)(intent.id, intent.provider_reference)
    outcome = receive_payment(report, intent.provider)
    note_asked(intent_id)
    return outcome


def expire_or_take(purchase_id: uuid.UUID, reason: str) -> None:
    """The purchase's time is over: it is cancelled, unless its provider knows of a payment, which then counts.

    Refuses (`OrderMoved`) what was paid. While the provider does not say (`GatewayTrouble`) the goods stay held,
    for an hour at most: then a payment that comes to light is refunded.
    """
    pay_by = Purchase.objects.values_list("pay_by", flat=True).get(id=purchase_id)
    for intent in list(attempts_to_pay(purchase_id).filter(status=Status.PENDING)):
        try:
            ask_about_payment(intent.id)
        except GatewayTrouble:
            if clock.now() < pay_by + WAITS_FOR_PROVIDER:
                raise
    cancel_unpaid_purchase(None, purchase_id, reason)


def ask_about_payout(payout_id: uuid.UUID) -> PayoutOutcome:
    """What the provider says of the payout is true here. `GatewayUnavailable`, `GatewayRefused`; `UnknownGateway` of a
    bank file, which answers nothing."""
    with transaction.atomic(durable=True):
        payout = Payout.objects.select_related("batch").get(id=payout_id)
    provider = payout.batch.provider
    outcome = receive_disbursement(disbursements_at(provider).status(payout.id), provider)
    note_payout_asked(payout_id)
    return outcome
