"""What a partner tells is acted on: once, however often it was delivered."""

import uuid

from lapak.flows.pay_out import receive_disbursement
from lapak.flows.receive_dispute import receive_dispute
from lapak.flows.receive_payment import receive_payment
from lapak.flows.send_refund import receive_refund
from lapak.lib.acts import act
from lapak.money.gateways.commands import claim_message, close_message
from lapak.money.gateways.contract import ChargeReport, DisbursementReport, DisputeReport, RefundReport
from lapak.money.gateways.errors import UnreadableMessage
from lapak.money.gateways.models import GatewayMessage
from lapak.money.gateways.queries import report_of
from lapak.money.gateways.rules import ReportOutcome


class MessageOutcome(ReportOutcome):
    """What a message came to in which no report could be read."""

    UNKNOWN_KIND = "ignored: unknown kind"
    UNREADABLE = "refused: unreadable"


@act
def process_message(message_id: uuid.UUID) -> None:
    """The (recorded) message has been acted on, and says what came of it. Processing it again changes nothing."""
    message = claim_message(message_id)
    if message is not None:
        close_message(message, _outcome(message))


def _outcome(message: GatewayMessage) -> ReportOutcome:
    try:
        report = report_of(message)
    except UnreadableMessage:
        return MessageOutcome.UNREADABLE
    if isinstance(report, ChargeReport):
        return receive_payment(report, message.provider)
    if isinstance(report, DisputeReport):
        return receive_dispute(report, message.provider)
    if isinstance(report, DisbursementReport):
        return receive_disbursement(report, message.provider)
    if isinstance(report, RefundReport):
        return receive_refund(report, message.provider)
    return MessageOutcome.UNKNOWN_KIND
