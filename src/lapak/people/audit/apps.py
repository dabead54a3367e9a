"""Django's name for this app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "lapak.people.audit"
    label = "audit"
