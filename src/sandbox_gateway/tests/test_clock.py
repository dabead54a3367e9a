"""Its clock can be stopped, to play what happened at other times."""

from sandbox_gateway.clock import Clock
from sandbox_gateway.tests.conftest import Gateway
from sandbox_gateway.tests.test_refunds import paid_charge, refund


def test_what_is_due_by_then_is_done_at_once(gateway: Gateway) -> None:
    charge_id = paid_charge(gateway)
    refund(gateway, charge_id, "r1", 100_000)
    answer = gateway.call("POST", "/v1/clock", {"stopped_at": "2030-01-01T00:00:00Z"})
    assert answer.json() == {"now": "2030-01-01T00:00:00.000Z"}
    assert gateway.call("GET", "/v1/refunds/r1").json()["status"] == "completed"


def test_only_the_merchant_stops_it(gateway: Gateway) -> None:
    assert gateway.http.post("/v1/clock", json={"stopped_at": None}).status_code == 401
    assert gateway.call("POST", "/v1/clock", {"stopped_at": "soon"}).status_code == 422


def test_it_runs_until_it_is_stopped_and_again_after() -> None:
    clock = Clock()
    before = clock()
    clock.stop(1.0)
    assert (clock(), clock()) == (1.0, 1.0)
    clock.stop(None)
    assert clock() >= before
