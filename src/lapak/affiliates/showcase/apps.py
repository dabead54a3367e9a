"""Django's name for this app."""

from django.apps import AppConfig


class ShowcaseConfig(AppConfig):
    name = "lapak.affiliates.showcase"
    label = "showcase"
