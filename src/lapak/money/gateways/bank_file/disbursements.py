"""A CSV that the operator loads into their bank's bulk transfer, and confirms here once the bank has carried it out."""

import csv
import io
import re
import unicodedata
import uuid
from collections.abc import Sequence

from lapak.money.gateways.contract import DisbursementReport, Handover, OutgoingPayout
from lapak.money.gateways.errors import UnknownGateway

COLUMNS = ["Beneficiary Account", "Beneficiary Name", "Bank Code", "Amount", "Currency", "Reference", "Remark"]

LONGEST_NAME = 35
"""One line of a SWIFT message: banks cut what is longer."""

UNWRITABLE = "The account number, the holder's name or the bank cannot be written in a bank's file."


class BankFileDisbursements:
    """See `contract.Disbursements`."""

    reports = False

    def send(self, payouts: Sequence[OutgoingPayout]) -> Handover:
        """The file: always the same for the same payouts, in the order of their ids, whoever makes it and when."""
        rows = {payout.id: _row(payout) for payout in sorted(payouts, key=lambda payout: payout.id)}
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        writer.writerows(row for row in rows.values() if row)
        return Handover(text.getvalue().encode("ascii"), {id_: UNWRITABLE for id_, row in rows.items() if not row})

    def status(self, payout_id: uuid.UUID) -> DisbursementReport:  # noqa: ARG002
        """A file answers nothing: the operator reads the bank's statement and says what became of a payout."""
        raise UnknownGateway


def _row(payout: OutgoingPayout) -> list[str] | None:
    """The payout's line; None when its account, name or bank would not survive in the file."""
    name = bank_spelling(payout.account_holder)[:LONGEST_NAME].rstrip()
    bank_code = bank_spelling(payout.bank_code)
    if not (name and bank_code and re.fullmatch(r"\d{6,20}", payout.account_number, re.ASCII)):
        return None
    return [
        payout.account_number, name, bank_code, str(payout.amount_idr), "IDR", payout.number, payout.remark,
    ]  # fmt: skip


def bank_spelling(text: str) -> str:
    """Capital ASCII letters, digits and the few signs every bank takes, beginning with a letter or digit.

    So no cell can be a formula when the file is opened in a spreadsheet, and none needs quoting.
    """
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    allowed = re.sub(r"[^A-Z0-9 .'/()-]", " ", ascii_text.upper())
    return re.sub(r" +", " ", re.sub(r"^[^A-Z0-9]+", "", allowed)).strip()
