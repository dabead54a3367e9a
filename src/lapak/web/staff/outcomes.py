"""What became of a partner's report, in the operator's words."""

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import pgettext_lazy

from lapak.flows.process_message import MessageOutcome
from lapak.money.payments.rules import DisputeOutcome, RefundOutcome
from lapak.money.payments.rules import Outcome as ChargeOutcome
from lapak.money.payouts.rules import Outcome as PayoutOutcome

OUTCOMES: dict[str, Promise] = {
    ChargeOutcome.PAID: pgettext_lazy("outcome", "paid"),
    ChargeOutcome.PAID_LATE: pgettext_lazy("outcome", "paid too late"),
    ChargeOutcome.EXPIRED: pgettext_lazy("outcome", "expired without a payment"),
    ChargeOutcome.FAILED: pgettext_lazy("outcome", "failed"),
    ChargeOutcome.NOTHING_NEW: pgettext_lazy("outcome", "nothing new"),
    ChargeOutcome.UNKNOWN_INTENT: pgettext_lazy("outcome", "refused: no such payment"),
    ChargeOutcome.PROVIDER_DIFFERS: pgettext_lazy("outcome", "refused: the payment goes through another provider"),
    ChargeOutcome.AMOUNT_UNEXPLAINED: pgettext_lazy("outcome", "kept for a decision: the amount differs"),
    ChargeOutcome.AMOUNT_DIFFERS: pgettext_lazy("outcome", "refused: the amount differs"),
    RefundOutcome.SENT: pgettext_lazy("outcome", "refund sent"),
    RefundOutcome.ARRIVED: pgettext_lazy("outcome", "refund arrived"),
    RefundOutcome.FAILED: pgettext_lazy("outcome", "refund failed"),
    RefundOutcome.UNKNOWN_REFUND: pgettext_lazy("outcome", "refused: no such refund"),
    RefundOutcome.PROVIDER_DIFFERS: pgettext_lazy("outcome", "refused: the refund goes through another provider"),
    RefundOutcome.ENDED_OTHERWISE: pgettext_lazy("outcome", "refused: it has ended the other way"),
    DisputeOutcome.OPENED: pgettext_lazy("outcome", "dispute opened"),
    DisputeOutcome.ANSWERED: pgettext_lazy("outcome", "dispute answered"),
    DisputeOutcome.WON: pgettext_lazy("outcome", "dispute won"),
    DisputeOutcome.LOST: pgettext_lazy("outcome", "dispute lost"),
    DisputeOutcome.WON_AFTER_ALL: pgettext_lazy("outcome", "dispute won after it was lost"),
    DisputeOutcome.WON_LATE: pgettext_lazy("outcome", "dispute won after it was lost, to be decided"),
    DisputeOutcome.CHARGED: pgettext_lazy("outcome", "dispute charged for"),
    DisputeOutcome.DIFFERS: pgettext_lazy("outcome", "refused: amount or payment differs"),
    PayoutOutcome.CONFIRMED: pgettext_lazy("outcome", "payout arrived"),
    PayoutOutcome.RETURNED: pgettext_lazy("outcome", "payout came back"),
    PayoutOutcome.UNKNOWN_PAYOUT: pgettext_lazy("outcome", "refused: no such payout"),
    PayoutOutcome.PROVIDER_DIFFERS: pgettext_lazy("outcome", "refused: the payout goes through another provider"),
    MessageOutcome.UNKNOWN_KIND: pgettext_lazy("outcome", "about nothing of ours"),
    MessageOutcome.UNREADABLE: pgettext_lazy("outcome", "refused: it cannot be read"),
}
"""By what is kept of it: what several kinds of report come to is the same word in each."""


def outcome_in_words(outcome: str) -> str:
    """What became of it, as a sentence begins; what was kept before it had words, as it was kept."""
    return capfirst(str(OUTCOMES.get(outcome, outcome)))
