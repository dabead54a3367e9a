"""Every partner in the registry keeps the contract: what all must do is tested here once, whoever is added.

What is its own stands in `test_faces_of_<partner>.py`, which also knows how it signs (`signed`).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import httpx
import msgspec
import pytest
from django.conf import settings as chosen
from django.utils.datastructures import CaseInsensitiveMapping
from pytest_django import Settings

from lapak.lib.ids import new_id
from lapak.lib.money import MAX_IDR
from lapak.lib.remote import BREAKERS
from lapak.money.gateways import contract
from lapak.money.gateways.contract import AskedCharge, AskedRefund, ChargeReport, ChargeStatus, Gateway, OutgoingPayout
from lapak.money.gateways.errors import (
    ForgedMessage,
    GatewayTrouble,
    GatewayUnavailable,
    UnknownGateway,
    UnreadableMessage,
)
from lapak.money.gateways.registry import GATEWAYS, messages_of
from lapak.testing.network import Network

FOLDER = Path(contract.__file__).parent
FACES = [
    face.name
    for face in fields(Gateway)
    if face.name in {"charges", "refunds", "messages", "disbursements", "statement"}
]
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)

CHARGE = AskedCharge(new_id(), "qris", 115_000, NOW, "Batik Sekar", "https://lapak.test/pay")
REFUND = AskedRefund(new_id(), CHARGE.intent_id, "ch1", 15_000)
PAYOUT = OutgoingPayout(new_id(), "0A1B2C3D4E5F", 87_780, "014", "1234567890", "Siti")

QUESTIONS: dict[tuple[str, str], Callable[[Any], object]] = {
    ("charges", "ask"): lambda face: face.ask(CHARGE),
    ("charges", "status"): lambda face: face.status(CHARGE.intent_id, "ch1"),
    ("charges", "expire"): lambda face: face.expire(CHARGE.intent_id, "ch1"),
    ("refunds", "ask"): lambda face: face.ask(REFUND),
    ("refunds", "status"): lambda face: face.status(REFUND),
    ("disbursements", "send"): lambda face: face.send([PAYOUT]),
    ("disbursements", "status"): lambda face: face.status(PAYOUT.id),
    ("statement", "between"): lambda face: face.between(NOW - timedelta(days=4), NOW),
}
"""All that is asked of a partner over the network."""

NO_ANSWERS: list[Exception | tuple[int, str | bytes]] = [
    httpx.ConnectError("nobody listens"), httpx.ReadTimeout("hangs"), httpx.RemoteProtocolError("hung up"),
    (500, ""), (502, "<html>"), (503, "{}"), (429, "{}"), (408, ""), (302, ""),
    (401, ""), (403, "{}"),
    *((200, body) for body in (
        "", "<html>", "null", "0", '""', "[]", "{}", "[{}]", '{"', b"\xff", "NaN", "[" * 5000, "\x00", "a;b;c\n1;2;3\n4;5;6",
    )),
]  # fmt: skip

NOES = [
    (status, body) for status in (400, 404, 409, 422) for body in ("", "<html>", "{}", "[" * 5000, '{"error": "x"}')
]

ODD: list[Any] = [
    None,
    -1,
    0.5,
    10**13,
    "x",
    "",
    [],
    {},
    True,
    "9" * 30,
    "2026-11-03T05:00:00",
    "2026-11-03",
    "-1.00",
    "0.50",
]


def gateways_with(face: str) -> list[Gateway]:
    return [gateway for gateway in GATEWAYS.values() if getattr(gateway, face)]


def spoken_to() -> Iterator[Any]:
    """Every question of every partner that answers over the network."""
    for gateway in GATEWAYS.values():
        for (face, question), ask in QUESTIONS.items():
            disbursements = gateway.disbursements
            writes_a_file = face == "disbursements" and disbursements and not disbursements.reports
            if getattr(gateway, face) and not writes_a_file:
                yield pytest.param(getattr(gateway, face), ask, id=f"{gateway.name}-{face}-{question}")


def own_tests(gateway: Gateway) -> ModuleType:
    return import_module(f"lapak.money.gateways.tests.test_faces_of_{gateway.name}")


def told() -> list[Any]:
    """Every message that a partner really sent, as recorded."""
    return [
        pytest.param(gateway, file.read_bytes(), id=f"{gateway.name}-{file.stem}")
        for gateway in gateways_with("messages")
        for file in sorted((FOLDER / gateway.name / "recorded" / "told").iterdir())
    ]


def signed_now(gateway: Gateway, body: bytes) -> dict[str, str]:
    headers: dict[str, str] = own_tests(gateway).signed(body, datetime.now(UTC))
    return headers


def verified(gateway: Gateway, headers: dict[str, str], body: bytes) -> contract.Message:
    assert gateway.messages
    return gateway.messages.verify(CaseInsensitiveMapping(headers), body)


every_gateway = pytest.mark.parametrize("gateway", [pytest.param(each, id=name) for name, each in GATEWAYS.items()])
every_question = pytest.mark.parametrize(("face", "ask"), list(spoken_to()))
every_message = pytest.mark.parametrize(("gateway", "body"), told())


@every_gateway
class TestItself:
    def test_it_is_where_its_name_says(self, gateway: Gateway) -> None:
        assert GATEWAYS[gateway.name] is gateway
        assert re.fullmatch(r"[a-z0-9_]{1,20}", gateway.name)
        faces = [getattr(gateway, face) for face in FACES if getattr(gateway, face)]
        assert faces
        assert all(type(face).__module__.startswith(f"lapak.money.gateways.{gateway.name}.") for face in faces)

    def test_what_it_needs_is_a_setting(self, gateway: Gateway) -> None:
        assert all(hasattr(chosen, name) for name in gateway.needs)
        assert gateway.needs or not gateway.messages

    def test_no_other_folder_names_it(self, gateway: Gateway) -> None:
        named = rf"gateways\.{gateway.name}\b|gateways import \(?[^)\n]*\b{gateway.name}\b"
        naming = {
            str(file.relative_to(FOLDER.parents[1]))
            for file in FOLDER.parents[1].rglob("*.py")
            if "tests" not in file.parts and FOLDER / gateway.name not in file.parents
            if re.search(named, file.read_text())
        }
        assert naming == {"money/gateways/registry.py"}

    def test_without_its_keys_nothing_it_tells_is_believed(self, gateway: Gateway, settings: Settings) -> None:
        for name in gateway.needs:
            before = getattr(settings, name)
            setattr(settings, name, "")
            with pytest.raises(UnknownGateway):
                messages_of(gateway.name)
            setattr(settings, name, before)


class TestAsked:
    @every_question
    def test_no_usable_answer_is_unavailable(self, network: Network, face: Any, ask: Callable[[Any], object]) -> None:
        for no_answer in NO_ANSWERS:
            BREAKERS.clear()
            if isinstance(no_answer, httpx.HTTPError):
                network.fails(no_answer)
            elif isinstance(no_answer, tuple):
                network.answers(*no_answer)
            with pytest.raises(GatewayUnavailable):
                ask(face)

    @every_question
    def test_a_no_that_it_does_not_know_is_never_believed_to_be_more(
        self, network: Network, face: Any, ask: Callable[[Any], object]
    ) -> None:
        """So no payout is taken for refused, and given back, for a word that the face has never seen."""
        for status, body in NOES:
            network.answers(status, body)
            with pytest.raises(GatewayTrouble):
                ask(face)
            assert network.requests

    @every_question
    def test_the_same_asked_again_is_the_same_there(
        self, network: Network, face: Any, ask: Callable[[Any], object]
    ) -> None:
        for _ in range(2):
            with pytest.raises(GatewayUnavailable):
                ask(face)
        first, again = network.requests
        assert (first.method, first.url, first.content) == (again.method, again.url, again.content)

    @pytest.mark.parametrize(
        ("gateway", "face", "question", "id_"),
        [
            pytest.param(gateway, face, question, id_, id=f"{gateway.name}-{face}")
            for face, question, id_ in (
                ("charges", "ask", CHARGE.intent_id), ("refunds", "ask", REFUND.refund_id), ("disbursements", "send", PAYOUT.id),
            )
            for gateway in gateways_with(face)
        ],
    )  # fmt: skip
    def test_our_id_is_the_reference_there(
        self, network: Network, gateway: Gateway, face: str, question: str, id_: UUID
    ) -> None:
        if face == "disbursements" and gateway.disbursements and not gateway.disbursements.reports:
            assert PAYOUT.number.encode() in gateway.disbursements.send([PAYOUT]).file
            return
        with pytest.raises(GatewayUnavailable):
            QUESTIONS[face, question](getattr(gateway, face))
        (request,) = network.requests
        assert id_.hex in (str(request.url) + request.content.decode()).replace("-", "").lower()


@pytest.mark.parametrize("gateway", gateways_with("refunds"))
def test_a_way_to_pay_that_is_none_cannot_be_refunded(gateway: Gateway) -> None:
    assert gateway.refunds
    assert gateway.refunds.possible_for("barter") == timedelta(0)


class TestTold:
    @every_message
    def test_what_it_signed_is_read(self, gateway: Gateway, body: bytes) -> None:
        message = verified(gateway, signed_now(gateway, body), body)
        assert 0 < len(message.event_id) <= 80
        assert 0 < len(message.kind) <= 40
        assert verified(gateway, signed_now(gateway, body), body) == message
        assert gateway.messages
        assert gateway.messages.read(message.kind, msgspec.json.decode(msgspec.json.encode(message.body)))

    @every_message
    def test_one_byte_changed_and_it_is_forged(self, gateway: Gateway, body: bytes) -> None:
        headers = signed_now(gateway, body)
        for at in range(len(body)):
            with pytest.raises(ForgedMessage):
                verified(gateway, headers, body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :])
        for other in (b"", body + b" ", body[:-1]):
            with pytest.raises(ForgedMessage):
                verified(gateway, headers, other)

    @every_message
    def test_with_another_header_or_none_it_is_forged(self, gateway: Gateway, body: bytes) -> None:
        headers = signed_now(gateway, body)
        for name in headers:
            for odd in (None, "", "x", "x" + headers[name], "é", "0", "-1", "9" * 400, "2026-11-03T05:00:00"):
                changed = {key: value for key, value in headers.items() if key != name}
                with pytest.raises(ForgedMessage):
                    verified(gateway, changed if odd is None else {**changed, name: odd}, body)

    @every_message
    @pytest.mark.parametrize("off", [timedelta(hours=-1), timedelta(hours=1)])
    def test_an_old_one_is_forged_and_one_to_come(self, gateway: Gateway, body: bytes, off: timedelta) -> None:
        with pytest.raises(ForgedMessage):
            verified(gateway, own_tests(gateway).signed(body, datetime.now(UTC) + off), body)

    @pytest.mark.parametrize("gateway", gateways_with("messages"))
    def test_signed_nonsense_is_no_message(self, gateway: Gateway) -> None:
        for body in (b"", b"null", b"0", b"[]", b"{}", b'{"', b"\xff", b"[" * 5000, b'{"a":' * 5000):
            with pytest.raises((UnreadableMessage, ForgedMessage)):
                verified(gateway, signed_now(gateway, body), body)

    @pytest.mark.parametrize("gateway", gateways_with("messages"))
    def test_a_kind_that_is_about_nothing_of_ours_says_nothing(self, gateway: Gateway) -> None:
        assert gateway.messages
        assert gateway.messages.read("no such kind", {}) is None

    @every_message
    def test_whatever_stands_in_it_is_a_sound_report_or_unreadable(self, gateway: Gateway, body: bytes) -> None:
        message = verified(gateway, signed_now(gateway, body), body)
        assert gateway.messages
        for name in message.body:
            without = {key: value for key, value in message.body.items() if key != name}
            for changed in (without, *({**without, name: odd} for odd in ODD)):
                try:
                    report = gateway.messages.read(message.kind, changed)
                except UnreadableMessage:
                    continue
                assert report
                assert 0 <= report.amount_idr <= MAX_IDR
                if isinstance(report, ChargeReport) and report.status is ChargeStatus.PAID:
                    assert 0 <= report.fee_idr <= MAX_IDR
                    assert report.paid_at is None or report.paid_at.tzinfo
        with pytest.raises(UnreadableMessage):
            gateway.messages.read(message.kind, {})
