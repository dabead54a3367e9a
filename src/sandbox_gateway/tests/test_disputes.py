"""Disputes: raised on the pay page, answered over the API, won or lost there; the money moves with them."""

from sandbox_gateway.disputes import FEE_IDR
from sandbox_gateway.tests.conftest import Gateway
from sandbox_gateway.tests.test_charges import kinds
from sandbox_gateway.tests.test_refunds import paid_charge


def disputed(gateway: Gateway, query: str = "") -> str:
    """A paid charge that its payer's bank takes back; answers the dispute's id."""
    charge_id = paid_charge(gateway)
    gateway.http.post(f"/pay/{charge_id}/dispute{query}")
    page = gateway.http.get(f"/pay/{charge_id}").text
    return page.partition(f"/pay/{charge_id}/dispute/")[2].partition("/")[0]


def status(gateway: Gateway, dispute_id: str) -> str:
    answer: str = gateway.call("GET", f"/v1/disputes/{dispute_id}").json()["status"]
    return answer


def decide(gateway: Gateway, dispute_id: str, outcome: str) -> None:
    charge_id = gateway.call("GET", f"/v1/disputes/{dispute_id}").json()["charge_id"]
    gateway.http.post(f"/pay/{charge_id}/dispute/{dispute_id}/{outcome}")


def balance_idr(gateway: Gateway) -> int:
    query = "since=2026-01-01T00:00:00Z&until=2027-06-01T00:00:00Z"
    closing: int = gateway.call("GET", f"/v1/statement?{query}").json()["closing_idr"]
    return closing


def test_the_money_is_taken_and_the_merchant_told(gateway: Gateway) -> None:
    dispute_id = disputed(gateway)
    assert balance_idr(gateway) == -805
    dispute = gateway.call("GET", f"/v1/disputes/{dispute_id}").json()
    assert (dispute["reference"], dispute["amount_idr"], dispute["status"]) == ("intent-1", 115_000, "opened")
    assert kinds(gateway) == ["charge.paid", "dispute.opened"]


def test_half_of_it(gateway: Gateway) -> None:
    assert gateway.call("GET", f"/v1/disputes/{disputed(gateway, '?half=1')}").json()["amount_idr"] == 57_500


def test_answered_and_won_it_is_back(gateway: Gateway) -> None:
    dispute_id = disputed(gateway)
    for _ in range(2):
        answer = gateway.call("POST", f"/v1/disputes/{dispute_id}/answer", {"evidence": "Signed for."})
        assert (answer.status_code, answer.json()["status"]) == (200, "answered")
    decide(gateway, dispute_id, "won")
    assert balance_idr(gateway) == 115_000 - 805
    assert kinds(gateway) == ["charge.paid", "dispute.opened", "dispute.answered", "dispute.won"]


def test_lost_it_costs_the_fee_and_nothing_changes_that(gateway: Gateway) -> None:
    dispute_id = disputed(gateway)
    decide(gateway, dispute_id, "lost")
    decide(gateway, dispute_id, "won")
    assert status(gateway, dispute_id) == "lost"
    assert balance_idr(gateway) == -805 - FEE_IDR
    assert gateway.call("POST", f"/v1/disputes/{dispute_id}/answer", {"evidence": "Late."}).status_code == 409


def test_who_does_not_answer_in_a_week_has_lost(gateway: Gateway) -> None:
    dispute_id = disputed(gateway)
    gateway.work(7 * 24 * 3600 - 1)
    assert status(gateway, dispute_id) == "opened"
    gateway.work(2)
    assert status(gateway, dispute_id) == "lost"


def test_what_is_refused(gateway: Gateway) -> None:
    unpaid = gateway.charge(reference="intent-2").json()["id"]
    gateway.http.post(f"/pay/{unpaid}/dispute")
    assert "dispute/dp" not in gateway.http.get(f"/pay/{unpaid}").text
    assert gateway.call("GET", "/v1/disputes/dp404").status_code == 404
    dispute_id = disputed(gateway)
    assert gateway.call("POST", f"/v1/disputes/{dispute_id}/answer", {"evidence": ""}).status_code == 422
    assert gateway.call("GET", f"/v1/disputes/{dispute_id}", key="wrong").status_code == 401
    decide(gateway, dispute_id, "drawn")
    assert status(gateway, dispute_id) == "opened"
