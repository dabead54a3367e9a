"""Purchases and orders, as the operator sees them."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from lapak.trade.orders.models import Order, Purchase
from lapak.trade.shipping.queries import couriers
from lapak.web.staff.columns import as_address
from lapak.web.staff.inspection import InspectionInline, NumberedInspection, as_label, in_idr, one_of
from lapak.web.staff.order_page import about_order


class OrderInline(InspectionInline):
    model = Order
    fields = ["number", "shop", "state", "total", "placed_at"]
    show_change_link = True
    total = in_idr("total_idr", _("total"))


@admin.register(Purchase)
class PurchaseAdmin(NumberedInspection):
    list_display = ["number", "buyer", "total", "placed_at", "pay_by"]
    list_select_related = ["buyer"]
    search_fields = ["=id", "buyer__email"]
    search_help_text = _("Number, or the buyer's e-mail")
    ordering = ["-id"]
    fields = ["number", "id", "buyer", "total", "sent_to", "placed_at", "pay_by", "idempotency_key"]
    readonly_fields = ["number", "total", "sent_to"]
    inlines = [OrderInline]
    total = in_idr("total_idr", _("total"))
    sent_to = as_address("address", _("address"))


@admin.register(Order)
class OrderAdmin(NumberedInspection):
    list_display = ["number", "shop", "buyer", "state_label", "total", "escrow", "placed_at"]
    list_filter = ["state", one_of("courier", _("courier"), couriers)]
    list_select_related = ["shop", "buyer"]
    search_fields = ["=id", "shop__name", "buyer__email", "buyer__name", "buyer__addresses__phone"]
    search_help_text = _("Number, shop, or the buyer's name, phone or e-mail")
    ordering = ["-id"]
    change_form_template = "staff/order.html"
    fields = [
        "id", "placed_at", "pay_by", "paid_at", "pack_by", "packed_at", "ship_by", "handed_over_at", "shipped_at", "arrive_by",
        "decide_by", "not_arrived_at", "delivered_at", "delivered_by", "complete_at", "completed_at", "settled_at",
        "cancel_asked_at", "cancelled_at", "way_back", "open_return_id", "pack_within_working_days",
        "ship_within_working_days", "cancel_answer_within_hours", "arrive_within_days", "decide_within_days",
        "complete_after_days", "complete_after_days_by_shop", "fee_schedule",
    ]  # fmt: skip
    readonly_fields = ["way_back"]
    state_label = as_label("orders.order", _("state"))
    total = in_idr("total_idr", _("total"))
    way_back = in_idr("way_back_idr", _("sending back"))
    escrow = in_idr("escrow_idr", _("held"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What is asked of an order first; its moments, terms and contract below."""
        order = self.get_object(request, unquote(object_id))
        if order is not None:
            extra_context = {**(extra_context or {}), **about_order(order)}
        answer: HttpResponse = super().change_view(request, object_id, form_url, extra_context)
        return answer
