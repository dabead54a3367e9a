"""Django's name for this app."""

from django.apps import AppConfig


class FeesConfig(AppConfig):
    name = "lapak.money.fees"
    label = "fees"
