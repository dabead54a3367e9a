"""Fields of words that are looked up whole, with one index.

For a unique or indexed `varchar` Django makes a second index on PostgreSQL (`…_like`), by which words that begin so are found:
each write pays for it, and nobody here asks the database for beginnings.
"""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:  # what a field holds is told to the checker alone: Django's classes take no types
    Field = models.Field[Any, Any]
    CharField = models.CharField[str, str]
    SlugField = models.SlugField[str, str]
    EmailField = models.EmailField[str, str]
else:
    from django.db.models import CharField, EmailField, Field, SlugField


class _Whole(Field):
    """The same column: Django tells what needs the second index by this name of the type."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return str(super().db_type(connection)).replace("varchar", "character varying", 1)


class WholeCharField(CharField, _Whole):
    """Any words."""


class WholeSlugField(SlugField, _Whole):
    """A name in addresses."""


class WholeEmailField(EmailField, _Whole):
    """An address of e-mail."""
