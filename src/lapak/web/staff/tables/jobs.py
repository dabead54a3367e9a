"""Jobs, as the operator sees them; and tables of packages in use, which need no page of their own."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from lapak.web.staff.inspection import Inspection, InspectionInline, as_label

for model in (ProcrastinateJob, Group, EmailAddress, EmailConfirmation, Authenticator):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


class EventInline(InspectionInline):
    model = ProcrastinateEvent
    fields = ["at", "type"]
    ordering = ["at"]


@admin.register(ProcrastinateJob)
class JobAdmin(Inspection):
    list_display = ["id", "task_name", "status_label", "attempts", "scheduled_at", "queue_name"]
    list_filter = ["status", "task_name"]
    search_fields = ["=id"]
    ordering = ["-id"]
    fields = ["id", "task_name", "args", "status", "attempts", "scheduled_at", "queue_name", "lock", "queueing_lock"]
    inlines = [EventInline]
    status_label = as_label("procrastinate.procrastinatejob", "status")
