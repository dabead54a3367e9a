"""Django's name for this app."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "lapak.trade.reviews"
    label = "reviews"
