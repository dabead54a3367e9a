"""One of very many: `Order.objects.filter(among("id", order_ids))`.

Django's `__in` puts each value into the statement by itself, which costs more than PostgreSQL takes to find its row; here all
of them are one parameter.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F
from django.db.models.lookups import Lookup
from django.db.models.sql.compiler import SQLCompiler

from lapak.lib.pipeline import array


def among(column: str, ids: Iterable[uuid.UUID]) -> "Among":
    """The rows whose column (`id`, `order_id` …) is one of these; none of them, if there are none."""
    return Among(F(column), array(ids))


class Among(Lookup):
    """`column = ANY (array)`."""

    prepare_rhs = False
    output_field: Any = BooleanField()

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        """Django's hook."""
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY (%s::uuid[])", (*parameters, self.rhs)
