"""Django's name for this app."""

from django.apps import AppConfig


class IntegrityConfig(AppConfig):
    name = "lapak.affiliates.integrity"
    label = "integrity"
