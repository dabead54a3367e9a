"""Django's name for this app."""

from django.apps import AppConfig


class MovingConfig(AppConfig):
    name = "lapak.moving"
    label = "moving"
