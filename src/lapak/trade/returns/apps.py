"""Django's name for this app."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "lapak.trade.returns"
    label = "returns"
