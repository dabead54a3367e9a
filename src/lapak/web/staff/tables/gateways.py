"""What partners told us, as the operator sees it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lapak.money.gateways.models import GatewayMessage
from lapak.money.gateways.registry import gateways
from lapak.web.staff.columns import as_outcome, as_partner
from lapak.web.staff.inspection import Inspection, one_of
from lapak.web.staff.outcomes import OUTCOMES


@admin.register(GatewayMessage)
class MessageAdmin(Inspection):
    list_display = ["received_at", "partner", "kind", "event_id", "times_received", "came_to", "processed_at"]
    list_filter = [
        one_of("provider", _("provider"), gateways),
        "kind",
        one_of("outcome", pgettext_lazy("column", "outcome"), OUTCOMES.items),
        ("processed_at", admin.EmptyFieldListFilter),
    ]
    search_fields = ["=event_id"]
    ordering = ["-received_at"]
    fields = [
        "partner", "event_id", "kind", "received_at", "times_received", "last_received_at", "processed_at", "came_to", "body",
    ]  # fmt: skip
    readonly_fields = ["partner", "came_to"]
    partner = as_partner()
    came_to = as_outcome()
