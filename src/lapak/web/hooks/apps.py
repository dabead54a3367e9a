"""Django's name for this app."""

from django.apps import AppConfig


class HooksConfig(AppConfig):
    name = "lapak.web.hooks"
    label = "hooks"
