"""What a partner says it holds for us, beside the books: each night, with a list of differences for the operator."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

import structlog
from django.db.models import QuerySet

from lapak.flows.ask_provider import ask_about_payment
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.refusal import Refusal
from lapak.lib.written import LONGEST_REFERENCE
from lapak.money.gateways.contract import MovementKind, StatementOfDays
from lapak.money.gateways.models import StatementDifference
from lapak.money.gateways.registry import GATEWAYS, unset
from lapak.money.ledger.models import AccountKind, Transfer
from lapak.money.ledger.transfers import AccountKey, TransferCode
from lapak.money.payments.models import PaymentIntent
from lapak.money.payments.rules import Status
from lapak.money.remittances.queries import paid_out_of

COMPARED = timedelta(days=4)
"""How far back: over the longest holiday a night may fail."""

STILL_ON_ITS_WAY = timedelta(hours=1)
"""What is younger than this may be told any moment: it is no difference yet."""

TOLD_LATE = timedelta(days=1)
"""So much later than it happened there we may have booked a movement."""

OURS: dict[str, MovementKind] = {
    TransferCode.PAYMENT_RECEIVED: MovementKind.PAYMENT,
    TransferCode.LATE_PAYMENT_RECEIVED: MovementKind.PAYMENT,
    TransferCode.UNEXPLAINED_RECEIVED: MovementKind.PAYMENT,
    TransferCode.GATEWAY_CHARGE: MovementKind.FEE,
    TransferCode.REFUND_ARRIVED: MovementKind.REFUND,
    TransferCode.CHARGEBACK_TAKEN: MovementKind.DISPUTE,
    TransferCode.CHARGEBACK_RETURNED: MovementKind.DISPUTE,
    TransferCode.WON_LATE: MovementKind.DISPUTE,
    TransferCode.CHARGEBACK_FEE: MovementKind.DISPUTE_FEE,
    TransferCode.PAYOUT_CONFIRMED: MovementKind.DISBURSEMENT,
    TransferCode.PAYOUT_RETURNED: MovementKind.DISBURSEMENT_RETURN,
}
"""Which of our transfers a movement there stands for."""

Key = tuple[str, str]
"""Kind and reference."""

Sums = Counter[Key]
"""What moved by our books (whole rupiah)."""


class Moved(NamedTuple):
    """What moved there (whole rupiah), and when last."""

    idr: int
    at: datetime | None


NEVER = Moved(0, None)

_IS_OURS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

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
        if not gateway.is_play:  # where nobody can order a payment, none that was noted can be in the statement
            # What the house pays is known by its day alone: one that is not over may still be told.
            _add_what_the_house_paid(ours, gateway.name, paid_on__gte=_day(since - TOLD_LATE))
            within = {"paid_on__gt": _day(since + TOLD_LATE), "paid_on__lt": _day(until)}
            _add_what_the_house_paid(expected, gateway.name, **within)
        keep_differences(gateway.name, _theirs(statement), ours, expected, since)


@act
def keep_differences(provider: str, theirs: Mapping[Key, Moved], ours: Sums, expected: Sums, since: datetime) -> None:
    """What differs is listed, since when it was first found, until it agrees: also when it lies so far back that the
    statement no longer shows it. What a person has resolved comes up again only with other figures.

    `theirs` begins at `since`; `ours` reaches beyond it at both ends, as we are told later than things happen there;
    `expected` is what of ours must be in it.
    """
    known = {(row.kind, row.reference): row for row in StatementDifference.objects.filter(provider=provider)}
    booked = _booked_in_all(provider, known)
    differing = {key for key in {*theirs, *expected} if theirs.get(key, NEVER).idr != ours[key]}
    for key in differing:
        _list(provider, key, theirs.get(key, NEVER), ours[key], known.get(key))
    for key in known.keys() - differing:
        row = known[key]
        is_shown = key in theirs or (row.moved_at is not None and row.moved_at >= since)
        if booked[key] == (theirs.get(key, NEVER).idr if is_shown else row.theirs_idr):
            row.delete()


def _list(provider: str, key: Key, theirs: Moved, ours_idr: int, known: StatementDifference | None) -> None:
    kind, reference = key
    row = known or StatementDifference(provider=provider, kind=kind, reference=reference, found_at=clock.now())
    if (row.theirs_idr, row.ours_idr) != (theirs.idr, ours_idr):
        row.theirs_idr, row.ours_idr, row.moved_at, row.resolved_at = theirs.idr, ours_idr, theirs.at, None
        row.save()


def _take_what_was_not_told(statement: StatementOfDays) -> None:
    """A payment there that is none here was never told: its provider is asked, and it is taken."""
    paid = [line.our_id for line in statement.movements if line.kind is MovementKind.PAYMENT and line.our_id]
    untold = PaymentIntent.objects.filter(id__in=paid, receipt=None).exclude(status=Status.PAID)
    for intent_id in untold.values_list("id", flat=True):
        try:
            ask_about_payment(intent_id)
        except Refusal as refusal:
            log.warning("untold_payment_not_taken", intent=str(intent_id), code=refusal.code)


def _theirs(statement: StatementOfDays) -> dict[Key, Moved]:
    moved: dict[Key, Moved] = {}
    for line in statement.movements:
        key = line.kind.value, str(line.our_id or line.reference)[:LONGEST_REFERENCE]
        moved[key] = Moved(moved.get(key, NEVER).idr + line.amount_idr, line.happened_at)
    return moved


def _ours(provider: str, since: datetime, until: datetime) -> Sums:
    """What moved at this partner by our books from `since` to before `until`."""
    return _moved(provider, Transfer.objects.filter(posted_at__gte=since, posted_at__lt=until))


def _booked_in_all(provider: str, keys: Collection[Key]) -> Sums:
    """What ever moved at this partner by our books for what these are about."""
    ids = [reference for _kind, reference in keys if _IS_OURS.fullmatch(reference)]
    sums = _moved(provider, Transfer.objects.filter(reference__in=ids))
    _add_what_the_house_paid(sums, provider, reference__in=[reference for _kind, reference in keys])
    return sums


def _add_what_the_house_paid(sums: Sums, provider: str, **where: object) -> None:
    """A person ordered it at the partner, whose statement names it as they noted it, and on its own day."""
    for reference, idr in paid_out_of(provider).filter(**where).values_list("reference", "amount_idr"):
        sums[MovementKind.DISBURSEMENT.value, reference] -= idr


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.WIB).date()


def _moved(provider: str, transfers: QuerySet[Transfer]) -> Sums:
    cash_id = AccountKey(AccountKind.GATEWAY_CASH, provider).id
    sums: Sums = Counter()
    for side, sign in (("debit_account", 1), ("credit_account", -1)):
        moved = transfers.filter(code__in=OURS, **{side: cash_id})
        for code, reference, idr in moved.values_list("code", "reference", "amount_idr"):
            sums[OURS[code].value, str(reference)] += sign * idr
    return sums
