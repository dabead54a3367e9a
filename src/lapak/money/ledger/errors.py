"""What the ledger refuses."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.refusal import Refusal


class TransferConflict(Refusal):
    """A transfer with this id is already in the books, with another amount, accounts, code or reference: a person must look."""

    code = "transfer_conflict"
    message = _("This was already booked with other figures. Nothing was booked again; ask the operator to look at it.")
