"""Django's name for this app."""

from django.apps import AppConfig


class ClicksConfig(AppConfig):
    name = "lapak.affiliates.clicks"
    label = "clicks"
