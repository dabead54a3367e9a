"""Django's name for this app."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "lapak.moderation"
    label = "moderation"
