"""What the house may pay out of which account, and by when."""

import re
from dataclasses import dataclass
from datetime import date

from lapak.lib.written import LONGEST_REFERENCE
from lapak.money.ledger.models import AccountKind
from lapak.money.remittances.errors import AboveWhatIsOwed, DayRefused, NtpnRefused, ReferenceMissing
from lapak.money.taxes.rules import Tax, deposit_due

TAXES = {
    AccountKind.TAX_VAT: Tax.VAT,
    AccountKind.TAX_PPH21: Tax.INCOME,
    AccountKind.TAX_PPH22: Tax.INCOME,
    AccountKind.TAX_PPH23: Tax.INCOME,
}

REMITTED = (AccountKind.COURIER_PAYABLE, *TAXES, AccountKind.PLATFORM_FEE)
"""Kinds of account that are paid by this act: docs/concepts/money.md
"Parts of an order". Shops, creators and buyers are paid by payouts."""

_NTPN = re.compile(r"[0-9A-Z]{16}")
"""Nomor Transaksi Penerimaan Negara: sixteen digits and capitals on the state's receipt."""


def due_on(kind: AccountKind, owed_since: date) -> date | None:
    """The last day to pay what has been owed since then; None where no law names one: a courier is paid on its invoice."""
    return deposit_due(owed_since, TAXES[kind]) if kind in TAXES else None


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment as the operator tells it, IDR; the day in Jakarta."""

    amount_idr: int
    reference: str
    ntpn: str
    paid_on: date


def check_remittance(kind: AccountKind, paid: Paid, most_idr: int, today: date) -> None:
    """Refuses nothing and more than is owed (`AboveWhatIsOwed`), no reference (`ReferenceMissing`), a tax without the
    state's receipt and one for what is no tax (`NtpnRefused`), and a day to come (`DayRefused`)."""
    if not 0 < paid.amount_idr <= most_idr:
        raise AboveWhatIsOwed(most_idr)
    if not 1 <= len(paid.reference) <= LONGEST_REFERENCE:
        raise ReferenceMissing
    if bool(paid.ntpn) != (kind in TAXES) or (paid.ntpn and not _NTPN.fullmatch(paid.ntpn)):
        raise NtpnRefused
    if paid.paid_on > today:
        raise DayRefused
