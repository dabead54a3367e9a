"""Money coming in, as the operator sees it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from lapak.lib.inspection import Inspection, as_label, in_idr
from lapak.money.payments.models import PaymentIntent, Refund


@admin.register(PaymentIntent)
class PaymentAdmin(Inspection):
    list_display = ["id", "method", "amount", "status_label", "provider", "created_at", "paid_at"]
    list_filter = ["status", "provider", "method"]
    search_fields = ["=id", "=provider_reference"]
    ordering = ["-created_at"]
    fields = [
        "id", "provider", "provider_reference", "method", "amount", "status", "created_at", "expires_at", "paid_at",
        "pays_for", "buyer_id", "told_at", "instructions",
    ]  # fmt: skip
    readonly_fields = ["amount"]
    amount = in_idr("amount_idr", _("amount"))
    status_label = as_label("status", _("status"))


@admin.register(Refund)
class RefundAdmin(Inspection):
    list_display = ["owed_at", "amount", "status_label", "route", "buyer_id", "order_id", "sent_at", "arrived_at"]
    list_filter = ["status", "route"]
    search_fields = ["=id", "=buyer_id", "=order_id"]
    ordering = ["-id"]
    fields = [
        "id", "buyer_id", "order_id", "return_id", "intent", "amount", "route", "status", "reason", "owed_at", "sent_at",
        "arrived_at", "failure", "payout_id",
    ]  # fmt: skip
    readonly_fields = ["amount"]
    amount = in_idr("amount_idr", _("amount"))
    status_label = as_label("status", _("status"))
