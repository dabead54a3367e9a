"""Django's name for this app."""

from django.apps import AppConfig


class ContendersConfig(AppConfig):
    name = "lapak.affiliates.contenders"
    label = "contenders"
