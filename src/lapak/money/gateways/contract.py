"""What a partner offers: a `Gateway` with those of the faces that it has.

| face | for |
|---|---|
| `Charges` | asking a buyer for money, asking what became of it, ending it |
| `Refunds` | sending money of a charge back the way it came, asking what became of it |
| `Messages` | what the partner tells us by itself: is it from them, and what does it say |
| `Disputes` | answering a buyer's bank that takes a payment back, asking what became of it |
| `Disbursements` | sending money to bank accounts, asking what became of it |
| `Statement` | every movement of our money there, to compare the books with |

Every face speaks over the network (lib/remote.py) or writes a file: never call one inside a transaction. Whatever goes
wrong is one of two errors, and nothing else is ever raised:

- `GatewayUnavailable`: nothing is known, and asking again is harmless. No answer, one that cannot be read, "not now" in
  whatever words, and a key that it does not know.
- `GatewayRefused`: it looked at what was asked, said no, and would again.

Ids of ours are the references there, and the same asked twice happens once. Answers get lost, so it is asked twice: where a
partner says no to a reference it has, the face asks what became of that and answers it. Amounts are whole rupiah.

`tests/test_every_gateway.py` holds every partner to this.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol


class ChargeStatus(StrEnum):
    """Where a charge stands at the partner."""

    PENDING = "pending"
    PAID = "paid"
    EXPIRED = "expired"
    FAILED = "failed"


class RefundStatus(StrEnum):
    """Where a refund stands at the partner."""

    PENDING = "pending"
    ARRIVED = "arrived"
    FAILED = "failed"


class DisputeStatus(StrEnum):
    """Where a dispute stands at the partner: it waits for our answer; for a decision; or who has the money is decided."""

    OPENED = "opened"
    ANSWERED = "answered"
    WON = "won"
    LOST = "lost"


class DisbursementStatus(StrEnum):
    """Where a payout stands at the partner. `RETURNED`: the bank sent it back after it had arrived."""

    PENDING = "pending"
    ARRIVED = "arrived"
    FAILED = "failed"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class AskedCharge:
    """A payment to ask for. `description` and `return_url` are for the partner's own pay page, if it has one.

    Texts come whole: how much of them its fields hold only the partner's folder knows, and cuts there (`lib/written.py`).
    """

    intent_id: uuid.UUID
    method: str
    amount_idr: int
    expires_at: datetime
    description: str
    return_url: str


@dataclass(frozen=True, slots=True)
class Charge:
    """The partner's own id (at most 64 characters), and how to pay: for QRIS `{"qris_payload": …, "pay_url": …}`.

    `pay_url` (`https://…`) is left out where the partner has no page of its own.
    """

    provider_reference: str
    instructions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChargeReport:
    """What the partner says about a charge. `paid_at` (with its zone) and `fee_idr` mean something when it is paid.

    `amount_idr` is what the buyer paid or is to pay, `fee_idr` what the partner keeps of it: its statement has both.
    """

    intent_id: uuid.UUID
    status: ChargeStatus
    amount_idr: int
    fee_idr: int
    paid_at: datetime | None


@dataclass(frozen=True, slots=True)
class AskedRefund:
    """Money of a charge to send back. `refund_id` is our key; `provider_reference` the charge's id there."""

    refund_id: uuid.UUID
    intent_id: uuid.UUID
    provider_reference: str
    amount_idr: int


@dataclass(frozen=True, slots=True)
class RefundReport:
    """What the partner says about a refund. `failure` is its word for why, empty unless it failed."""

    refund_id: uuid.UUID
    status: RefundStatus
    amount_idr: int
    failure: str = ""


@dataclass(frozen=True, slots=True)
class DisputeReport:
    """What the partner says about a dispute of a payment: that the buyer's bank, or itself, takes so much of it back.

    `reference` is its own id of the dispute; `answer_by` the last moment for our answer. `is_taken`: the money is out of
    our balance there (once it is lost it always is). `fee_idr` is all that it has kept for itself so far besides, won or
    lost, whenever it charges it.
    `reason` is its word for why.
    """

    reference: str
    intent_id: uuid.UUID
    status: DisputeStatus
    amount_idr: int
    answer_by: datetime
    is_taken: bool
    fee_idr: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OutgoingPayout:
    """Money to send. `remark` is on the receiver's statement."""

    id: uuid.UUID
    number: str
    amount_idr: int
    bank_code: str
    account_number: str
    account_holder: str

    @property
    def remark(self) -> str:
        """18 characters: as many as every bank shows."""
        return f"LAPAK {self.number}"


@dataclass(frozen=True, slots=True)
class Handover:
    """What came of handing payouts over: a file for a bank, if that is the way, and what was refused, with why.

    Refused is a payout that will never be sent as it is (the account does not exist): its money goes back to its owner. A no
    that is not about this account, or that the face does not know, is `GatewayRefused`: all then waits, for a person to see.
    """

    file: bytes = b""
    refused: Mapping[uuid.UUID, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DisbursementReport:
    """What the partner says about a payout. `failure` is its word for why, empty when the money arrived."""

    payout_id: uuid.UUID
    status: DisbursementStatus
    amount_idr: int
    failure: str = ""


Report = ChargeReport | RefundReport | DisputeReport | DisbursementReport


@dataclass(frozen=True, slots=True)
class Message:
    """A message whose signature held.

    `event_id` (at most 80 characters) is the same however often it is delivered and another for other news; where a partner
    has none, what it is about and the status. `kind`: at most 40. `body` is kept as JSON, and `read` gets it back.
    """

    event_id: str
    kind: str
    body: dict[str, Any]


class MovementKind(StrEnum):
    """What a line of a statement is about."""

    PAYMENT = "payment"
    FEE = "fee"
    REFUND = "refund"
    DISPUTE = "dispute"
    """Taken for a dispute or, above zero, given back; the reference is the disputed payment's."""
    DISPUTE_FEE = "dispute_fee"
    DISBURSEMENT = "disbursement"
    DISBURSEMENT_RETURN = "disbursement_return"


@dataclass(frozen=True, slots=True)
class Movement:
    """A line of the partner's statement: our money there grew (above zero) or fell.

    `reference` is the id of our attempt (payment and fee: two lines), refund or payout, however the partner spells it; of
    what was none of ours, its own word.
    """

    happened_at: datetime
    kind: MovementKind
    reference: str
    amount_idr: int

    @property
    def our_id(self) -> uuid.UUID | None:
        """Whatever of ours it is about."""
        try:
            return uuid.UUID(self.reference)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class StatementOfDays:
    """Every movement of a period, and the balance before the first and after the last; `ValueError` if they do not add up:
    some are missing."""

    opening_idr: int
    closing_idr: int
    movements: Sequence[Movement]

    def __post_init__(self) -> None:
        if self.opening_idr + sum(line.amount_idr for line in self.movements) != self.closing_idr:
            raise ValueError("its movements do not lead from the first balance to the last")


class Charges(Protocol):
    """Asking for money."""

    def ask(self, asked: AskedCharge) -> Charge:
        """Ask for a payment; the same intent again answers the same charge. `GatewayRefused`: one cannot pay this way."""

    def status(self, intent_id: uuid.UUID, provider_reference: str) -> ChargeReport:
        """What became of it."""

    def expire(self, intent_id: uuid.UUID, provider_reference: str) -> ChargeReport:
        """Nobody can pay it any more, unless it was paid: says which of the two. Where a charge cannot be ended: its status."""


class Refunds(Protocol):
    """Sending money back the way it came."""

    def possible_for(self, method: str) -> timedelta:
        """How long after the payment; zero when this method cannot be refunded at all."""

    def ask(self, asked: AskedRefund) -> RefundReport:
        """Send it back; the same refund again changes nothing. `GatewayRefused`: it cannot be done this way."""

    def status(self, asked: AskedRefund) -> RefundReport:
        """What became of it. `GatewayRefused`: it knows of none; then a no to `ask` is believed, and it goes by bank."""


class Disputes(Protocol):
    """Payments that the buyer's bank takes back, or the partner itself."""

    def answer(self, reference: str, evidence: str) -> DisputeReport:
        """Give it our evidence, up to 4,000 characters; again, before it is decided, changes nothing."""

    def status(self, reference: str) -> DisputeReport:
        """What became of it."""


class Messages(Protocol):
    """What the partner tells by itself."""

    def verify(self, headers: Mapping[str, str], body: bytes) -> Message:
        """The message, if the partner signed it in the last five minutes: else `ForgedMessage`. `UnreadableMessage`.

        `headers` find a name in whatever case. Compare in constant time (`hmac.compare_digest`).
        """

    def read(self, kind: str, body: Mapping[str, Any]) -> Report | None:
        """What a kept message says; None when its kind is about nothing of ours. `UnreadableMessage`: the operator sees it."""


class Disbursements(Protocol):
    """Sending money to bank accounts."""

    reports: bool
    """Whether the partner can be asked how a payout ended. If not, a person says it, from the bank's statement."""

    def send(self, payouts: Sequence[OutgoingPayout]) -> Handover:
        """Pass them on; the same again changes nothing. Taken is enough: how they ended is told or asked later."""

    def status(self, payout_id: uuid.UUID) -> DisbursementReport:
        """What became of it. `GatewayRefused`: it knows of none; then one that `send` refused comes back to its owner."""


class Statement(Protocol):
    """What the partner says it holds for us."""

    def between(self, since: datetime, until: datetime) -> StatementOfDays:
        """The movements from `since` to before `until`."""


@dataclass(frozen=True, slots=True)
class Gateway:
    """A partner: `name` in settings, tables and addresses, `title` for people, `is_play` when no real money moves.

    `name` is its folder's: at most 20 of `a-z0-9_`. `needs` are the settings (`SANDBOX_API_KEY`) without which nothing may be
    asked of it, and nothing that it seems to tell is believed.
    """

    name: str
    title: str
    needs: Sequence[str] = ()
    charges: Charges | None = None
    refunds: Refunds | None = None
    disputes: Disputes | None = None
    messages: Messages | None = None
    disbursements: Disbursements | None = None
    statement: Statement | None = None
    is_play: bool = False
