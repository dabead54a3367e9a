"""The page a payer sees."""

import httpx
import pytest

from sandbox_gateway.tests.conftest import Gateway


def page(gateway: Gateway, charge_id: str, query: str = "", language: str = "") -> httpx.Response:
    return gateway.http.get(f"/pay/{charge_id}{query}", headers={"accept-language": language})


def test_shows_merchant_amount_code_and_both_buttons_and_that_it_is_a_sandbox(gateway: Gateway) -> None:
    charge = gateway.charge(description="Pesanan 0A1B").json()
    html = page(gateway, charge["id"]).text
    for shown in ('lang="id"', "Lapak", "Rp115.000", "Pesanan 0A1B", "<svg", "Bayar</button>", "Gagal</button>"):
        assert shown in html
    assert "tidak ada uang yang berpindah" in html
    assert 'data-left="1800"' in html


@pytest.mark.parametrize(("query", "language"), [("?lang=en", ""), ("", "en-GB,en;q=0.9")])
def test_speaks_english_when_asked(gateway: Gateway, query: str, language: str) -> None:
    charge = gateway.charge().json()
    assert "no real money moves" in page(gateway, charge["id"], query, language).text


def test_a_paid_charge_leads_back_to_the_merchant(gateway: Gateway) -> None:
    charge = gateway.charge(return_url="http://merchant/purchases/1?a=1&b=2").json()
    answer = gateway.http.post(f"/pay/{charge['id']}/confirm?lang=id")
    html = gateway.http.get(answer.headers["location"]).text
    assert "Pembayaran berhasil" in html
    assert 'href="http://merchant/purchases/1?a=1&amp;b=2"' in html
    assert "Bayar</button>" not in html


def test_a_failed_try_can_be_tried_again_and_tells_the_merchant_nothing(gateway: Gateway) -> None:
    charge = gateway.charge().json()
    answer = gateway.http.post(f"/pay/{charge['id']}/fail?lang=id")
    html = gateway.http.get(answer.headers["location"]).text
    assert "Pembayaran gagal" in html
    assert "Bayar</button>" in html
    gateway.work()
    assert gateway.inbox.requests == []


def test_an_expired_code_cannot_be_paid(gateway: Gateway) -> None:
    charge = gateway.charge().json()
    gateway.clock.now += 1800
    html = page(gateway, charge["id"]).text
    assert "kedaluwarsa" in html
    assert "Bayar</button>" not in html
    answer = gateway.http.post(f"/pay/{charge['id']}/confirm")
    assert (answer.status_code, "kedaluwarsa" in answer.text) == (409, True)


def test_an_unknown_charge_is_a_page_that_says_so(gateway: Gateway) -> None:
    answer = page(gateway, "ch404")
    assert (answer.status_code, "tidak ada" in answer.text) == (404, True)


def test_what_the_merchant_wrote_is_text_not_markup(gateway: Gateway) -> None:
    charge = gateway.charge(description="<script>alert(1)</script> $nonce").json()
    html = page(gateway, charge["id"]).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; $nonce" in html


def test_nothing_from_elsewhere_may_load(gateway: Gateway) -> None:
    charge = gateway.charge().json()
    policy = page(gateway, charge["id"]).headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
