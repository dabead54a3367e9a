"""Django's name for this app."""

from django.apps import AppConfig


class SellScreensConfig(AppConfig):
    name = "lapak.web.sell"
    label = "sell_screens"
