"""Django's name for this app."""

from django.apps import AppConfig


class MassConfig(AppConfig):
    name = "lapak.goods.mass"
    label = "mass"
