"""Django's name for this app, and what it has done when somebody signs in with another e-mail."""

from allauth.account.signals import email_changed
from django.apps import AppConfig


class ShopScreensConfig(AppConfig):
    name = "lapak.web.shop"
    label = "shop_screens"

    def ready(self) -> None:
        """allauth has no other hook for it that knows whether the old e-mail was confirmed."""
        from lapak.web.shop import email_way_back  # noqa: PLC0415 - models are loaded by now, and not before

        email_changed.connect(email_way_back.note, dispatch_uid="e-mail changed")
