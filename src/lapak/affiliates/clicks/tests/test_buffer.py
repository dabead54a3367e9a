"""Clicks on their way to the database: in batches, through an outage, and to the end of the process."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence

import pytest
from django.db import OperationalError

from lapak.affiliates.clicks import buffer as clicks
from lapak.affiliates.clicks.buffer import ClickBuffer
from lapak.affiliates.clicks.models import Click
from lapak.affiliates.clicks.storing import ClickRow, Followed
from lapak.lib.ids import new_id, new_id_bytes, time_of_id

pytestmark = pytest.mark.django_db(transaction=True)

LINK, CREATOR = new_id(), new_id()
_real_write = clicks._write


def a_click(device: str = "phone", *, is_in_app: bool = False) -> ClickRow:
    return ClickRow(
        new_id_bytes(), Followed(LINK.bytes, CREATOR.bytes, ""), device, is_in_app, "203.0.113.0", "a browser"
    )


@pytest.fixture
def buffer(monkeypatch: pytest.MonkeyPatch) -> Iterator[ClickBuffer]:
    monkeypatch.setattr(clicks, "FLUSH_EVERY_S", 0.01)
    buffer = ClickBuffer()
    yield buffer
    monkeypatch.setattr(clicks, "_write", _real_write)
    buffer.close()


def stored(expected: int) -> bool:
    """Whether so many clicks, no more, are stored before long."""
    deadline = time.monotonic() + 60
    while Click.objects.count() < expected and time.monotonic() < deadline:
        time.sleep(0.01)
    return Click.objects.count() == expected


def failing(times: int, *, after: Callable[[Sequence[ClickRow]], None] = lambda _: None) -> Callable[..., None]:
    """A `_write` that fails so often, each time after doing something."""
    left = [times]

    def write(rows: Sequence[ClickRow]) -> None:
        if left[0]:
            left[0] -= 1
            after(rows)
            raise OperationalError("the database is away")
        _real_write(rows)

    return write


def test_a_click_is_stored_as_it_was_and_when_it_was(buffer: ClickBuffer) -> None:
    rows = [a_click(), a_click("bot", is_in_app=True)]
    for row in rows:
        buffer.add(row)
    assert stored(2)
    for row in rows:
        click = Click.objects.get(id=row.id.hex())
        assert (click.link_id, click.device, click.is_in_app) == (LINK, row.device, row.is_in_app)
        assert click.clicked_at == time_of_id(click.id)


def test_they_are_written_in_batches_of_a_bounded_size(buffer: ClickBuffer, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []

    def write(rows: Sequence[ClickRow]) -> None:
        sizes.append(len(rows))
        _real_write(rows)

    monkeypatch.setattr(clicks, "_write", write)
    monkeypatch.setattr(clicks, "FLUSH_EVERY_S", 60)
    monkeypatch.setattr(clicks, "MOST_AT_ONCE", 10)
    for _ in range(25):
        buffer.add(a_click())
    buffer.close()
    assert sizes == [10, 10, 5]
    assert Click.objects.count() == 25


def test_an_outage_delays_them_and_loses_none(
    buffer: ClickBuffer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(clicks, "_write", failing(1))
    monkeypatch.setattr(clicks, "_write_missing", failing(1))
    for _ in range(3):
        buffer.add(a_click())
    assert stored(3)
    assert [record.levelno for record in caplog.records] == [logging.WARNING, logging.WARNING]
    assert "clicks wait for the database: the database is away" in caplog.text


def test_a_batch_that_was_stored_although_its_answer_was_lost_is_stored_once(
    buffer: ClickBuffer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clicks, "_write", failing(1, after=_real_write))
    for _ in range(3):
        buffer.add(a_click())
    buffer.close()
    assert Click.objects.count() == 3


def test_a_full_buffer_drops_and_says_so(
    buffer: ClickBuffer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(clicks, "MOST_WAITING", 3)
    monkeypatch.setattr(clicks, "FLUSH_EVERY_S", 60)
    for _ in range(5):
        buffer.add(a_click())
    buffer.close()
    assert Click.objects.count() == 3
    errors = [record.message for record in caplog.records if record.levelno == logging.ERROR]
    assert errors == [
        "clicks are dropped from now on: 3 wait, and the database takes none",
        "2 clicks were dropped while the database was away",
    ]


def test_closing_writes_what_waits_and_every_later_click_at_once(
    buffer: ClickBuffer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clicks, "FLUSH_EVERY_S", 60)
    buffer.add(a_click())
    buffer.close()
    assert Click.objects.count() == 1
    buffer.add(a_click())
    assert Click.objects.count() == 2


def test_closing_without_a_database_ends_and_says_what_is_lost(
    buffer: ClickBuffer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(clicks, "LAST_CHANCE_S", 0.05)
    monkeypatch.setattr(clicks, "_write", failing(1000))
    monkeypatch.setattr(clicks, "_write_missing", failing(1000))
    buffer.add(a_click())
    buffer.close()
    assert "1 clicks are lost" in caplog.text
    assert not Click.objects.exists()
