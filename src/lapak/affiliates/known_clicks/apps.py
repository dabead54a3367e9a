"""Django's name for this app."""

from django.apps import AppConfig


class KnownClicksConfig(AppConfig):
    name = "lapak.affiliates.known_clicks"
    label = "known_clicks"
