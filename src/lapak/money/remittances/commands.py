"""Every change of a payment of the house."""

import uuid
from datetime import date

from django.conf import settings
from django.db import IntegrityError

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.ids import new_id
from lapak.lib.written import LONGEST_NOTE
from lapak.money.ledger.commands import lock_balance_idr, post_transfers
from lapak.money.ledger.models import Account
from lapak.money.remittances.errors import (
    NotOwedByTheHouse,
    ReferenceUsed,
    RemittanceNotFound,
    RemittanceUndone,
    UndoingUnexplained,
)
from lapak.money.remittances.models import Remittance
from lapak.money.remittances.postings import remittance_undone, remitted
from lapak.money.remittances.queries import key_of, most_idr
from lapak.money.remittances.rules import REMITTED, Paid, check_remittance
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk


@act
def remit(
    by: User, account_id: uuid.UUID, amount_idr: int, *, reference: str, paid_on: date, ntpn: str = ""
) -> Remittance:
    """The house has paid a courier or the tax office, or taken its fee, out of the gateway's cash: so much less is owed.

    `reference` is the statement's word for it, `ntpn` the state's receipt for a tax. Refuses anyone but the operator and
    an account that is not paid here (`NotOwedByTheHouse`), what `check_remittance` refuses, and a reference or NTPN that
    is noted already (`ReferenceUsed`). Posts `remitted` (money/remittances/postings.py).
    """
    require_desk(by, Desk.MONEY, NotOwedByTheHouse)
    account = Account.objects.filter(id=account_id, kind__in=REMITTED).first()
    if account is None:
        raise NotOwedByTheHouse
    key, now = key_of(account), clock.now()
    paid = Paid(amount_idr, reference.strip(), ntpn.strip().upper(), paid_on)
    check_remittance(key.kind, paid, most_idr(key.kind, lock_balance_idr(key)), now.astimezone(clock.WIB).date())
    remittance = Remittance(
        id=new_id(),
        account=account,
        amount_idr=amount_idr,
        paid_from=settings.PAYOUT_PAID_FROM,
        reference=paid.reference,
        ntpn=paid.ntpn,
        paid_on=paid_on,
        noted_at=now,
        noted_by=by,
    )
    _insert(remittance)
    post_transfers([remitted(remittance.id, key, remittance.paid_from, amount_idr)])
    return remittance


@act
def undo_remittance(by: User, remittance_id: uuid.UUID, words: str) -> Remittance:
    """What was noted by a slip, or came back, is owed as before; its reference may be noted again.

    Refuses anyone but the operator and an unknown one (`RemittanceNotFound`), missing words (`UndoingUnexplained`), and one that
    is undone (`RemittanceUndone`). Posts `remittance_undone` (money/remittances/postings.py).
    """
    require_desk(by, Desk.MONEY, RemittanceNotFound)
    found = Remittance.objects.select_for_update(of=("self",), no_key=True).select_related("account")
    remittance = found.filter(id=remittance_id).first()
    if remittance is None:
        raise RemittanceNotFound
    if not 1 <= len(words.strip()) <= LONGEST_NOTE:
        raise UndoingUnexplained
    if remittance.undone_at:
        raise RemittanceUndone
    remittance.undone_at, remittance.undone_by, remittance.undone_because = clock.now(), by, words.strip()
    remittance.save(update_fields=["undone_at", "undone_by", "undone_because"])
    key = key_of(remittance.account)
    post_transfers([remittance_undone(remittance.id, key, remittance.paid_from, remittance.amount_idr)])
    return remittance


def _insert(remittance: Remittance) -> None:
    """The database decides who was first with a reference, whatever account it is for."""
    try:
        act(remittance.save)(force_insert=True)  # a savepoint: what it is noted within goes on to say so
    except IntegrityError as used:
        raise ReferenceUsed from used
