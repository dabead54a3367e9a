"""Returns, as the operator sees them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lapak.trade.returns.models import Return, ReturnEvent, ReturnLine
from lapak.web.staff.columns import as_said
from lapak.web.staff.inspection import Inspection, InspectionInline, as_label, in_idr


class ReturnLineInline(InspectionInline):
    model = ReturnLine
    fields = ["line", "quantity", "paid", "restocked_quantity"]
    paid = in_idr("paid_idr", _("paid"))


class ReturnEventInline(InspectionInline):
    model = ReturnEvent
    fields = ["happened_at", "from_state", "to_state", "actor", "said"]
    ordering = ["happened_at", "id"]
    said = as_said("words", pgettext_lazy("column", "words"))


@admin.register(Return)
class ReturnAdmin(Inspection):
    list_display = ["order", "shop", "state_label", "reason", "asked_at", "act_by"]
    list_filter = ["state", "reason"]
    list_select_related = ["order", "shop"]
    search_fields = ["=id", "=order__id", "shop__name", "tracking_number"]
    ordering = ["-id"]
    fields = [
        "id", "order", "shop", "state", "reason", "words", "goods_come_back", "asked_at", "act_by", "courier",
        "tracking_number", "refunded_goods", "refunded_shipping",
    ]  # fmt: skip
    readonly_fields = ["refunded_goods", "refunded_shipping"]
    inlines = [ReturnLineInline, ReturnEventInline]
    state_label = as_label("returns.return", _("state"))
    refunded_goods = in_idr("refunded_goods_idr", _("refunded goods"))
    refunded_shipping = in_idr("refunded_shipping_idr", _("refunded shipping"))
