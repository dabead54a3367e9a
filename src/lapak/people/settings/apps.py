"""Django's name for this app."""

from django.apps import AppConfig


class SettingsConfig(AppConfig):
    name = "lapak.people.settings"
    label = "settings"
