"""Shops, as the operator sees them."""

from django.contrib import admin

from lapak.people.shops.models import Member, Shop
from lapak.web.staff.inspection import Inspection, InspectionInline


class MemberInline(InspectionInline):
    model = Member
    fields = ["user", "role"]


@admin.register(Shop)
class ShopAdmin(Inspection):
    list_display = ["name", "slug", "city", "province_name", "nib", "is_open", "created_at"]
    list_filter = ["is_open", "province_code"]
    search_fields = ["name", "slug", "nib", "members__user__email"]
    ordering = ["-id"]
    fields = [
        "name", "slug", "description", "nib", "street", "city", "postal_code", "province_code", "phone",
        "bank_account", "is_open", "created_at",
    ]  # fmt: skip
    inlines = [MemberInline]
