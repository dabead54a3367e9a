"""A click that was answered is stored, even if the server is told to end at that very moment."""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from bench.load import get_request, run_load
from pytest_django import DjangoDbBlocker

from lapak.affiliates.clicks.models import Click, ClickTotal
from lapak.affiliates.models import Link
from lapak.affiliates.token import read_token
from lapak.cli.ports import answers, free_port
from lapak.lib import clock
from lapak.testing.books import look_through_filled_books
from lapak.testing.cast import assemble_cast, link_to, stocked_variant
from lapak.testing.stage import Stage, throwaway_stage

pytestmark = pytest.mark.long

PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 13; SM-A536E) Chrome/117.0.0.0 Mobile Safari/537.36"}
VISITORS = 6
CROWD = 100_000
HOST = "127.0.0.1"

PATIENCE_S = 120
"""For a machine that is busy with other things."""


@pytest.fixture(scope="module")
def stage(django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    with django_db_blocker.unblock(), throwaway_stage() as stage:
        yield stage


@pytest.fixture(scope="module")
def code(stage: Stage) -> str:
    cast = assemble_cast()
    return link_to(cast, stocked_variant(cast.shop).product).code


ways_to_end = pytest.mark.parametrize(
    "end",
    [
        pytest.param(lambda server: os.kill(server, signal.SIGTERM), id="SIGTERM to the server"),
        pytest.param(lambda server: os.killpg(server, signal.SIGINT), id="Ctrl-C to all its processes"),
        pytest.param(lambda server: os.killpg(server, signal.SIGTERM), id="SIGTERM to all its processes"),
    ],
)


@ways_to_end
def test_every_answered_click_is_stored(stage: Stage, code: str, end: Callable[[int], None]) -> None:
    tokens: list[str] = []
    with running_server(stage) as (server, port):
        visitors = [threading.Thread(target=follow_until_refused, args=(port, code, tokens)) for _ in range(VISITORS)]
        for visitor in visitors:
            visitor.start()
        wait_until(lambda: len(tokens) > 300)
        end(server.pid)
        for visitor in visitors:
            visitor.join(timeout=PATIENCE_S)
        assert server.wait(timeout=PATIENCE_S) == 0
    answered = {click.click_id for token in tokens if (click := read_token(token))}
    assert len(answered) == len(tokens)
    assert answered <= set(Click.objects.values_list("id", flat=True))
    assert look_through_filled_books().shown == ()  # the hours say what the clicks do


@pytest.mark.long
def test_a_hundred_thousand_people_are_counted_once_each(stage: Stage, code: str) -> None:
    creator = Link.objects.get(code=code).creator
    link = Link.objects.create(code="crowded", creator=creator, created_at=clock.now())
    visits = (get_request(f"/r/{link.code}", f"User-Agent: {PHONE['User-Agent']} Build/{n}") for n in range(CROWD))
    with running_server(stage) as (server, port):
        load = run_load(port, visits, connections=32)
        os.kill(server.pid, signal.SIGTERM)
        assert server.wait(timeout=PATIENCE_S) == 0
    assert load.statuses == {302: CROWD}
    assert Click.objects.filter(link_id=link.id).count() == CROWD
    total = ClickTotal.objects.get(of_id=link.id)
    assert (total.clicks, total.people) == (CROWD, CROWD)
    assert look_through_filled_books().shown == ()


@ways_to_end
def test_workers_that_are_still_loading_end_too(
    stage: Stage, end: Callable[[int], None], capfd: pytest.CaptureFixture[str]
) -> None:
    with running_server(stage) as (server, _):
        end(server.pid)
        assert server.wait(timeout=PATIENCE_S) == 0
    assert "Killing worker" not in "".join(capfd.readouterr())


@contextmanager
def running_server(stage: Stage) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """`lapak web`, in a process group of its own."""
    port = free_port()
    command = [sys.executable, "-m", "lapak", "web", f"--port={port}", "--workers=2"]
    server = subprocess.Popen(command, env=stage.env, start_new_session=True)
    try:
        wait_until(lambda: answers(HOST, port))
        yield server, port
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def follow_until_refused(port: int, code: str, tokens: list[str]) -> None:
    """Follow the link again and again on a kept connection; keep the token of each answer that came back whole."""
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE_S)
    while True:
        try:
            connection.request("GET", f"/r/{code}", headers=PHONE)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            return
        tokens.append(answer.headers["Location"].partition("?lp=")[2])


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)
