"""Django's name for this app."""

from django.apps import AppConfig


class GatewaysConfig(AppConfig):
    name = "lapak.money.gateways"
    label = "gateways"
