"""By what the operator's lists may be asked: their filters, and whose rows. Nothing else, or a list would answer questions
about what it does not show, letter by letter (`?password__startswith=`)."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, UUIDField


def may_be_asked(model: type[Model], filters: Iterable[Any], lookup: str) -> bool:
    """Whether the lookup (`status__exact`) is of one of the filters, or names the one that rows belong to."""
    name, _, how = lookup.partition("__")
    try:
        field = model._meta.get_field(name)  # noqa: SLF001 - Django documents the name
    except FieldDoesNotExist:
        field = None
    if isinstance(field, UUIDField):
        return how in {"", "exact"}
    if field is not None and field.is_relation and field.related_model:
        own_key = field.related_model._meta.pk.name  # noqa: SLF001 - likewise
        return how in {"", "exact", f"{own_key}__exact"} or lookup in _paths(filters)
    return lookup in _paths(filters)


def _paths(filters: Iterable[Any]) -> set[str]:
    paths = set()
    for each in filters:
        path = each if isinstance(each, str) else each[0] if isinstance(each, tuple) else each.parameter_name
        paths |= {path, *(f"{path}__{how}" for how in ("exact", "isnull", "isempty", "in"))}
    return paths
