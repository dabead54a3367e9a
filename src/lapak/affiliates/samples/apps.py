"""Django's name for this app."""

from django.apps import AppConfig


class SamplesConfig(AppConfig):
    name = "lapak.affiliates.samples"
    label = "samples"
