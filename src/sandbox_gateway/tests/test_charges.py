"""Charges over the API: asked once, paid once, expired."""

import pytest

from sandbox_gateway.charges import mdr_idr
from sandbox_gateway.qris import _crc16_ccitt_false
from sandbox_gateway.tests.conftest import Gateway


def kinds(gateway: Gateway) -> list[str]:
    """What the merchant is told in one round."""
    before = len(gateway.inbox.requests)
    gateway.work()
    return [request.read().decode().split('"')[3] for request in gateway.inbox.requests[before:]]


def test_a_charge_carries_a_dynamic_qris_string_and_a_pay_page(gateway: Gateway) -> None:
    charge = gateway.charge().json()
    assert charge["status"] == "pending"
    assert charge["qris_payload"].startswith("000201010212")
    assert "5406115000" in charge["qris_payload"]
    assert charge["pay_url"] == f"http://gateway/pay/{charge['id']}"


def test_the_crc_is_ccitt_false_over_everything_before_it(gateway: Gateway) -> None:
    # The published check value of CRC-16/CCITT-FALSE is 29B1 for "123456789".
    payload = gateway.charge().json()["qris_payload"]
    assert f"{_crc16_ccitt_false(b'123456789'):04X}" == "29B1"
    assert f"{_crc16_ccitt_false(payload[:-4].encode()):04X}" == payload[-4:]


def test_the_same_reference_and_amount_is_the_same_charge(gateway: Gateway) -> None:
    assert gateway.charge().json() == gateway.charge().json()


def test_the_same_reference_with_another_amount_is_refused(gateway: Gateway) -> None:
    first = gateway.charge().json()
    answer = gateway.charge(amount_idr=115_001)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "reference_used")
    assert gateway.call("GET", f"/v1/charges/{first['id']}").json()["amount_idr"] == 115_000


@pytest.mark.parametrize(
    "changes",
    [
        {"amount_idr": 0},
        {"amount_idr": -1},
        {"amount_idr": 10_000_001},
        {"amount_idr": "115000"},
        {"reference": ""},
        {"expires_at": "2026-11-03T04:59:59Z"},
        {"expires_at": "2026-11-09T05:00:00Z"},
        {"expires_at": "2026-11-03T05:30:00"},
        {"return_url": "javascript:alert(1)"},
        {"surprise": 1},
    ],
)
def test_what_cannot_be_charged_is_refused(gateway: Gateway, changes: dict[str, object]) -> None:
    assert gateway.charge(**changes).status_code == 422


def test_without_the_key_nothing_is_answered(gateway: Gateway) -> None:
    charge = gateway.charge().json()
    for method, path in (("POST", "/v1/charges"), ("GET", f"/v1/charges/{charge['id']}")):
        assert gateway.call(method, path, {}, key="wrong").status_code == 401


def test_an_unknown_charge_is_not_found(gateway: Gateway) -> None:
    assert gateway.call("GET", "/v1/charges/ch404").status_code == 404


def test_a_body_too_large_is_refused(gateway: Gateway) -> None:
    assert gateway.charge(description="x" * 70_000).status_code == 413


def test_paid_once_with_its_fee_and_told(gateway: Gateway) -> None:
    charge = gateway.charge().json()
    for _ in range(2):
        assert gateway.http.post(f"/pay/{charge['id']}/confirm").status_code == 303
    paid = gateway.call("GET", f"/v1/charges/{charge['id']}").json()
    assert (paid["status"], paid["fee_idr"], paid["paid_at"]) == ("paid", 805, "2026-11-03T05:00:00.000Z")
    assert kinds(gateway) == ["charge.paid"]


@pytest.mark.parametrize(("amount_idr", "fee_idr"), [(1, 0), (71, 0), (72, 1), (115_000, 805), (10_000_000, 70_000)])
def test_the_fee_is_rounded_half_up(amount_idr: int, fee_idr: int) -> None:
    assert mdr_idr(amount_idr) == fee_idr


def test_after_its_time_it_expires_and_cannot_be_paid(gateway: Gateway) -> None:
    charge = gateway.charge().json()
    gateway.clock.now += 1801
    assert gateway.http.post(f"/pay/{charge['id']}/confirm").status_code == 409
    assert kinds(gateway) == ["charge.expired"]
    assert gateway.http.post(f"/pay/{charge['id']}/confirm").status_code == 409
    assert gateway.call("GET", f"/v1/charges/{charge['id']}").json()["status"] == "expired"


def test_a_late_payment_of_an_expired_charge_is_told(gateway: Gateway) -> None:
    charge = gateway.charge().json()
    gateway.work(1801)
    assert gateway.http.post(f"/pay/{charge['id']}/confirm?late=1").status_code == 303
    assert kinds(gateway) == ["charge.paid"]


def test_a_late_payment_was_made_before_the_end(gateway: Gateway) -> None:
    charge = gateway.charge().json()
    gateway.work(1801)
    gateway.http.post(f"/pay/{charge['id']}/confirm?late=1")
    paid = gateway.call("GET", f"/v1/charges/{charge['id']}").json()
    assert (paid["status"], paid["paid_at"]) == ("paid", "2026-11-03T05:29:59.000Z")


def test_too_little_may_be_paid(gateway: Gateway) -> None:
    charge = gateway.charge().json()
    gateway.http.post(f"/pay/{charge['id']}/confirm?short=1")
    paid = gateway.call("GET", f"/v1/charges/{charge['id']}").json()
    assert (paid["status"], paid["amount_idr"], paid["fee_idr"]) == ("paid", 114_000, 798)


def test_the_merchant_may_expire_a_charge_that_nobody_paid(gateway: Gateway) -> None:
    charge = gateway.charge().json()
    for _ in range(2):
        assert gateway.call("POST", f"/v1/charges/{charge['id']}/expire").json()["status"] == "expired"
    assert kinds(gateway) == ["charge.expired"]


def test_a_paid_charge_cannot_be_expired(gateway: Gateway) -> None:
    charge = gateway.charge().json()
    gateway.http.post(f"/pay/{charge['id']}/confirm")
    assert gateway.call("POST", f"/v1/charges/{charge['id']}/expire").status_code == 409


def test_a_restart_loses_nothing(gateway: Gateway) -> None:
    charge = gateway.charge().json()
    gateway.http.post(f"/pay/{charge['id']}/confirm")
    gateway.http.close()
    gateway.open()
    assert gateway.call("GET", f"/v1/charges/{charge['id']}").json()["status"] == "paid"
    assert kinds(gateway) == ["charge.paid"]
