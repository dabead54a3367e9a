"""Django's name for this app."""

from django.apps import AppConfig


class DiscoveryConfig(AppConfig):
    name = "lapak.affiliates.discovery"
    label = "discovery"
