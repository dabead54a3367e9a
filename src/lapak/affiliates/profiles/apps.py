"""Django's name for this app."""

from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "lapak.affiliates.profiles"
    label = "profiles"
