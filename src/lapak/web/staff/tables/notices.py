"""Mails, as the operator sees them: to whom, and what became of them. What they say is not shown: it may carry a key."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from lapak.people.notices.models import Mail
from lapak.web.staff.inspection import Inspection, as_label


@admin.register(Mail)
class MailAdmin(Inspection):
    list_display = ["written_at", "to", "subject", "status_label", "failure"]
    list_filter = ["state"]
    search_fields = ["=to"]
    ordering = ["-written_at"]
    fields = ["id", "to", "subject", "state", "written_at", "sent_at", "failure"]
    status_label = as_label("notices.mail", _("status"))
