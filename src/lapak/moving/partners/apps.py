"""Django's name for this app."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "lapak.moving.partners"
    label = "partners"
