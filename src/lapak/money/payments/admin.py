"""Money coming in, as the operator sees it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from lapak.lib.inspection import Inspection, as_label, in_idr
from lapak.money.payments.models import PaymentIntent, ProviderNotification


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


@admin.register(ProviderNotification)
class NotificationAdmin(Inspection):
    list_display = ["received_at", "provider", "kind", "event_id", "times_received", "outcome", "processed_at"]
    list_filter = ["provider", "kind", "outcome", ("processed_at", admin.EmptyFieldListFilter)]
    search_fields = ["=event_id"]
    ordering = ["-received_at"]
    fields = [
        "provider", "event_id", "kind", "received_at", "times_received", "last_received_at", "processed_at", "outcome", "body",
    ]  # fmt: skip
