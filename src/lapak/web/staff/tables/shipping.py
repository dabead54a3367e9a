"""The price list, which the operator keeps, and the parcels."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from lapak.lib.number_fields import ask_first
from lapak.trade.shipping.commands import change_rate, change_service
from lapak.trade.shipping.models import Parcel, Rate, Service
from lapak.trade.shipping.rules import courier_title, question_about_price
from lapak.web.shell.acts import signed_in
from lapak.web.shell.forms import AsShown
from lapak.web.staff.inspection import Inspection, as_order
from lapak.web.staff.labels import COLUMNS


class ShownForm(AsShown, forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """A row of the list, as it was shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # In the list, a column's head and the row's name are all that says what is typed.
            field.widget.attrs["aria-label"] = f"{field.label}: {self.instance}"


class PriceList(Inspection):
    """Rows that are there for good, and may be changed by the operator: each change is a command."""

    form = ShownForm

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's
        return bool(self.has_view_permission(request))


@admin.register(Service)
class ServiceAdmin(PriceList):
    list_display = ["name", "its_courier", "position", "is_active"]
    fields = ["code", "its_courier", "name", "position", "is_active"]
    readonly_fields = ["code", "its_courier"]

    @admin.display(description=COLUMNS["courier"], ordering="courier")
    def its_courier(self, service: Service) -> str:
        """What people call it."""
        return courier_title(service.courier)

    def save_model(self, request: HttpRequest, obj: Service, form: "forms.ModelForm[Service]", change: bool) -> None:  # noqa: ARG002 - Django's
        change_service(signed_in(request), obj.code, **form.cleaned_data)


class RateForm(ShownForm):
    """A route's prices and days."""

    def clean(self) -> dict[str, Any]:
        """Asks before a price changes steeply."""
        for name in ("first_kg_idr", "next_kg_idr"):
            if name in self.changed_data and name in self.cleaned_data:
                ask_first(self, name, question_about_price(self.cleaned_data[name], self.initial[name]))
        return super().clean()


@admin.register(Rate)
class RateAdmin(PriceList):
    form = RateForm
    list_display = ["route", "first_kg_idr", "next_kg_idr", "min_days", "max_days"]
    list_editable = ["first_kg_idr", "next_kg_idr", "min_days", "max_days"]
    list_filter = ["service", "origin_zone", "destination_zone"]
    list_select_related = ["service"]
    ordering = ["service__position", "origin_zone", "destination_zone"]
    fields = ["service", "origin_zone", "destination_zone", "first_kg_idr", "next_kg_idr", "min_days", "max_days"]
    readonly_fields = ["service", "origin_zone", "destination_zone"]

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> "type[forms.ModelForm[Rate]]":
        """The rows of the list ask the same questions."""
        form: type[forms.ModelForm[Rate]] = super().get_changelist_form(request, form=RateForm, **kwargs)
        return form

    @admin.display(description=COLUMNS["route"], ordering="service__position")
    def route(self, rate: Rate) -> str:
        return f"{rate.service.name}: {rate.get_origin_zone_display()} → {rate.get_destination_zone_display()}"

    def save_model(self, request: HttpRequest, obj: Rate, form: "forms.ModelForm[Rate]", change: bool) -> None:  # noqa: ARG002 - Django's
        terms = {name: form.cleaned_data[name] for name in ("first_kg_idr", "next_kg_idr", "min_days", "max_days")}
        change_rate(signed_in(request), obj.pk, **terms)


@admin.register(Parcel)
class ParcelAdmin(Inspection):
    list_display = ["tracking_number", "service", "of_order", "shipped_at", "delivered_at"]
    list_filter = ["service"]
    list_select_related = ["service"]
    search_fields = ["tracking_number"]
    ordering = ["-order_id"]
    fields = ["tracking_number", "service", "of_order", "shipped_at", "delivered_at"]
    readonly_fields = ["of_order"]
    of_order = as_order("order_id")
