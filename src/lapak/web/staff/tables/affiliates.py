"""Promotion, as the operator sees it; commissions are in web/staff/commissions.py."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lapak.affiliates.models import Creator, Link, Membership, Programme, ProgrammeRate
from lapak.affiliates.profiles.queries import channels_of
from lapak.web.staff.columns import NOTHING
from lapak.web.staff.inspection import Inspection, InspectionInline, in_percent


@admin.register(Creator)
class CreatorAdmin(Inspection):
    list_display = ["handle", "user", "tax_status", "joined_at"]
    list_filter = ["tax_status"]
    list_select_related = ["user"]
    search_fields = ["handle", "user__email"]
    ordering = ["-id"]
    fields = ["id", "handle", "user", "tax_status", "bank_account", "channels", "joined_at"]

    @admin.display(description=_("Channels"))
    def channels(self, creator: Creator) -> str:
        """Where they post, each with where it stands: a confirmed one may turn out not to be theirs."""
        line = '<a class="text-link" href="{}">{}</a> · {}'
        shown = (
            (reverse("admin:channel_case", args=[each.id]), each, each.get_state_display())
            for each in channels_of(creator)
        )
        return format_html_join(mark_safe("<br>"), line, shown) or NOTHING


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
