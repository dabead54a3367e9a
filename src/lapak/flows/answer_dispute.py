"""The operator's side of a dispute: the answer to the buyer's bank, and who bears what nobody else still had."""

import uuid

from django.db import transaction

from lapak.flows.lose_dispute import lose_dispute
from lapak.flows.receive_dispute import receive_dispute
from lapak.flows.share_dispute import share_anew
from lapak.lib.acts import act
from lapak.money.gateways.registry import disputes_at
from lapak.money.ledger.commands import post_transfers
from lapak.money.payments.disputes import (
    amend,
    answer,
    concede,
    mark_dispute_ended,
    mark_rest_borne,
    note_dispute_asked,
    note_evidence_sent,
)
from lapak.money.payments.errors import AnswerDiffers
from lapak.money.payments.models import Dispute
from lapak.money.payments.postings import chargeback_amended, chargeback_borne
from lapak.money.payments.queries import dispute_for_operator
from lapak.money.payments.rules import DisputeOutcome, DisputeState
from lapak.people.users.models import User
from lapak.trade.orders.steps import lock_orders_of_purchase


@act
def answer_dispute(by: User, dispute_id: uuid.UUID, evidence: str) -> Dispute:
    """The evidence is on its way to the buyer's bank (`send_evidence`), and the dispute waits for its decision.

    Refuses anyone but the operator (`DisputeNotFound`), no evidence or too much (`EvidenceMissing`), what is answered or
    decided (`DisputeMoved`), and too late (`AnswerTooLate`).
    """
    dispute = _lock(by, dispute_id)
    answer(by, dispute, evidence)
    return dispute


@act
def concede_dispute(by: User, dispute_id: uuid.UUID, words: str) -> Dispute:
    """The operator gives the dispute up, and says why: no answer is sent. Where the bank has the money already, it is lost
    now (flows/lose_dispute.py); else when the bank takes it.

    Refuses anyone but the operator (`DisputeNotFound`), no reason (`DisputeWordsRefused`), and what is answered or decided
    (`DisputeMoved`).
    """
    orders = lock_orders_of_purchase(dispute_for_operator(by, dispute_id).intent.pays_for)
    dispute = dispute_for_operator(by, dispute_id)
    concede(by, dispute, words)
    if dispute.taken_at:
        mark_dispute_ended(dispute, DisputeState.LOST)
        lose_dispute(dispute, orders)
    return dispute


@act
def amend_dispute(by: User, dispute_id: uuid.UUID, amount_idr: int, words: str) -> Dispute:
    """The dispute is about another amount than its provider told us first, as the operator has found out with it: as if it
    had been told so. The provider's next answer may end it then.

    Refuses anyone but the operator (`DisputeNotFound`), no reason (`DisputeWordsRefused`), what is decided (`DisputeMoved`), and
    no other amount (`DisputedAmountRefused`). Posts `chargeback_amended` once the money is taken.
    """
    orders = lock_orders_of_purchase(dispute_for_operator(by, dispute_id).intent.pays_for)
    dispute = dispute_for_operator(by, dispute_id)
    amendment = amend(by, dispute, amount_idr, words)
    share_anew(dispute, orders)
    if dispute.taken_at:
        post_transfers([chargeback_amended(dispute.intent_id, amendment.id, dispute.provider, amendment.more_idr)])
    return dispute


@act
def bear_rest(by: User, dispute_id: uuid.UUID, words: str) -> Dispute:
    """The platform bears what no order and no refund of a lost dispute still had.

    Refuses anyone but the operator (`DisputeNotFound`), no reason (`DisputeWordsRefused`), and where there is no such rest or it
    is borne (`DisputeMoved`). Posts chargeback_loss ← chargeback_pending.
    """
    dispute = _lock(by, dispute_id)
    mark_rest_borne(by, dispute, words)
    post_transfers([chargeback_borne(dispute.intent_id, dispute.id, dispute.provider, dispute.unexplained_idr)])
    return dispute


def send_evidence(dispute_id: uuid.UUID) -> DisputeOutcome:
    """The partner has the answer; what it says of the dispute is true here. Over the network, in no transaction.

    `GatewayUnavailable`, `GatewayRefused`: it is tried again, and the operator sees that it is stuck.
    """
    dispute = _read(dispute_id)
    report = disputes_at(dispute.provider).answer(dispute.provider_reference, dispute.evidence)
    note_evidence_sent(dispute_id)
    return receive_dispute(report, dispute.provider)


def ask_about_dispute(dispute_id: uuid.UUID) -> DisputeOutcome:
    """What the partner says of the dispute is true here. Over the network, in no transaction. `GatewayUnavailable`,
    `GatewayRefused`; `UnknownGateway` of one that cannot be asked; `AnswerDiffers`: the operator sees that it is stuck."""
    dispute = _read(dispute_id)
    outcome = receive_dispute(disputes_at(dispute.provider).status(dispute.provider_reference), dispute.provider)
    if outcome.is_refused:
        raise AnswerDiffers(outcome)
    note_dispute_asked(dispute_id)
    return outcome


def _lock(by: User, dispute_id: uuid.UUID) -> Dispute:
    """The dispute as it stands once its purchase's orders are held."""
    lock_orders_of_purchase(dispute_for_operator(by, dispute_id).intent.pays_for)
    return dispute_for_operator(by, dispute_id)


def _read(dispute_id: uuid.UUID) -> Dispute:
    with transaction.atomic(durable=True):
        return Dispute.objects.get(id=dispute_id)
