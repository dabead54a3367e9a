"""What the gateway does on purpose to try its merchant, and the statement that tells the truth all the same."""

from sandbox_gateway.tests.conftest import Gateway
from sandbox_gateway.tests.test_refunds import paid_charge, refund


def movements(gateway: Gateway) -> list[tuple[str, int]]:
    answer = gateway.call("GET", "/v1/statement?since=2026-11-01T00:00:00Z&until=2026-12-01T00:00:00Z").json()
    assert answer["closing_idr"] == answer["opening_idr"] + sum(line["amount_idr"] for line in answer["movements"])
    return [(line["kind"], line["amount_idr"]) for line in answer["movements"]]


def test_a_silent_gateway_tells_nothing_and_answers_what_it_is_asked(gateway: Gateway) -> None:
    charge_id = gateway.charge().json()["id"]
    gateway.http.post(f"/pay/{charge_id}/turn/silent")
    gateway.http.post(f"/pay/{charge_id}/confirm")
    gateway.work()
    assert gateway.inbox.requests == []
    assert gateway.call("GET", f"/v1/charges/{charge_id}").json()["status"] == "paid"
    gateway.http.post(f"/pay/{charge_id}/turn/silent")
    gateway.disbursement()
    gateway.work(1)
    assert len(gateway.inbox.requests) == 1


def test_a_payout_comes_back_after_it_arrived(gateway: Gateway) -> None:
    charge_id = paid_charge(gateway)
    gateway.http.post(f"/pay/{charge_id}/turn/payouts_return")
    gateway.disbursement()
    gateway.work(1)
    assert gateway.call("GET", "/v1/disbursements/payout-1").json()["status"] == "completed"
    gateway.work(3)
    back = gateway.call("GET", "/v1/disbursements/payout-1").json()
    assert (back["status"], back["failure"]) == ("returned", "returned_by_bank")
    assert movements(gateway)[-2:] == [("disbursement", -87_780), ("disbursement_return", 87_780)]


def test_the_statement_has_every_movement_and_both_balances(gateway: Gateway) -> None:
    charge_id = paid_charge(gateway)
    refund(gateway, charge_id, "r1", 15_000)
    gateway.work(1)
    assert movements(gateway) == [("payment", 115_000), ("fee", -805), ("refund", -15_000)]
    later = gateway.call("GET", "/v1/statement?since=2026-12-01T00:00:00Z&until=2026-12-02T00:00:00Z").json()
    assert (later["opening_idr"], later["movements"]) == (99_195, [])
    assert gateway.call("GET", "/v1/statement?since=yesterday").status_code == 422


def test_an_unknown_switch_is_refused(gateway: Gateway) -> None:
    charge_id = gateway.charge().json()["id"]
    assert gateway.http.post(f"/pay/{charge_id}/turn/everything").status_code == 404


def test_the_page_says_which_are_on(gateway: Gateway) -> None:
    charge_id = gateway.charge().json()["id"]
    assert gateway.http.get(f"/pay/{charge_id}").text.count('aria-pressed="true"') == 0
    gateway.http.post(f"/pay/{charge_id}/turn/silent")
    assert gateway.http.get(f"/pay/{charge_id}").text.count('aria-pressed="true"') == 1
