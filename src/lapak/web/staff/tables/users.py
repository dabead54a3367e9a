"""Users, as the operator sees them."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from lapak.people.users.models import Address, BankAccount, User
from lapak.people.users.operators import Desk, works_at
from lapak.web.shell.acts import signed_in
from lapak.web.shell.second_factor import second_factor_again
from lapak.web.staff.columns import as_ways_to
from lapak.web.staff.inspection import Inspection, InspectionInline


class AddressInline(InspectionInline):
    model = Address
    fields = ["recipient", "phone", "street", "district", "city", "province_code", "postal_code"]


class BankAccountInline(InspectionInline):
    model = BankAccount
    fields = ["bank_code", "number", "holder", "created_at"]

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 - Django's
        """Whoever pays out compares them; nobody else needs them."""
        return works_at(signed_in(request), Desk.PAYOUTS)


@admin.register(User)
class UserAdmin(Inspection):
    list_display = ["email", "name", "is_active", "is_staff", "joined_at"]
    list_filter = ["is_staff", "is_active"]
    search_fields = ["email", "name", "addresses__phone"]
    search_help_text = _("Name, phone or e-mail")
    ordering = ["-id"]
    fields = ["email", "name", "is_active", "is_staff", "joined_at", "last_login", "ways", "looking"]
    readonly_fields = ["ways", "looking"]
    ways = as_ways_to("buyer", orders_order=_("Orders"), orders_purchase=_("Purchases"))
    inlines = [AddressInline, BankAccountInline]

    @admin.display(description=_("As they see it"))
    def looking(self, row: User) -> str:
        """The way to their pages, for those who answer people; an operator's are nobody else's."""
        if row.is_staff or not row.is_active:
            return "–"
        way = '<a class="text-link" href="{}">{}</a>'
        return format_html(way, reverse("admin:look_as", args=[row.pk]), _("See their pages"))

    def change_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Where somebody lives, and their bank accounts: not on a screen that was left alone."""
        answer: HttpResponseBase = second_factor_again(super().change_view, for_looking=True)(request, *args, **kwargs)
        return answer
