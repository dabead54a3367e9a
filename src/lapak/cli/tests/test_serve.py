"""The parts of a marketplace find each other."""

import pytest

from lapak.cli.serve import marketplace


def test_the_gateway_and_the_shop_know_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LAPAK_SANDBOX_URL", raising=False)
    web, work, gateway = marketplace("127.0.0.1", 8123, 1, 8140)
    assert "--merchant-webhook=http://127.0.0.1:8123/hooks/payments/sandbox" in gateway.module
    assert "--port=8140" in gateway.module
    for program in (web, work):
        assert program.environment["LAPAK_SANDBOX_URL"] == "http://127.0.0.1:8140"
        assert program.environment["LAPAK_BASE_URL"] == "http://localhost:8123"


def test_a_gateway_that_runs_elsewhere_is_not_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAPAK_SANDBOX_URL", "http://127.0.0.1:9999")
    assert [program.name for program in marketplace("127.0.0.1", 8123, 1, 8140)] == ["web", "work"]
