"""Money coming in, as the operator sees it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from lapak.money.gateways.registry import gateways
from lapak.money.payments.models import Dispute, PaymentIntent, Refund
from lapak.web.staff.inspection import Inspection, as_label, as_order, in_idr, one_of


@admin.register(PaymentIntent)
class PaymentAdmin(Inspection):
    list_display = ["id", "method", "amount", "status_label", "provider", "created_at", "paid_at"]
    list_filter = ["status", one_of("provider", _("provider"), gateways), "method"]
    search_fields = ["=id", "=provider_reference"]
    ordering = ["-id"]
    fields = [
        "id", "provider", "provider_reference", "method", "amount", "status", "created_at", "expires_at", "paid_at",
        "pays_for", "buyer_id", "told_at", "instructions",
    ]  # fmt: skip
    readonly_fields = ["amount"]
    amount = in_idr("amount_idr", _("amount"))
    status_label = as_label("payments.paymentintent", _("status"))


@admin.register(Refund)
class RefundAdmin(Inspection):
    list_display = ["owed_at", "amount", "status_label", "route", "of_order", "sent_at", "arrived_at"]
    list_filter = ["status", "route"]
    search_fields = ["=id", "=buyer_id", "=order_id"]
    ordering = ["-id"]
    fields = [
        "id", "buyer_id", "of_order", "return_id", "intent", "amount", "route", "status", "reason", "owed_at", "sent_at",
        "arrived_at", "failure", "payout_id",
    ]  # fmt: skip
    readonly_fields = ["amount", "of_order"]
    amount = in_idr("amount_idr", _("amount"))
    of_order = as_order("order_id")
    status_label = as_label("payments.refund", _("status"))


@admin.register(Dispute)
class DisputeAdmin(Inspection):
    list_display = ["opened_at", "amount", "status_label", "provider", "answer_by", "ended_at"]
    list_filter = ["status", "provider"]
    search_fields = ["=id", "=provider_reference", "=intent__id"]
    ordering = ["-id"]
    fields = [
        "id", "provider", "provider_reference", "intent", "amount", "reason", "status", "opened_at", "answer_by", "taken_at",
        "evidence", "answered_at", "answered_by", "evidence_sent_at", "ask_at", "ended_at", "fee", "unexplained",
        "resolution", "resolved_at", "resolved_by",
    ]  # fmt: skip
    readonly_fields = ["amount", "fee", "unexplained"]
    amount = in_idr("amount_idr", _("amount"))
    fee = in_idr("fee_idr", _("gateway's charge"))
    unexplained = in_idr("unexplained_idr", _("nobody still had"))
    status_label = as_label("payments.dispute", _("status"))
