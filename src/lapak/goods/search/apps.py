"""Django's name for this app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "lapak.goods.search"
    label = "search"
