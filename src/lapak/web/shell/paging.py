"""Lists cut into pages that cost with what is shown, however long the list is."""

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

AHEAD = 1_000
"""So many rows after the asked page are counted; whether there are more, and how many, would cost with the whole list."""


class Pages(Paginator):  # type: ignore[type-arg]  # no generic at run time
    """Pages of a list that is counted only so far ahead, and whose rows are found by their ids first: what is joined or
    added up for each is so only for those shown."""

    def __init__(self, rows: "QuerySet[Any, Any]", size: int, asked: str | None) -> None:
        super().__init__(rows, size)
        number = int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < _DIGITS else 1
        self._rows, self._counted_to = rows, number * size + AHEAD

    @cached_property
    def count(self) -> int:
        """Of those counted."""
        return self._rows.order_by()[: self._counted_to].count()

    @property
    def is_open_ended(self) -> bool:
        """Whether there are more pages than were counted."""
        return self.count == self._counted_to

    def page(self, number: int | str) -> "Page[Any]":
        if self._rows._fields is not None:  # type: ignore[attr-defined]  # set by values_list: ids already
            return super().page(number)
        number = self.validate_number(number)
        ids = list(self._rows.values_list("pk", flat=True)[(number - 1) * self.per_page : number * self.per_page])
        shown = {row.pk: row for row in self._rows.filter(pk__in=ids)}
        return Page([shown[pk] for pk in ids if pk in shown], number, self)


_DIGITS = 7
"""No list is turned so far by hand."""
