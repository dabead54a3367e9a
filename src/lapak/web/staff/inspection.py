"""How the operator looks at tables: pages that show everything and change nothing."""

import re
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.db.models import AutoField, EmailField, Field, IntegerField, Model, Q, QuerySet, UUIDField
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import pgettext_lazy
from unfold import paginator
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display
from unfold.paginator import InfinitePage
from unfold.widgets import INPUT_CLASSES

from lapak.lib.ids import NumberOf, number_in, number_of
from lapak.lib.money import format_idr
from lapak.lib.number_fields import NumberInput, field_class_of
from lapak.lib.numbers import format_rate
from lapak.lib.phones import phone_in, spellings
from lapak.web.shell.acts import signed_in
from lapak.web.shell.states import LOOKS, Reader, Tone, field_of, shown
from lapak.web.staff.comes_here import COMES_HERE
from lapak.web.staff.desks import may_open
from lapak.web.staff.lookups import may_be_asked

# What unfold calls our tones.
_COLOURS = {Tone.GOOD: "success", Tone.INFO: "info", Tone.WARN: "warning", Tone.BAD: "danger", Tone.QUIET: "default"}


_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-zA-Z]+")

MOST_RELATED = 200
"""So many shops, users, accounts … of a name are looked behind; whoever means another writes more of it."""


class LooksOnly:
    """Whose desk the table is on may look (desks.py); nobody adds, changes or deletes here. What must change has a command."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 - Django's
        name = f"{self.opts.app_label}_{self.opts.model_name}_changelist"  # type: ignore[attr-defined]
        return may_open(signed_in(request), name)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return False

    def formfield_for_dbfield(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """What may be changed after all and is a number is typed as everywhere."""
        if not isinstance(db_field, IntegerField) or isinstance(db_field, AutoField) or db_field.choices:
            formfield: forms.Field | None = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
            return formfield
        kind = field_class_of(db_field)
        widget = NumberInput({"class": " ".join(INPUT_CLASSES)}, shows_unit=False)
        _least, most = connection.ops.integer_field_range(db_field.get_internal_type())
        return db_field.formfield(form_class=kind, widget=widget, min_value=0, max_value=min(most, kind.most))


class TurnedPage(InfinitePage):  # type: ignore[misc]  # unfold carries no types
    """There is another page behind a full one."""

    def has_next(self) -> bool:
        return bool(len(self.object_list) == self.paginator.per_page)


class InfinitePaginator(paginator.InfinitePaginator):  # type: ignore[misc]
    """Pages that are turned, never counted. Its name is unfold's, by which its templates know not to show a count."""

    def _get_page(self, *args: Any, **kwargs: Any) -> TurnedPage:
        return TurnedPage(*args, **kwargs)


class Inspection(LooksOnly, ModelAdmin):  # type: ignore[misc]  # unfold carries no types
    """A table and its rows, to be looked at."""

    list_per_page = 50
    show_full_result_count = False  # counting a whole large table only to print its size
    list_filter_submit = False
    compressed_fields = True
    paginator = InfinitePaginator

    @property
    def comes_here(self) -> "str | Promise":
        """What will stand in it, where nothing does yet."""
        return COMES_HERE[self.opts.label_lower]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:  # noqa: ARG002 - Django's
        """Django's own rule lets every field of the table be asked about."""
        return may_be_asked(self.model, self.get_list_filter(request), lookup)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        """What people ask of a row first; its id, which programs ask for, last."""
        fields = list(super().get_fields(request, obj))
        return sorted(fields, key=lambda name: name == "id")

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """A choice's words begin a cell as a sentence begins."""
        named = {field.name: field for field in self.opts.get_fields() if getattr(field, "choices", None)}
        return [_as_choice(named[name]) if name in named else name for name in super().get_list_display(request)]

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Without what the models' fields say to those who write code."""
        hidden = {field.name: "" for field in self.opts.get_fields()}
        return super().get_form(request, *args, **kwargs, help_texts=hidden)

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> "tuple[QuerySet[Any], bool]":
        """Rows that have every word in one of `search_fields`: whole where it begins with `=` or is an e-mail address, else a
        part of it; a phone number however it is typed.

        Ids are looked up as ids, and what is of another table is looked up there first: together in one condition, the
        database would join and read both tables whole.
        """
        fields = self.get_search_fields(request)
        phone = phone_in(search_term)
        for word in [phone] if phone else search_term.split():
            queryset = queryset.filter(_has(self.model, fields, word))
        return queryset, False


def _as_choice(field: Any) -> Callable[[Any], str | None]:
    @admin.display(description=field.verbose_name, ordering=field.name)
    def column(row: Any) -> str | None:
        words = getattr(row, f"get_{field.name}_display")()
        return capfirst(words) if words else None

    column.__name__ = field.name
    return column


def _has(model: type[Model], fields: Iterable[str], word: str) -> Q:
    """That a row has the word in one of the fields."""
    found = Q(pk__in=[])
    for field in fields:
        exact, path = field.startswith("="), field.removeprefix("=")
        name, _, beyond = path.partition("__")
        here = model._meta.get_field(name)  # noqa: SLF001 - Django documents the name
        if beyond:
            found |= _leads_to(here, f"={beyond}" if exact else beyond, word)
        elif name == "phone":
            found |= Q(phone__in=spellings(word))
        elif not isinstance(here, UUIDField):
            is_address = bool(_EMAIL.fullmatch(word))
            if isinstance(here, EmailField) and is_address:
                found |= Q(**{name: word.lower()})
            elif exact or not is_address:  # an address is no part of a name
                found |= Q(**{name if exact else f"{name}__icontains": word})
        elif (identifier := _as_id(word)) is not None:
            found |= Q(**{name: identifier})
    return found


def _leads_to(relation: Any, field: str, word: str) -> Q:
    """That a row's relation leads to one of the first `MOST_RELATED` rows that have the word."""
    related = relation.related_model.objects.filter(_has(relation.related_model, [field], word))
    if relation.one_to_many:
        return Q(pk__in=list(related.values_list(relation.field.attname, flat=True)[:MOST_RELATED]))
    return Q(**{f"{relation.name}__in": list(related.values_list("pk", flat=True)[:MOST_RELATED])})


def _as_id(word: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(word)
    except ValueError:
        return None


class NumberedInspection(Inspection):
    """Of rows that people name by a number: it is found however it is typed."""

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> "tuple[QuerySet[Any], bool]":
        number, phone = number_in(search_term), phone_in(search_term)
        if number is None:
            found: tuple[QuerySet[Any], bool] = super().get_search_results(request, queryset, search_term)
            return found
        named = Q(its_number=number)
        if phone:  # as long as a number
            named |= _has(self.model, self.get_search_fields(request), phone)
        return queryset.alias(its_number=NumberOf("id")).filter(named), False


def one_of(
    name: str, description: Any, choices: Callable[[], Iterable[tuple[str, Any]]]
) -> type[admin.SimpleListFilter]:
    """A filter by a column whose values are known: asked which ones it holds, the database would read every row."""

    class OneOf(admin.SimpleListFilter):
        title = description
        parameter_name = name

        def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002 - Django's
            return list(choices())

        def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":  # noqa: ARG002
            return queryset.filter(**{name: self.value()}) if self.value() else queryset

    return OneOf


class InspectionInline(LooksOnly, TabularInline):  # type: ignore[misc]  # unfold carries no types
    """Rows that belong to the row shown."""

    extra = 0
    hide_title = True  # the cells say it all
    can_delete = False
    show_change_link = False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 - Django's
        """Who looks at the row looks at them."""
        return True

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:  # noqa: ARG002
        return list(self.fields)


def in_idr(name: str, description: Any) -> Callable[[Any, Any], str]:
    """A column that writes an amount as `Rp115.000`."""

    @admin.display(description=description, ordering=name)
    def column(_page: Any, row: Any) -> str:
        return format_idr(getattr(row, name))

    return column


def as_order(name: str) -> Callable[[Any, Any], Any]:
    """A column that names the order of an id by its number, and leads to it."""

    @admin.display(description=pgettext_lazy("column", "order"), ordering=name)
    def column(_page: Any, row: Any) -> Any:
        identifier = getattr(row, name)
        if not identifier:
            return "–"
        address = reverse("admin:orders_order_change", args=[identifier])
        return format_html('<a class="text-link number" href="{}">{}</a>', address, number_of(identifier))

    return column


def in_percent(name: str, description: Any) -> Callable[[Any, Any], str]:
    """A column that writes a rate as `10%`."""

    @admin.display(description=description, ordering=name)
    def column(_page: Any, row: Any) -> str:
        return f"{format_rate(getattr(row, name))}%"

    return column


def as_label(of: str, description: Any) -> Callable[[Any, Any], Any]:
    """A column that shows the state of a kind of thing (`orders.order`) in its tone, as the operator reads it."""
    colours = {value: _COLOURS[look.tone] for value, look in LOOKS[of].items()}

    def column(_page: Any, row: Any) -> tuple[str, str]:
        return getattr(row, field_of(type(row))), str(shown(row, Reader.OPERATOR).words)

    ordering = field_of(apps.get_model(of))
    shown_as_label: Callable[[Any, Any], Any] = display(description=description, ordering=ordering, label=colours)(
        column
    )
    return shown_as_label
