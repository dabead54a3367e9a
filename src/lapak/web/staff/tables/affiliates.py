"""Promotion, as the operator sees it; commissions are in web/staff/commissions.py."""

from django.contrib import admin
from django.utils.translation import pgettext_lazy

from lapak.affiliates.models import Creator, Link, Membership, Programme, ProgrammeRate
from lapak.web.staff.inspection import Inspection, InspectionInline, in_percent


@admin.register(Creator)
class CreatorAdmin(Inspection):
    list_display = ["handle", "user", "tax_status", "joined_at"]
    list_filter = ["tax_status"]
    list_select_related = ["user"]
    search_fields = ["handle", "user__email"]
    ordering = ["-id"]
    fields = ["id", "handle", "user", "tax_status", "bank_account", "joined_at"]


class RateInline(InspectionInline):
    model = ProgrammeRate
    rate = in_percent("rate_bp", pgettext_lazy("column", "rate"))
    fields = ["rate", "announced_at", "superseded_at"]
    ordering = ["-announced_at"]


class MembershipInline(InspectionInline):
    model = Membership
    fields = ["creator", "joined_at"]
    ordering = ["-joined_at", "-id"]
    per_page = 50

    def get_queryset(self, request):  # type: ignore[no-untyped-def]  # Django's signature, of a class unfold left untyped
        return super().get_queryset(request).select_related("creator")


@admin.register(Programme)
class ProgrammeAdmin(Inspection):
    list_display = ["kind", "shop", "window_days", "is_active", "created_at"]
    list_filter = ["kind", "is_active"]
    list_select_related = ["shop"]
    search_fields = ["shop__name"]
    ordering = ["-id"]
    fields = ["id", "kind", "shop", "window_days", "is_active", "created_at"]
    inlines = [RateInline, MembershipInline]


@admin.register(Link)
class LinkAdmin(Inspection):
    list_display = ["code", "creator", "product", "shop", "label", "created_at"]
    list_select_related = ["creator", "product", "shop"]
    search_fields = ["=code", "creator__handle"]
    ordering = ["-id"]
    fields = ["id", "code", "creator", "product", "shop", "label", "created_at"]
