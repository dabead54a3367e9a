"""Samples, as the operator sees them; where one goes to is its shop's and its creator's alone."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.decorators import display

from lapak.affiliates.samples.models import Sample, SampleEvent
from lapak.flows.models import StuckAct
from lapak.web.staff.columns import as_said
from lapak.web.staff.inspection import Inspection, InspectionInline, as_label, in_idr
from lapak.web.staff.stuck import ACTS, SAMPLE

_STUCK_AS = [act for act, (_words, page) in ACTS.items() if page == SAMPLE]


class StuckFilter(admin.SimpleListFilter):
    """What the clock could not end so far."""

    title = _("stuck")
    parameter_name = "stuck"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002 - Django's
        return [("yes", _("The clock could not end it"))]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":  # noqa: ARG002
        stuck = StuckAct.objects.filter(act__in=_STUCK_AS).values("subject_id")
        return queryset.filter(id__in=stuck) if self.value() else queryset


class SampleEventInline(InspectionInline):
    model = SampleEvent
    fields = ["happened_at", "state", "actor", "said"]
    ordering = ["happened_at", "id"]
    said = as_said("words", pgettext_lazy("column", "words"))


@admin.register(Sample)
class SampleAdmin(Inspection):
    list_display = ["goods", "shop", "creator", "state_label", "asked_at", "act_by", "is_stuck"]
    list_filter = [StuckFilter, "state"]
    list_select_related = ["variant__product", "shop", "creator"]
    search_fields = ["=id", "shop__name", "creator__handle", "=tracking_number"]
    ordering = ["-id"]
    fields = [
        "id", "goods", "price", "shop", "creator", "state", "reason_said", "words", "place", "asked_at", "act_by", "courier",
        "tracking_number", "post", "is_stuck",
    ]  # fmt: skip
    readonly_fields = ["goods", "price", "reason_said", "is_stuck"]
    inlines = [SampleEventInline]
    state_label = as_label("samples.sample", _("state"))
    price = in_idr("price_idr", _("price"))
    reason_said = as_said("reason", pgettext_lazy("column", "reason"))

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        """Each with whether the clock is stuck at it."""
        stuck = StuckAct.objects.filter(act__in=_STUCK_AS, subject_id=OuterRef("id"))
        found: QuerySet[Any] = super().get_queryset(request).annotate(stuck=Exists(stuck))
        return found

    @admin.display(description=pgettext_lazy("column", "goods"))
    def goods(self, sample: Sample) -> str:
        """What it is, and which of it."""
        return f"{sample.variant.product.title} {sample.variant.label}".strip()

    @display(description=_("stuck"), label={"stuck": "danger"})  # type: ignore[untyped-decorator]  # unfold carries no types
    def is_stuck(self, sample: Any) -> tuple[str, Any] | None:
        """Only where it is."""
        return ("stuck", _("stuck")) if sample.stuck else None
