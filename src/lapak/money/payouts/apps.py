"""Django's name for this app."""

from django.apps import AppConfig


class PayoutsConfig(AppConfig):
    name = "lapak.money.payouts"
    label = "payouts"
