"""Django's name for this app."""

from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "lapak.affiliates.posts"
    label = "posts"
