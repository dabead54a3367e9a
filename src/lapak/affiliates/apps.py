"""Django's name for this app."""

from django.apps import AppConfig


class AffiliatesConfig(AppConfig):
    name = "lapak.affiliates"
    label = "affiliates"
