"""What partners told us, as the operator sees it."""

from django.contrib import admin

from lapak.money.gateways.models import GatewayMessage
from lapak.web.staff.inspection import Inspection


@admin.register(GatewayMessage)
class MessageAdmin(Inspection):
    list_display = ["received_at", "provider", "kind", "event_id", "times_received", "outcome", "processed_at"]
    list_filter = ["provider", "kind", "outcome", ("processed_at", admin.EmptyFieldListFilter)]
    search_fields = ["=event_id"]
    ordering = ["-received_at"]
    fields = [
        "provider", "event_id", "kind", "received_at", "times_received", "last_received_at", "processed_at", "outcome", "body",
    ]  # fmt: skip
