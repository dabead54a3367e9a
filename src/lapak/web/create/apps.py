"""Django's name for this app."""

from django.apps import AppConfig


class CreatorScreensConfig(AppConfig):
    name = "lapak.web.create"
    label = "creator_screens"
