"""Django's name for this app."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "lapak.web.shell"
    label = "shell"
