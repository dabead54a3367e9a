"""Django's name for this app."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "lapak.affiliates.results"
    label = "results"
