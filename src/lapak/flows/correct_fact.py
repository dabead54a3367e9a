"""What was booked wrongly is put right: by new transfers, with a reason and a person, never by changing old ones."""

import uuid
from collections.abc import Collection

from lapak.lib.acts import act
from lapak.money.ledger.commands import reverse_transfers
from lapak.money.ledger.errors import CorrectionReasonMissing, TransferNotFound
from lapak.money.ledger.models import Transfer
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk


@act
def correct_fact(by: User, transfer_ids: Collection[uuid.UUID], reason: str) -> list[Transfer]:
    """The transfers are undone together, once; returns those that undo them.

    Rows of orders, payouts and commissions stay as they are: what they say and what then stands is compared by
    `lapak check-books`. Refuses anyone but the operator (`TransferNotFound`), no reason (`CorrectionReasonMissing`), and
    what `reverse_transfers` refuses. Posts `correction` under the reference of each.
    """
    require_desk(by, Desk.BOOKS, TransferNotFound)
    if not reason.strip():
        raise CorrectionReasonMissing
    return reverse_transfers(transfer_ids, by.id, reason.strip())
