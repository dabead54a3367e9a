"""Whether a control is in this version at all: by the page that serves people with it, or the column that keeps it.

Who builds one of those that are missing gives it the name that is looked for, and a proof of its own of how it works.
"""

from collections.abc import Callable
from datetime import date

from django.apps import apps
from django.urls import URLResolver, get_resolver

from lapak.compliance.rules import Found


def has_page(name: str) -> Callable[[date], Found]:
    """A page of this name is among the addresses."""

    def look(_on: date) -> Found:
        address = _addresses(get_resolver()).get(name)
        return Found(address is not None, {"page": name, "address": address})

    return look


def has_column(table: str, column: str) -> Callable[[date], Found]:
    """The table (`shops.Shop`) keeps it."""

    def look(_on: date) -> Found:
        columns = [field.name for field in apps.get_model(table)._meta.get_fields()]  # noqa: SLF001 - Django's documented API
        return Found(column in columns, {"table": table, "column": column if column in columns else None})

    return look


def _addresses(resolver: URLResolver, before: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for pattern in resolver.url_patterns:
        path = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            found = _addresses(pattern, path) | found
        elif pattern.name:
            found.setdefault(pattern.name, f"/{path}")
    return found
