"""Django's name for this app."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "lapak.money.payments"
    label = "payments"
