"""Money coming in, as the operator sees it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from lapak.money.gateways.registry import gateways
from lapak.money.payments.models import Dispute, PaymentIntent, Refund
from lapak.web.staff.columns import as_partner, as_row, as_said, reason_of_bank
from lapak.web.staff.inspection import Inspection, NumberedInspection, as_label, as_order, in_idr, one_of


@admin.register(PaymentIntent)
class PaymentAdmin(NumberedInspection):
    list_display = ["number", "method", "amount", "status_label", "partner", "created_at", "paid_at"]
    list_filter = ["status", one_of("provider", _("provider"), gateways), "method"]
    search_fields = ["=id", "=provider_reference"]
    ordering = ["-id"]
    fields = [
        "number", "id", "partner", "provider_reference", "method", "amount", "status", "created_at", "expires_at", "paid_at",
        "purchase", "buyer", "told_at", "instructions",
    ]  # fmt: skip
    readonly_fields = ["number", "partner", "amount", "purchase", "buyer"]
    partner = as_partner()
    purchase = as_row("orders.purchase", "pays_for", _("Purchase"))
    buyer = as_row("users.user", "buyer_id", _("Buyer"))
    amount = in_idr("amount_idr", _("amount"))
    status_label = as_label("payments.paymentintent", _("status"))


@admin.register(Refund)
class RefundAdmin(Inspection):
    list_display = ["owed_at", "amount", "status_label", "route", "of_order", "sent_at", "arrived_at"]
    list_filter = ["status", "route"]
    search_fields = ["=id", "=buyer_id", "=order_id"]
    ordering = ["-id"]
    fields = [
        "id", "buyer", "of_order", "of_return", "intent", "amount", "route", "status", "why", "owed_at", "sent_at",
        "arrived_at", "failure", "payout",
    ]  # fmt: skip
    readonly_fields = ["amount", "of_order", "buyer", "of_return", "why", "payout"]
    buyer = as_row("users.user", "buyer_id", _("Buyer"))
    of_return = as_row("returns.return", "return_id", _("Return"))
    payout = as_row("payouts.payout", "payout_id", _("Payout"))
    why = as_said("reason", _("reason"))
    amount = in_idr("amount_idr", _("amount"))
    of_order = as_order("order_id")
    status_label = as_label("payments.refund", _("status"))


@admin.register(Dispute)
class DisputeAdmin(Inspection):
    list_display = ["opened_at", "amount", "status_label", "partner", "answer_by", "ended_at"]
    list_filter = ["status", one_of("provider", _("provider"), gateways)]
    search_fields = ["=id", "=provider_reference", "=intent__id"]
    ordering = ["-id"]
    fields = [
        "id", "partner", "provider_reference", "intent", "amount", "why", "status", "opened_at", "answer_by", "taken_at",
        "evidence", "answered_at", "answered_by", "evidence_sent_at", "ask_at", "ended_at", "fee", "unexplained",
        "resolution", "resolved_at", "resolved_by",
    ]  # fmt: skip
    readonly_fields = ["partner", "amount", "why", "fee", "unexplained"]
    partner = as_partner()
    amount = in_idr("amount_idr", _("amount"))
    fee = in_idr("fee_idr", _("gateway's charge"))
    unexplained = in_idr("unexplained_idr", _("nobody still had"))
    status_label = as_label("payments.dispute", _("status"))

    @admin.display(description=_("The bank's reason"))
    def why(self, dispute: Dispute) -> str:
        return reason_of_bank(dispute)
