"""Django's name for this app."""

from django.apps import AppConfig


class TermsConfig(AppConfig):
    name = "lapak.affiliates.terms"
    label = "terms"
