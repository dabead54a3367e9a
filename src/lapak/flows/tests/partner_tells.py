"""Of everyone.py: what the partner tells of an attempt to pay."""

from lapak.flows.receive_payment import receive_payment
from lapak.money.payments.models import PaymentIntent
from lapak.testing.market import Market, charge_report


def tell(market: Market, intent: PaymentIntent, pick: int) -> object:
    """Paid in most cases; expired, failed, too little, too much."""
    reports = [
        *[charge_report(intent)] * 4,
        charge_report(intent, "expired"),
        charge_report(intent, "failed"),
        charge_report(intent, amount_idr=max(1, intent.amount_idr // 2)),
        charge_report(intent, amount_idr=intent.amount_idr + 777),
    ]
    return receive_payment(reports[pick // 5 % len(reports)], intent.provider)
