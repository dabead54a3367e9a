"""Django's name for this app."""

from django.apps import AppConfig


class WithholdingConfig(AppConfig):
    name = "lapak.affiliates.withholding"
    label = "withholding"
