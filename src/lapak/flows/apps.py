"""Django's name for the flows: so that the worker finds their tasks."""

from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "lapak.flows"
    label = "flows"
