"""Reading payments."""

import uuid
from collections.abc import Collection

from django.db.models import Q, QuerySet, Sum

from lapak.lib import clock
from lapak.money.payments.errors import IntentNotFound
from lapak.money.payments.models import PaymentIntent, Refund, UnexplainedReceipt
from lapak.money.payments.rules import RefundState


def attempts_to_pay(purchase_id: uuid.UUID) -> QuerySet[PaymentIntent]:
    """Every attempt to pay for a purchase, the newest first."""
    return PaymentIntent.objects.filter(pays_for=purchase_id).order_by("-created_at", "-id")


def purchase_of_attempt(intent_id: uuid.UUID) -> uuid.UUID:
    """What the attempt pays for; `IntentNotFound` if there is none of this id."""
    found = PaymentIntent.objects.filter(id=intent_id).values_list("pays_for", flat=True).first()
    if found is None:
        raise IntentNotFound
    return found


def attempts_to_ask_about() -> QuerySet[PaymentIntent]:
    """Attempts whose provider is to be asked now what became of them."""
    return PaymentIntent.objects.filter(ask_at__lte=clock.now()).order_by("ask_at")


def refunds_to_ask_about() -> QuerySet[Refund]:
    """Refunds that are to be sent through their gateway now, or about which it is to be asked."""
    return Refund.objects.filter(ask_at__lte=clock.now()).order_by("ask_at")


def refunds_of_order(order_id: uuid.UUID, purchase_id: uuid.UUID) -> QuerySet[Refund]:
    """The order's refunds, and those of a whole payment of its purchase, the oldest first; not those replaced by another."""
    of_it = Q(order_id=order_id) | Q(order_id=None, intent__pays_for=purchase_id)
    return Refund.objects.filter(of_it, replaced_by=None).order_by("owed_at", "id")


def refunds_of_return(return_id: uuid.UUID) -> QuerySet[Refund]:
    """What the return paid back; not what another took the place of."""
    return Refund.objects.filter(return_id=return_id, replaced_by=None).order_by("owed_at", "id")


def owed_to_buyer_idr(buyer_id: uuid.UUID) -> dict[str, int]:
    """What the buyer is owed and nobody has sent yet, IDR, by the way it goes."""
    owed = Refund.objects.filter(buyer_id=buyer_id, status=RefundState.OWED)
    return dict(owed.values_list("route").annotate(Sum("amount_idr")))


def refunds_of_buyer(buyer_id: uuid.UUID) -> QuerySet[Refund]:
    """The buyer's refunds, the newest first; not those replaced by another."""
    return Refund.objects.filter(buyer_id=buyer_id, replaced_by=None).order_by("-owed_at", "-id")


def refunds_that_wait() -> QuerySet[Refund]:
    """What is owed to buyers or on its way to them, the oldest first."""
    return Refund.objects.filter(status__in=[RefundState.OWED, RefundState.SENT]).order_by("owed_at")


def bank_refunds_owed(buyer_ids: Collection[uuid.UUID] | None = None) -> QuerySet[Refund]:
    """Refunds that wait for a payout to their buyer's bank account, the oldest first."""
    owed = Refund.objects.filter(route=Refund.Route.BANK, status=RefundState.OWED).order_by("owed_at", "id")
    return owed if buyer_ids is None else owed.filter(buyer_id__in=buyer_ids)


def receipt_of(intent_id: uuid.UUID) -> UnexplainedReceipt | None:
    """What came for the attempt in another amount than asked, decided or not; None when nothing did."""
    return UnexplainedReceipt.objects.filter(intent=intent_id).first()


def unexplained_receipts() -> QuerySet[UnexplainedReceipt]:
    """Money that came in another amount than asked, and of which nobody has said what becomes of it."""
    return UnexplainedReceipt.objects.filter(resolution="").select_related("intent").order_by("received_at")
