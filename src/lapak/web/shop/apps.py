"""Django's name for this app."""

from django.apps import AppConfig


class ShopScreensConfig(AppConfig):
    name = "lapak.web.shop"
    label = "shop_screens"
