"""Reading payments."""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db.models import F, Q, QuerySet, Sum

from lapak.lib import clock
from lapak.money.gateways.registry import refunds_at
from lapak.money.payments.errors import DisputeNotFound, IntentNotFound
from lapak.money.payments.models import Dispute, DisputeShare, PaymentIntent, Refund, UnexplainedReceipt
from lapak.money.payments.rules import UNDECIDED, DisputeState, RefundState
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk

_LOST_MORE = Q(status=DisputeState.LOST, unexplained_idr__gt=0)
"""The bank gave more than was owed then: what comes to be owed of the payment the buyer has already."""

_WAITS_FOR_DISPUTE = Q(
    status=RefundState.OWED,
    intent__in=Dispute.objects.filter(Q(status__in=UNDECIDED) | _LOST_MORE).values("intent"),
)
"""The buyer's bank is, or may be, giving them this very money: it is not sent until that is decided, and set off."""


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


def waits_for_dispute(refund_id: uuid.UUID) -> bool:
    """Whether the refund, which nobody is known to have sent, is not to be sent now, as its payment is in dispute."""
    return Refund.objects.filter(_WAITS_FOR_DISPUTE, id=refund_id).exists()


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
    """The buyer's refunds, the newest first; not those replaced by another, which is the same buyer's."""
    of_buyer = Refund.objects.filter(buyer_id=buyer_id)
    replaced = of_buyer.filter(instead_of__isnull=False).values("instead_of")
    return of_buyer.exclude(id__in=replaced).order_by("-owed_at", "-id")


def refunds_that_wait() -> QuerySet[Refund]:
    """What is owed to buyers or on its way to them, the oldest first."""
    return Refund.objects.filter(status__in=[RefundState.OWED, RefundState.SENT]).order_by("owed_at")


def bank_refunds_owed(buyer_ids: Collection[uuid.UUID] | None = None) -> QuerySet[Refund]:
    """Refunds that wait for a payout to their buyer's bank account, the oldest first; not those of a disputed payment."""
    owed = Refund.objects.filter(route=Refund.Route.BANK, status=RefundState.OWED).exclude(_WAITS_FOR_DISPUTE)
    owed = owed.order_by("owed_at", "id")
    return owed if buyer_ids is None else owed.filter(buyer_id__in=buyer_ids)


def goes_back_until(intent_id: uuid.UUID) -> datetime | None:
    """Until when the gateway that brought the attempt's money can give it back; None when it never can, or brought none."""
    intent = PaymentIntent.objects.select_related("receipt").get(id=intent_id)
    receipt = getattr(intent, "receipt", None)
    came_at = intent.paid_at or (receipt and receipt.received_at)
    gateway = refunds_at(intent.provider)
    return came_at + gateway.possible_for(intent.method) if gateway and came_at else None


def receipt_of(intent_id: uuid.UUID) -> UnexplainedReceipt | None:
    """What came for the attempt in another amount than asked, decided or not; None when nothing did."""
    return UnexplainedReceipt.objects.filter(intent=intent_id).first()


def unexplained_receipts() -> QuerySet[UnexplainedReceipt]:
    """Money that came in another amount than asked, and of which nobody has said what becomes of it."""
    return UnexplainedReceipt.objects.filter(resolution="").select_related("intent").order_by("received_at")


def disputes_to_ask_about() -> QuerySet[Dispute]:
    """Disputes whose provider is to be asked now what became of them."""
    return Dispute.objects.filter(ask_at__lte=clock.now()).order_by("ask_at")


def disputes_to_send() -> QuerySet[Dispute]:
    """Disputes whose answer the provider does not have yet."""
    answered = Dispute.objects.filter(answered_at__isnull=False, evidence_sent_at=None, ended_at=None, concession="")
    return answered.order_by("answered_at")


def undecided_disputes() -> QuerySet[Dispute]:
    """Disputes that are not decided, what has to be answered first."""
    return Dispute.objects.filter(ended_at=None).order_by("answer_by", "id")


def unexplained_disputes() -> QuerySet[Dispute]:
    """Lost disputes of which nobody has said who bears what no order and no refund still had, the oldest first."""
    return Dispute.objects.filter(unexplained_idr__gt=0, resolved_at=None).order_by("ended_at", "id")


def disputes_to_set_off() -> QuerySet[Dispute]:
    """Lost disputes that left something which nobody still had, and of whose payment something is owed now."""
    owed = Refund.objects.filter(status=RefundState.OWED, intent__isnull=False, asked_at=None).values("intent")
    return Dispute.objects.filter(_LOST_MORE, intent__in=owed).order_by("ended_at")


def is_lost_to_bank(intent_id: uuid.UUID) -> bool:
    """Whether the bank took the payment back for good before it was told, or taken for one."""
    return Dispute.objects.filter(_LOST_MORE, intent=intent_id).exists()


def late_wins() -> QuerySet[Dispute]:
    """Lost disputes whose money came all the same, and of which nobody has said whose it is, the oldest first."""
    return Dispute.objects.filter(late_win__resolution="").order_by("late_win__came_at", "id")


def disputes_for_a_person() -> QuerySet[Dispute]:
    """What the operator has to answer, or to say who bears it, or whose it is."""
    to_answer = Q(answered_at=None, ended_at=None)
    return Dispute.objects.filter(to_answer | Q(unexplained_idr__gt=0, resolved_at=None) | Q(late_win__resolution=""))


def dispute_for_operator(by: User, dispute_id: uuid.UUID) -> Dispute:
    """The dispute with its payment; `DisputeNotFound` for anyone but the operator."""
    require_desk(by, Desk.DISPUTES, DisputeNotFound)
    found = Dispute.objects.filter(id=dispute_id).select_related("intent").first()
    if found is None:
        raise DisputeNotFound
    return found


def disputes_of_order(order_id: uuid.UUID) -> QuerySet[DisputeShare]:
    """What of each dispute is about the order, the newest first."""
    return (
        DisputeShare.objects.filter(order_id=order_id).select_related("dispute").order_by("-dispute__opened_at", "-id")
    )


def parts_of_dispute(dispute: Dispute) -> QuerySet[DisputeShare]:
    """What of the dispute is about which order, in the orders' order; those of which it is about something."""
    return dispute.shares.filter(amount_idr__gt=0).order_by("order_id")


def was_touched_since(order_id: uuid.UUID, dispute: Dispute, moment: datetime) -> bool:
    """Whether goods of the order went back, or another dispute of it was lost, since the (lost) dispute was."""
    lost = DisputeShare.objects.filter(order_id=order_id, dispute__status=DisputeState.LOST).exclude(dispute=dispute)
    returned = Refund.objects.filter(order_id=order_id, return_id__isnull=False, owed_at__gte=moment)
    return returned.exists() or lost.filter(dispute__ended_at__gte=moment).exists()


def lost_to_bank_idr(order_id: uuid.UUID) -> int:
    """What of the order, goods and shipping, its buyer's bank has taken for good."""
    lost = DisputeShare.objects.filter(order_id=order_id)
    idr: int = lost.aggregate(idr=Sum(F("lost_goods_idr") + F("lost_shipping_idr"), default=0))["idr"]
    return idr
