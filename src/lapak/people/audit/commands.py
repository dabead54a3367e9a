"""Keeping a change, in the transaction that makes it."""

import uuid
from collections.abc import Mapping

from lapak.lib import clock
from lapak.people.audit.models import Change
from lapak.people.audit.rules import Subject, as_kept, known


def note_changes(
    by_id: uuid.UUID | None, of: Subject, old: Mapping[str, object], new: Mapping[str, object]
) -> list[Change]:
    """Each field of `new` that has another value than in `old` stays on record; for a thing that is new, `old` is empty.

    Call it within the act that makes the change. Fields are those of rules.FIELDS (`KeyError`).
    """
    return note_all(by_id, [(of, old, new)])


def note_all(
    by_id: uuid.UUID | None, changed: "list[tuple[Subject, Mapping[str, object], Mapping[str, object]]]"
) -> list[Change]:
    """As `note_changes`, of many things at once."""
    now = clock.now()
    return Change.objects.bulk_create(
        Change(
            kind=of.kind,
            subject_id=str(of.id),
            name=of.name[:300],
            shop_id=of.shop_id,
            field=known(field),
            old=as_kept(old.get(field)),
            new=as_kept(value),
            by_id=by_id,
            happened_at=now,
        )
        for of, old, new in changed
        for field, value in new.items()
        if as_kept(old.get(field)) != as_kept(value)
    )
