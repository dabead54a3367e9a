"""Django's name for this app."""

from django.apps import AppConfig


class RemittancesConfig(AppConfig):
    name = "lapak.money.remittances"
    label = "remittances"
