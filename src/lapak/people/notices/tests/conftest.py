"""Who is told in these tests, and short ways to tell them."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.people.notices.commands import Telling, tell
from lapak.people.notices.models import Notice
from lapak.people.users.models import User


@pytest.fixture
def reader(db: None) -> User:
    return User.objects.create_user("reader@example.com", name="Reader")


@pytest.fixture
def told(reader: User) -> Callable[..., Notice]:
    """The reader has been told a fact, of an order unless it is of something else."""

    def tell_reader(fact: str = "order_shipped", *, about: uuid.UUID | None = None, **fields: Any) -> Notice:
        about = about or new_id()
        said = {"number": "0482-7391-5026", "order_id": str(new_id()), "courier": "JNE", "tracking": "JX1"}
        fields["said"] = said | fields.get("said", {})
        tell([Telling(fact=fact, reader_id=reader.id, about_id=about, happened_at=clock.now(), **fields)])
        return Notice.objects.get(reader_id=reader.id, fact=fact, about_id=about)

    return tell_reader
