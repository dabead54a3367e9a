"""Shops, as the operator sees them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from lapak.people.shops.models import Member, Shop
from lapak.web.staff.columns import as_ways_to
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
        "name", "slug", "description", "nib", "street", "district", "city", "postal_code", "province_code", "phone",
        "bank_account", "is_open", "created_at", "legalise_by", "ways",
    ]  # fmt: skip
    readonly_fields = ["ways"]
    ways = as_ways_to("shop", orders_order=_("Orders"), returns_return=_("Returns"), catalogue_product=_("Products"))
    inlines = [MemberInline]
