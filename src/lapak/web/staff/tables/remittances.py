"""What the house has paid, as the operator sees it. It is noted and undone at its desk (web/staff)."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from lapak.money.remittances.models import Remittance
from lapak.web.staff.columns import as_partner
from lapak.web.staff.inspection import Inspection, in_idr
from lapak.web.staff.owners import as_account


@admin.register(Remittance)
class RemittanceAdmin(Inspection):
    list_display = ["noted_at", "to", "amount", "reference", "ntpn", "paid_on", "undone_at"]
    list_filter = ["account__kind", ("undone_at", admin.EmptyFieldListFilter)]
    list_select_related = ["account"]
    search_fields = ["=reference", "=ntpn"]
    ordering = ["-noted_at"]
    fields = [
        "id", "to", "amount", "partner", "reference", "ntpn", "paid_on", "noted_at", "noted_by", "undone_at",
        "undone_by", "undone_because",
    ]  # fmt: skip
    readonly_fields = ["amount", "to", "partner"]
    to = as_account("account", _("To"))
    partner = as_partner("paid_from")
    amount = in_idr("amount_idr", _("amount"))
