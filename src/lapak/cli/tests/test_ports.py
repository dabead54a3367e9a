"""Where the marketplace is served, and what is said when the place is taken."""

import socket
import sys
from collections.abc import Iterator

import pytest

from lapak.cli.demo import OPENED, demo
from lapak.cli.ports import address, answers, free_port, free_port_from, held_port, held_port_from
from lapak.lib.trouble import Trouble


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def hold(host: str, port: int) -> None:
    with held_port(host, port):
        pass


def test_a_taken_port_is_refused_and_a_free_one_named(taken_port: int) -> None:
    with pytest.raises(Trouble, match=rf"Port {taken_port} is taken.*--port (\d+)") as refused:
        hold("127.0.0.1", taken_port)
    named = int(str(refused.value).rpartition("--port ")[2].rstrip("."))
    hold("127.0.0.1", named)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the port is only looked at")
def test_a_held_port_is_for_our_own_workers_only(taken_port: int) -> None:
    port = free_port_from(taken_port, "127.0.0.1")
    with held_port("127.0.0.1", port):
        with pytest.raises(Trouble, match="is taken"):
            hold("127.0.0.1", port)
        with socket.socket() as worker:
            worker.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            worker.bind(("127.0.0.1", port))
            worker.listen()
            assert answers("127.0.0.1", port)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the port is only looked at")
def test_two_who_start_at_the_same_moment_hold_two_ports(taken_port: int) -> None:
    with held_port_from(taken_port, "127.0.0.1") as first, held_port_from(taken_port, "127.0.0.1") as second:
        assert taken_port < first < second
        with pytest.raises(Trouble, match=f"Port {first} is taken"):
            hold("127.0.0.1", first)


def test_who_asks_at_the_same_moment_gets_another_free_port() -> None:
    ports = {free_port() for _ in range(10)}
    assert len(ports) > 1
    assert not any(answers("127.0.0.1", port) for port in ports)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(Trouble, match="no address of this machine"):
        hold("192.0.2.1", 8000)


def test_whether_a_server_answers(taken_port: int) -> None:
    assert answers("127.0.0.1", taken_port)
    assert answers("0.0.0.0", taken_port)


@pytest.mark.parametrize(
    ("host", "reached"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("0.0.0.0", "http://127.0.0.1:80"),
        ("::", "http://[::1]:80"),
        ("lapak.id", "http://lapak.id:80"),
    ],
)
def test_the_address_from_this_machine(host: str, reached: str) -> None:
    assert address(host, 80) == reached


@pytest.mark.usefixtures("nothing_written")
def test_the_demo_says_so_before_it_lives_through_four_weeks(taken_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAPAK_TAXABLE_SINCE", OPENED)  # which it would set for good
    with pytest.raises(Trouble, match="is taken"):
        demo(port=taken_port)
