"""Django's name for the books."""

from django.apps import AppConfig


class BooksConfig(AppConfig):
    name = "lapak.books"
    label = "books"
