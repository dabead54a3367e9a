"""Django's name for this app."""

from django.apps import AppConfig


class ShopsConfig(AppConfig):
    name = "lapak.people.shops"
    label = "shops"
