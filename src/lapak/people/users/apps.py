"""Django's name for this app."""

from django.apps import AppConfig


class UsersConfig(AppConfig):
    name = "lapak.people.users"
    label = "users"
