"""What waits on the operator's desks."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from lapak.flows.models import StuckAct
from lapak.flows.tell_people.readers import readers_of, when
from lapak.lib.ids import derived_id
from lapak.money.payments.models import Dispute, UnexplainedReceipt
from lapak.money.payments.rules import DisputeState
from lapak.people.notices.commands import Telling

STUCK_FOR = timedelta(hours=1)
"""What cannot be done for so long has been tried some six times: it will not pass by itself."""

WRITTEN_WITHIN = timedelta(minutes=16)
"""After so long whoever wrote a row has committed it, or was ended (`transaction_timeout`, config/settings.py)."""

SOON = timedelta(hours=24)


def of_new_disputes(since: datetime, until: datetime) -> Iterator[Telling]:
    """Disputes that we heard of then, and that are not decided."""
    for dispute in Dispute.objects.filter(ended_at=None, opened_at__gt=since, opened_at__lte=until).order_by("id"):
        yield from _to_operators(
            "case_dispute", _of_dispute(dispute), when(dispute.id, dispute.opened_at, dispute.answer_by)
        )


def of_disputes_due(since: datetime, until: datetime) -> Iterator[Telling]:
    """Disputes that nobody has answered, whose last moment for it lies there."""
    waiting = Dispute.objects.filter(ended_at=None, status=DisputeState.OPENED)
    for dispute in waiting.filter(answer_by__gt=since, answer_by__lte=until).order_by("id"):
        told = when(dispute.id, dispute.answer_by - SOON, dispute.answer_by)
        yield from _to_operators("case_dispute_soon", _of_dispute(dispute), told)


def of_receipts(since: datetime, until: datetime) -> Iterator[Telling]:
    """Money that came then, and of which nobody has said what becomes of it."""
    unexplained = UnexplainedReceipt.objects.filter(resolved_at=None, received_at__gt=since, received_at__lte=until)
    for receipt in unexplained.order_by("received_at"):
        said = {"amount_idr": receipt.amount_idr}
        yield from _to_operators("case_receipt", said, when(receipt.intent_id, receipt.received_at))


def of_stuck_acts(since: datetime, until: datetime) -> Iterator[Telling]:
    """What could not be done then for the first time, and still cannot: told once a kind and day, for a machine that is
    away keeps thousands from being done."""
    stuck = StuckAct.objects.filter(first_failed_at__gt=since, first_failed_at__lte=until).order_by("first_failed_at")
    for name, first in dict(stuck.values_list("act", "first_failed_at").reverse()).items():
        about: uuid.UUID = derived_id("stuck", name, first.date())
        yield from _to_operators("case_stuck", {}, when(about, first))


def _of_dispute(dispute: Dispute) -> dict[str, Any]:
    return {"amount_idr": dispute.amount_idr, "dispute_id": str(dispute.id)}


def _to_operators(fact: str, said: dict[str, Any], told: dict[str, Any]) -> Iterator[Telling]:
    return readers_of([]).tell_operators(fact, said, **told)
