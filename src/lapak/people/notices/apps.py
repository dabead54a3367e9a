"""Django's name for this app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "lapak.people.notices"
    label = "notices"
