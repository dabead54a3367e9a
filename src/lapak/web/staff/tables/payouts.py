"""Money going out, as the operator sees it. It is sent and closed at the payout desk (web/staff)."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.views import ChangeList

from lapak.money.gateways.registry import gateways
from lapak.money.payouts.models import Payout, PayoutBatch
from lapak.web.staff.columns import as_partner
from lapak.web.staff.inspection import Inspection, InspectionInline, NumberedInspection, as_label, in_idr, one_of
from lapak.web.staff.owners import AccountsInWords, as_account


@admin.register(Payout)
class PayoutAdmin(NumberedInspection):
    list_display = ["number", "to", "bank_account", "amount", "status_label", "created_at", "confirmed_at"]
    list_filter = ["status", "account__kind", one_of("batch__provider", _("provider"), gateways)]
    list_select_related = ["account", "bank_account", "batch"]
    search_fields = ["=id", "=account__owner"]
    ordering = ["-id"]
    fields = [
        "number", "id", "batch", "to", "bank_account", "amount", "status", "created_at", "confirmed_at", "failed_at",
        "failure", "closed_by",
    ]  # fmt: skip
    readonly_fields = ["number", "amount", "to"]
    amount = in_idr("amount_idr", _("amount"))
    to = as_account("account", _("To"))
    status_label = as_label("payouts.payout", _("status"))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:  # noqa: ARG002 - Django's
        return AccountsInWords


class PayoutInline(InspectionInline):
    model = Payout
    fields = ["number", "to", "bank_account", "amount", "status"]
    ordering = ["-id"]
    per_page = 50
    show_change_link = True
    to = as_account("account", _("To"))
    amount = in_idr("amount_idr", _("amount"))

    def get_queryset(self, request):  # type: ignore[no-untyped-def]  # Django's signature, of a class unfold left untyped
        return super().get_queryset(request).select_related("account", "bank_account")


@admin.register(PayoutBatch)
class PayoutBatchAdmin(Inspection):
    list_display = ["created_at", "partner", "sent_by", "dispatched_at"]
    list_filter = [one_of("provider", _("provider"), gateways)]
    list_select_related = ["sent_by"]
    ordering = ["-id"]
    fields = ["id", "partner", "created_at", "sent_by", "dispatched_at"]
    readonly_fields = ["partner"]
    partner = as_partner()
    inlines = [PayoutInline]
