"""Everything that people changed and that has an old and a new value, for the operator to look through."""

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lapak.people.audit.models import Change
from lapak.people.users.models import User
from lapak.web.shell.changes import value_in_words
from lapak.web.staff.inspection import Inspection

NAMED_PEOPLE = 200
"""Of the people whose name or address fits a search; who looks for more types more."""


@admin.register(Change)
class ChangeAdmin(Inspection):
    """Found by whom, by what it was done to, and by kind."""

    list_display = ["happened_at", "kind", "name", "field", "was", "became", "who"]
    list_filter = ["kind", "field"]
    search_fields = ["name", "=subject_id"]
    search_help_text = _("Name of the thing or the person, e-mail address, or id")
    ordering = ["-happened_at", "-id"]
    fields = ["happened_at", "kind", "name", "subject_id", "field", "was", "became", "who"]
    readonly_fields = ["was", "became", "who"]

    @admin.display(description=_("old"))
    def was(self, change: Change) -> str:
        return str(value_in_words(change.field, change.old))

    @admin.display(description=_("new"))
    def became(self, change: Change) -> str:
        return str(value_in_words(change.field, change.new))

    @admin.display(description=_("by"))
    def who(self, change: Change) -> str:
        by = User.objects.filter(pk=change.by_id).first() if change.by_id else None
        return str(by or _("nobody"))

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Change]", search_term: str
    ) -> "tuple[QuerySet[Change], bool]":
        """What they did, too, whose name or e-mail address it is."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if search_term:
            people = User.objects.filter(Q(name__icontains=search_term) | Q(email__icontains=search_term))
            found |= queryset.filter(by_id__in=list(people.values_list("id", flat=True)[:NAMED_PEOPLE]))
        return found, bool(may_repeat)
