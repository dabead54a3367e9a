"""The people who are paid, and a place for batch files."""

from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage

from lapak.money.payouts.models import PayoutBatch
from lapak.money.payouts.tests.people import People, assemble_people


@pytest.fixture
def people(db: None) -> People:
    return assemble_people()


@pytest.fixture(autouse=True)
def files_of_this_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = FileSystemStorage(location=tmp_path, allow_overwrite=True)
    monkeypatch.setattr(PayoutBatch._meta.get_field("file"), "storage", storage)


@pytest.fixture(autouse=True)
def books_are_sound() -> None:
    """Not looked through here: money alone is under test, without the orders that explain it."""
