"""Django's name for this app."""

from django.apps import AppConfig


class PastConfig(AppConfig):
    name = "lapak.moving.past"
    label = "past"
