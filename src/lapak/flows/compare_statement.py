"""What a partner says it holds for us, beside the books: each night, with a list of differences for the operator."""

from collections import Counter
from datetime import datetime, timedelta

import structlog

from lapak.flows.ask_provider import ask_about_payment
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.refusal import Refusal
from lapak.money.gateways.contract import MovementKind, StatementOfDays
from lapak.money.gateways.models import StatementDifference
from lapak.money.gateways.registry import GATEWAYS, unset
from lapak.money.ledger.models import AccountKind, Transfer
from lapak.money.ledger.transfers import AccountKey, TransferCode
from lapak.money.payments.models import PaymentIntent
from lapak.money.payments.rules import Status

COMPARED = timedelta(days=4)
"""How far back: over the longest holiday a night may fail."""

STILL_ON_ITS_WAY = timedelta(hours=1)
"""What is younger than this may be told any moment: it is no difference yet."""

TOLD_LATE = timedelta(days=1)
"""So much later than it happened there we may have booked a movement."""

LONGEST_REFERENCE = 64
"""What the list keeps of a partner's own word."""

OURS: dict[str, MovementKind] = {
    TransferCode.PAYMENT_RECEIVED: MovementKind.PAYMENT,
    TransferCode.LATE_PAYMENT_RECEIVED: MovementKind.PAYMENT,
    TransferCode.UNEXPLAINED_RECEIVED: MovementKind.PAYMENT,
    TransferCode.GATEWAY_CHARGE: MovementKind.FEE,
    TransferCode.REFUND_ARRIVED: MovementKind.REFUND,
    TransferCode.PAYOUT_CONFIRMED: MovementKind.DISBURSEMENT,
    TransferCode.PAYOUT_RETURNED: MovementKind.DISBURSEMENT_RETURN,
}
"""Which of our transfers a movement there stands for."""

Sums = Counter[tuple[str, str]]
"""By kind and reference, what moved (whole rupiah)."""

log = structlog.get_logger(__name__)


def compare_all_statements() -> None:
    """Every partner that has a statement is compared; one that does not answer tonight is compared tomorrow."""
    for gateway in GATEWAYS.values():
        if gateway.statement is None or unset(gateway):
            continue
        until = clock.now() - STILL_ON_ITS_WAY
        since = until - COMPARED
        try:
            statement = gateway.statement.between(since, until)
        except Refusal as refusal:
            log.warning("statement_not_there", provider=gateway.name, code=refusal.code)
            continue
        _take_what_was_not_told(statement)
        ours = _ours(gateway.name, since - TOLD_LATE, clock.now())
        expected = _ours(gateway.name, since + TOLD_LATE, until)
        keep_differences(gateway.name, _theirs(statement), ours, expected)


@act
def keep_differences(provider: str, theirs: Sums, ours: Sums, expected: Sums) -> None:
    """What differs now is listed, since when it was first found; what agrees is listed no more.

    `ours` reaches beyond the statement at both ends, as we are told later than things happen there; `expected` is what of
    ours must be in it.
    """
    differing = {key for key in {*theirs, *expected} if theirs[key] != ours[key]}
    for difference in StatementDifference.objects.filter(provider=provider):
        if (difference.kind, difference.reference) not in differing:
            difference.delete()
    for kind, reference in differing:
        StatementDifference.objects.update_or_create(
            provider=provider,
            kind=kind,
            reference=reference,
            defaults={"theirs_idr": theirs[kind, reference], "ours_idr": ours[kind, reference]},
            create_defaults={
                "theirs_idr": theirs[kind, reference],
                "ours_idr": ours[kind, reference],
                "found_at": clock.now(),
            },
        )


def _take_what_was_not_told(statement: StatementOfDays) -> None:
    """A payment there that is none here was never told: its provider is asked, and it is taken."""
    paid = [line.our_id for line in statement.movements if line.kind is MovementKind.PAYMENT and line.our_id]
    untold = PaymentIntent.objects.filter(id__in=paid, receipt=None).exclude(status=Status.PAID)
    for intent_id in untold.values_list("id", flat=True):
        try:
            ask_about_payment(intent_id)
        except Refusal as refusal:
            log.warning("untold_payment_not_taken", intent=str(intent_id), code=refusal.code)


def _theirs(statement: StatementOfDays) -> Sums:
    sums: Sums = Counter()
    for line in statement.movements:
        sums[line.kind.value, str(line.our_id or line.reference)[:LONGEST_REFERENCE]] += line.amount_idr
    return sums


def _ours(provider: str, since: datetime, until: datetime) -> Sums:
    """What moved at this partner by our books from `since` to before `until`."""
    cash_id = AccountKey(AccountKind.GATEWAY_CASH, provider).id
    booked = Transfer.objects.filter(code__in=OURS, posted_at__gte=since, posted_at__lt=until)
    sums: Sums = Counter()
    for side, sign in (("debit_account", 1), ("credit_account", -1)):
        for code, reference, idr in booked.filter(**{side: cash_id}).values_list("code", "reference", "amount_idr"):
            sums[OURS[code].value, str(reference)] += sign * idr
    return sums
