"""Django's name for this app."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "lapak.goods.catalogue"
    label = "catalogue"
