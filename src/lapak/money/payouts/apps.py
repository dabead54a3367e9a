"""Django's name for this app."""

from django.apps import AppConfig


class PayoutsConfig(AppConfig):
    name = "lapak.money.payouts"
    label = "payouts"

    def ready(self) -> None:
        from lapak.money.payouts import checks  # noqa: F401, PLC0415 - its check needs the models
