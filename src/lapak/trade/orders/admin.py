"""Purchases and orders, as the operator sees them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from lapak.lib.inspection import Inspection, InspectionInline, as_label, in_idr
from lapak.trade.orders.models import Order, OrderEvent, OrderLine, Purchase, Return, ReturnEvent, ReturnLine


class OrderInline(InspectionInline):
    model = Order
    fields = ["number", "shop", "state_label", "total", "placed_at"]
    show_change_link = True
    state_label = as_label("state", _("state"))
    total = in_idr("total_idr", _("total"))


@admin.register(Purchase)
class PurchaseAdmin(Inspection):
    list_display = ["id", "buyer", "total", "placed_at", "pay_by"]
    list_select_related = ["buyer"]
    search_fields = ["=id", "buyer__email"]
    ordering = ["-placed_at"]
    fields = ["id", "buyer", "payment", "total", "address", "placed_at", "pay_by", "idempotency_key"]
    readonly_fields = ["total"]
    inlines = [OrderInline]
    total = in_idr("total_idr", _("total"))


class LineInline(InspectionInline):
    model = OrderLine
    fields = ["title", "option_label", "quantity", "refunded_quantity", "unit_price", "total"]
    unit_price = in_idr("unit_price_idr", _("price"))
    total = in_idr("total_idr", _("total"))


class EventInline(InspectionInline):
    model = OrderEvent
    fields = ["happened_at", "from_state", "to_state", "actor", "reason"]
    ordering = ["happened_at", "id"]


class ReturnInline(InspectionInline):
    model = Return
    fields = ["state_label", "reason", "asked_at", "refunded"]
    ordering = ["asked_at", "id"]
    show_change_link = True
    state_label = as_label("state", _("state"))
    refunded = in_idr("refunded_idr", _("refunded"))


@admin.register(Order)
class OrderAdmin(Inspection):
    list_display = ["number", "shop", "buyer", "state_label", "total", "placed_at", "ship_by"]
    list_filter = ["state", "courier"]
    list_select_related = ["shop", "buyer"]
    search_fields = ["=id", "shop__name", "buyer__email"]
    ordering = ["-placed_at"]
    fields = [
        "number", "id", "purchase", "shop", "buyer", "state", "goods", "shipping", "total", "refunded", "shipping_service",
        "placed_at", "pay_by", "paid_at", "ship_by", "shipped_at", "delivered_at", "complete_at", "completed_at", "settled_at",
        "cancel_asked_at", "cancelled_at", "ship_within_working_days", "complete_after_days", "contract",
    ]  # fmt: skip
    readonly_fields = ["number", "goods", "shipping", "total", "refunded"]
    inlines = [LineInline, EventInline, ReturnInline]
    state_label = as_label("state", _("state"))
    goods = in_idr("goods_idr", _("goods"))
    shipping = in_idr("shipping_idr", _("shipping"))
    total = in_idr("total_idr", _("total"))
    refunded = in_idr("refunded_idr", _("refunded"))


class ReturnLineInline(InspectionInline):
    model = ReturnLine
    fields = ["line", "quantity", "restocked_quantity"]


class ReturnEventInline(InspectionInline):
    model = ReturnEvent
    fields = ["happened_at", "from_state", "to_state", "actor", "words"]
    ordering = ["happened_at", "id"]


@admin.register(Return)
class ReturnAdmin(Inspection):
    list_display = ["order", "shop", "state_label", "reason", "asked_at", "act_by", "refunded_goods"]
    list_filter = ["state", "reason"]
    list_select_related = ["order", "shop"]
    search_fields = ["=id", "=order__id", "shop__name", "tracking_number"]
    ordering = ["-asked_at"]
    fields = [
        "id", "order", "shop", "state", "reason", "words", "goods_come_back", "asked_at", "act_by", "courier",
        "tracking_number", "refunded_goods", "refunded_shipping",
    ]  # fmt: skip
    readonly_fields = ["refunded_goods", "refunded_shipping"]
    inlines = [ReturnLineInline, ReturnEventInline]
    state_label = as_label("state", _("state"))
    refunded_goods = in_idr("refunded_goods_idr", _("refunded goods"))
    refunded_shipping = in_idr("refunded_shipping_idr", _("refunded shipping"))
