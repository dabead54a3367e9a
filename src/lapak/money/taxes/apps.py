"""Django's name for this app."""

from django.apps import AppConfig


class TaxesConfig(AppConfig):
    name = "lapak.money.taxes"
    label = "taxes"
