"""Django's name for this app."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "lapak.trade.orders"
    label = "orders"
