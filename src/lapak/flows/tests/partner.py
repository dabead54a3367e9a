"""A partner that answers as a test says: in place of the sandbox's faces, without a network."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from lapak.lib import clock
from lapak.money.gateways.contract import (
    AskedCharge,
    AskedRefund,
    Charge,
    ChargeReport,
    ChargeStatus,
    DisbursementReport,
    DisbursementStatus,
    DisputeReport,
    DisputeStatus,
    Gateway,
    Handover,
    Movement,
    OutgoingPayout,
    RefundReport,
    RefundStatus,
    StatementOfDays,
)
from lapak.money.gateways.errors import GatewayRefused, GatewayUnavailable
from lapak.money.gateways.registry import GATEWAYS
from lapak.money.payments.models import Dispute, PaymentIntent, Refund
from lapak.money.payouts.models import Payout
from lapak.testing.market import dispute_report


@dataclass
class Partner:
    """Every face in one, and what it was asked."""

    charge: ChargeStatus = ChargeStatus.PENDING
    refund: RefundStatus = RefundStatus.PENDING
    payout: DisbursementStatus = DisbursementStatus.PENDING
    dispute: DisputeStatus = DisputeStatus.OPENED
    is_away: bool = False
    refuses: str = ""
    movements: list[Movement] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    reports: bool = True
    loses_its_answers: bool = False
    other_amount_idr: int = 0
    """What it says of a refund or a dispute, in place of what that is of."""
    took: set[uuid.UUID] = field(default_factory=set)

    def status_of_charge(self, intent_id: uuid.UUID) -> ChargeReport:
        idr = PaymentIntent.objects.get(id=intent_id).amount_idr
        paid_at = clock.now() if self.charge is ChargeStatus.PAID else None
        return ChargeReport(intent_id, self.charge, idr, (idr * 7 + 500) // 1000, paid_at)

    def _ask(self, what: str) -> None:
        self.asked.append(what)
        if self.is_away:
            raise GatewayUnavailable
        if self.refuses:
            raise GatewayRefused(self.refuses)

    def _take(self, id_: uuid.UUID) -> None:
        self.took.add(id_)
        if self.loses_its_answers:
            raise GatewayUnavailable


@dataclass
class PartnersCharges:
    partner: Partner

    def ask(self, asked: AskedCharge) -> Charge:
        raise AssertionError(asked)

    def status(self, intent_id: uuid.UUID, provider_reference: str) -> ChargeReport:
        self.partner._ask("charge status")
        return self.partner.status_of_charge(intent_id)

    def expire(self, intent_id: uuid.UUID, provider_reference: str) -> ChargeReport:
        self.partner._ask("charge expire")
        if self.partner.charge is ChargeStatus.PENDING:
            self.partner.charge = ChargeStatus.EXPIRED
        return self.partner.status_of_charge(intent_id)


@dataclass
class PartnersRefunds:
    partner: Partner

    def possible_for(self, method: str) -> timedelta:
        return timedelta(days=7)

    def ask(self, asked: AskedRefund) -> RefundReport:
        self.partner._ask("refund")
        self.partner._take(asked.refund_id)
        return self.status(asked)

    def status(self, asked: AskedRefund) -> RefundReport:
        if asked.refund_id not in self.partner.took:
            raise GatewayRefused("no such refund")
        failure = "account_closed" if self.partner.refund is RefundStatus.FAILED else ""
        idr = self.partner.other_amount_idr or asked.amount_idr
        return RefundReport(asked.refund_id, self.partner.refund, idr, failure)


@dataclass
class PartnersDisputes:
    partner: Partner

    def answer(self, reference: str, evidence: str) -> DisputeReport:
        self.partner._ask(f"dispute answer {evidence}")
        self.partner.dispute = DisputeStatus.ANSWERED
        return self._report(reference)

    def status(self, reference: str) -> DisputeReport:
        self.partner._ask("dispute status")
        return self._report(reference)

    def _report(self, reference: str) -> DisputeReport:
        dispute = Dispute.objects.select_related("intent").get(provider_reference=reference)
        idr = self.partner.other_amount_idr or dispute.amount_idr
        return dispute_report(dispute.intent, idr, self.partner.dispute, reference=reference)


@dataclass
class PartnersDisbursements:
    partner: Partner
    reports: bool = True

    def send(self, payouts: Sequence[OutgoingPayout]) -> Handover:
        self.partner._ask(f"send {len(payouts)}")
        return Handover()

    def status(self, payout_id: uuid.UUID) -> DisbursementReport:
        self.partner._ask("payout status")
        return DisbursementReport(payout_id, self.partner.payout, Payout.objects.get(id=payout_id).amount_idr, "")


@dataclass
class PartnersStatement:
    partner: Partner

    def between(self, since: datetime, until: datetime) -> StatementOfDays:
        self.partner._ask("statement")
        closing_idr = sum(line.amount_idr for line in self.partner.movements)
        return StatementOfDays(0, closing_idr, self.partner.movements)


@pytest.fixture
def partner(monkeypatch: pytest.MonkeyPatch) -> Partner:
    """It stands where the sandbox stood."""
    return stand_in(monkeypatch)


def stand_in(monkeypatch: pytest.MonkeyPatch) -> Partner:
    """A partner where the sandbox stood, until the patch is undone."""
    partner = Partner()
    gateway = Gateway(
        name="sandbox",
        title="Partner",
        charges=PartnersCharges(partner),
        refunds=PartnersRefunds(partner),
        disputes=PartnersDisputes(partner),
        messages=GATEWAYS["sandbox"].messages,
        disbursements=PartnersDisbursements(partner),
        statement=PartnersStatement(partner),
        is_play=True,
    )
    monkeypatch.setitem(GATEWAYS, "sandbox", gateway)
    return partner


def issued(intent: PaymentIntent) -> PaymentIntent:
    """The attempt as it is once its code was shown."""
    PaymentIntent.objects.filter(id=intent.id).update(
        provider_reference="ch1", instructions={"qris_payload": "…"}, ask_at=intent.expires_at + timedelta(minutes=3)
    )
    intent.refresh_from_db()
    return intent


def refund_of(**where: Any) -> Refund:
    return Refund.objects.get(**where)
