"""A payment in dispute, told and asked about in a word; for the tests of disputes."""

from lapak.flows.receive_dispute import receive_dispute
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payments.models import PaymentIntent
from lapak.money.payments.rules import DisputeOutcome
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import paid_order
from lapak.testing.market import dispute_report
from lapak.trade.orders.models import Order


def intent_of(order: Order) -> PaymentIntent:
    return PaymentIntent.objects.get(pays_for=order.purchase_id)


def tell(
    order: Order,
    status: str = "opened",
    amount_idr: int | None = None,
    reference: str = "dp1",
    *,
    fee_idr: int | None = None,
) -> DisputeOutcome:
    intent = intent_of(order)
    report = dispute_report(intent, amount_idr, status, reference=reference, fee_idr=fee_idr)
    return receive_dispute(report, intent.provider)


def again(order: Order) -> Order:
    return Order.objects.select_related("shop").get(id=order.id)


def paid(cast: Cast) -> Order:
    return paid_order(cast, (stocked_variant(cast.shop), 1))


def balance(kind: AccountKind, owner: object = "sandbox") -> int:
    return balance_idr(AccountKey(kind, str(owner)))
