"""Every change of a refund: money owed back to a buyer, until it is with them again."""

import uuid

from lapak.lib import clock
from lapak.money.payments.models import Refund


def owe_refund(
    *,
    buyer_id: uuid.UUID,
    amount_idr: int,
    reason: str,
    order_id: uuid.UUID | None = None,
    return_id: uuid.UUID | None = None,
    intent_id: uuid.UUID | None = None,
) -> Refund:
    """The buyer is owed so much, for this order, return or attempt (`intent_id`: the one that brought the money).

    Belongs into the transaction that posts `… → buyer_refund_payable` of the buyer. `reason` is marked for translation.
    """
    return Refund.objects.create(
        buyer_id=buyer_id,
        order_id=order_id,
        return_id=return_id,
        intent_id=intent_id,
        amount_idr=amount_idr,
        route=Refund.Route.BANK,
        reason=reason,
        owed_at=clock.now(),
    )
