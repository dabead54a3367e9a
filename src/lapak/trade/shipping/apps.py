"""Django's name for this app."""

from django.apps import AppConfig


class ShippingConfig(AppConfig):
    name = "lapak.trade.shipping"
    label = "shipping"
