"""Django's name for this app."""

from django.apps import AppConfig


class StatementsConfig(AppConfig):
    name = "lapak.money.statements"
    label = "statements"
