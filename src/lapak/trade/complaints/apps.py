"""Django's name for this app."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "lapak.trade.complaints"
    label = "complaints"
