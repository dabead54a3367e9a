"""What lists tell of a kind whose rows each stand by themselves: they are compared with what is here, and written, alike."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model
from msgspec import Struct

from lapak.lib.acts import act
from lapak.moving.bundle import SourceSheet
from lapak.moving.plan import Action, Counts
from lapak.moving.problems import Problem
from lapak.moving.progress import Report
from lapak.people.shops.models import Shop

AT_ONCE = 2_000
"""Rows that are asked for, or written, together."""

Here = TypeVar("Here", bound=Model)
Said = TypeVar("Said", bound=Struct)


@dataclass(slots=True)
class ToldRows(Generic[Here, Said]):
    """See `past_in.Told`. `Said` has a field for each column of the table that lists bring."""

    table: type[Here]
    by_key: dict[tuple[Any, ...], Said] = field(default_factory=dict)
    """What is known by one key is one; the later is right."""
    problems: list[Problem] = field(default_factory=list)
    rows: dict[SourceSheet, int] = field(default_factory=dict)
    new: list[Said] = field(default_factory=list)
    changed: list[tuple[Here, Said]] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)

    def compare(self, here: Here | None, said: Said) -> Action:
        """What `write` will do about it."""
        if here is None:
            self.new.append(said)
            return Action.CREATE
        if not news(here, said):
            return Action.LEAVE
        self.changed.append((here, said))
        return Action.CHANGE

    def write(self, shop: Shop, upload_id: UUID | None, report: Report) -> None:  # noqa: ARG002 - it is soon done
        """They are here, some thousand to a transaction."""
        for begin in range(0, len(self.new), AT_ONCE):
            _create(self.table, shop, self.new[begin : begin + AT_ONCE], upload_id)
        for begin in range(0, len(self.changed), AT_ONCE):
            _change(self.table, self.changed[begin : begin + AT_ONCE])


def news(here: Model, said: Struct) -> set[str]:
    """The columns of which it says something else than what is here."""
    return {name for name, value in _columns(said).items() if getattr(here, name) != value}


@act
def _create(table: type[Model], shop: Shop, new: Sequence[Struct], upload_id: UUID | None) -> None:
    rows = [table(shop=shop, upload_id=upload_id, **_columns(each)) for each in new]
    table._default_manager.bulk_create(rows)  # noqa: SLF001 - Django documents the name


@act
def _change(table: type[Model], changed: Sequence[tuple[Model, Struct]]) -> None:
    for here, said in changed:
        for name, value in _columns(said).items():
            setattr(here, name, value)
    names = list(changed[0][1].__struct_fields__)
    table._default_manager.bulk_update([here for here, _said in changed], names)  # noqa: SLF001 - likewise


def _columns(said: Struct) -> dict[str, object]:
    return {name: getattr(said, name) for name in said.__struct_fields__}
