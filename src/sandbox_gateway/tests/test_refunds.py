"""Refunds over the API: made once, arrive after a while, or fail while that is switched on."""

from sandbox_gateway.tests.conftest import Gateway
from sandbox_gateway.tests.test_charges import kinds


def paid_charge(gateway: Gateway) -> str:
    charge_id: str = gateway.charge().json()["id"]
    gateway.http.post(f"/pay/{charge_id}/confirm")
    return charge_id


def refund(gateway: Gateway, charge_id: str, key: str, amount_idr: int) -> tuple[int, dict[str, object]]:
    answer = gateway.call("POST", f"/v1/charges/{charge_id}/refunds", {"refund_key": key, "amount_idr": amount_idr})
    return answer.status_code, answer.json()


def test_made_once_and_never_above_what_was_paid(gateway: Gateway) -> None:
    unpaid = gateway.charge(reference="intent-2").json()["id"]
    assert refund(gateway, unpaid, "r0", 1)[0] == 409
    charge_id = paid_charge(gateway)
    assert refund(gateway, charge_id, "r1", 100_000) == refund(gateway, charge_id, "r1", 100_000)
    assert refund(gateway, charge_id, "r1", 1)[0] == 409
    assert refund(gateway, charge_id, "r2", 15_001)[0] == 409
    assert refund(gateway, charge_id, "r2", 15_000)[0] == 200


def test_it_arrives_after_a_while_and_the_merchant_is_told(gateway: Gateway) -> None:
    charge_id = paid_charge(gateway)
    assert refund(gateway, charge_id, "r1", 100_000)[1]["status"] == "pending"
    gateway.clock.now += 1
    assert kinds(gateway) == ["charge.paid", "refund.completed"]
    assert gateway.call("GET", "/v1/refunds/r1").json()["status"] == "completed"


def test_a_failed_one_may_be_tried_again_under_another_key(gateway: Gateway) -> None:
    charge_id = paid_charge(gateway)
    gateway.http.post(f"/pay/{charge_id}/turn/refunds_fail")
    refund(gateway, charge_id, "r1", 115_000)
    gateway.work(1)
    failed = gateway.call("GET", "/v1/refunds/r1").json()
    assert (failed["status"], failed["failure"]) == ("failed", "account_closed")
    assert refund(gateway, charge_id, "r2", 115_000)[0] == 200


def test_a_qris_payment_is_refundable_for_seven_days(gateway: Gateway) -> None:
    charge_id = paid_charge(gateway)
    gateway.clock.now += 7 * 24 * 3600 + 1
    assert refund(gateway, charge_id, "r1", 1)[0] == 409


def test_an_unknown_refund_is_not_found(gateway: Gateway) -> None:
    assert gateway.call("GET", "/v1/refunds/r404").status_code == 404
