"""Django's names for this app, and for the admin that runs on Lapak's own site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class StaffScreensConfig(AppConfig):
    name = "lapak.web.staff"
    label = "staff_screens"


class OperatorAdminConfig(AdminConfig):
    default_site = "lapak.web.staff.site.OperatorSite"
