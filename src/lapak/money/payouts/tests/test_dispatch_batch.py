"""Handing a batch over: to a bank as a file, to a gateway over the network."""

import csv
import io
import json
import uuid
from dataclasses import replace

import httpx
import pytest
from django.db import OperationalError, transaction

from lapak.flows.tasks import UNTIL_IT_ANSWERS
from lapak.flows.tasks import dispatch_batch as dispatch_job
from lapak.lib.ids import new_id
from lapak.money.gateways.bank_file.disbursements import BankFileDisbursements, bank_spelling
from lapak.money.gateways.contract import OutgoingPayout
from lapak.money.gateways.errors import GatewayRefused, GatewayUnavailable
from lapak.money.gateways.tests.recorded import recorded
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payouts.commands import PayoutClaim, dispatch_batch, send_payouts
from lapak.money.payouts.models import Payout, PayoutBatch
from lapak.money.payouts.tests.people import People, owe
from lapak.people.users.models import BankAccount
from lapak.testing.network import Network


@pytest.fixture
def claims(people: People) -> list[PayoutClaim]:
    """The worked example's seller and creator."""
    owe(people.shop_key, 87_780)
    owe(people.creator_key, 19_750)
    return [people.shop_claim(), people.creator_claim()]


def text_of(batch: PayoutBatch) -> str:
    with batch.file.open() as file:
        return str(file.read(), "ascii")


@pytest.mark.django_db
class TestBankFile:
    def test_a_file_lies_ready_for_the_bank(self, claims: list[PayoutClaim]) -> None:
        batch = dispatch_batch(send_payouts(None, "bank_file", claims).id)
        rows = list(csv.DictReader(io.StringIO(text_of(batch))))
        payouts = list(batch.payouts.order_by("id"))
        assert [row["Amount"] for row in rows] == [str(payout.amount_idr) for payout in payouts]
        assert rows[0] == {
            "Beneficiary Account": "1234567890",
            "Beneficiary Name": "SELLER",
            "Bank Code": "014",
            "Amount": "87780",
            "Currency": "IDR",
            "Reference": payouts[0].bank_reference,
            "Remark": f"LAPAK {payouts[0].bank_reference}",
        }
        assert len(rows[0]["Remark"]) == 18
        assert batch.dispatched_at is not None

    def test_again_makes_no_other_file(self, claims: list[PayoutClaim]) -> None:
        batch = send_payouts(None, "bank_file", claims)
        first = dispatch_batch(batch.id)
        again = dispatch_batch(batch.id)
        assert (again.file.name, again.dispatched_at) == (first.file.name, first.dispatched_at)

    def test_a_holder_that_cannot_be_written_gets_the_money_back(
        self, people: People, claims: list[PayoutClaim]
    ) -> None:
        creator = people.creator_bank_account.user
        unwritable = BankAccount.objects.create(user=creator, bank_code="014", number="5550002222", holder="梅")
        claims[1] = replace(claims[1], bank_account_id=unwritable.id)
        batch = dispatch_batch(send_payouts(None, "bank_file", claims).id)
        failed = batch.payouts.get(status="failed")
        assert "cannot be written" in failed.failure
        assert balance_idr(people.creator_key) == 19_750
        assert text_of(batch).count("\r\n") == 2


def outgoing(holder: str = "Siti", number: str = "1234567890", bank_code: str = "014") -> OutgoingPayout:
    return OutgoingPayout(new_id(), "0A1B2C3D4E5F", 87_780, bank_code, number, holder)


class TestTheFileItself:
    def test_it_is_the_same_whoever_makes_it_in_whatever_order(self) -> None:
        payouts = [outgoing() for _ in range(5)]
        assert BankFileDisbursements().send(payouts).file == BankFileDisbursements().send(payouts[::-1]).file

    @pytest.mark.parametrize(
        ("holder", "written"),
        [
            ("Siti Aminah", "SITI AMINAH"),
            ("=HYPERLINK(1)", "HYPERLINK(1)"),
            ("+62 812", "62 812"),
            ("-2+3", "2 3"),
            ("@SUM(A1)", "SUM(A1)"),
            ("\t=1", "1"),
            ('Ibu "Dé", S.Pd;\nCV', "IBU DE S.PD CV"),
            ("Muhammad Abdurrahman Wahid Nasution Siregar", "MUHAMMAD ABDURRAHMAN WAHID NASUTION"),
        ],
    )
    def test_names_are_spelt_for_banks_and_are_never_formulas(self, holder: str, written: str) -> None:
        line = BankFileDisbursements().send([outgoing(holder)]).file.decode().splitlines()[1]
        assert line == f"1234567890,{written},014,87780,IDR,0A1B2C3D4E5F,LAPAK 0A1B2C3D4E5F"

    @pytest.mark.parametrize(
        "payout", [outgoing(number="=1+1"), outgoing(number="12"), outgoing(number="١٢٣٤٥٦"), outgoing(bank_code="=")]
    )
    def test_what_would_not_survive_is_refused(self, payout: OutgoingPayout) -> None:
        handover = BankFileDisbursements().send([payout])
        assert set(handover.refused) == {payout.id}
        assert handover.file.count(b"\r\n") == 1

    def test_spelling_leaves_nothing_else(self) -> None:
        assert bank_spelling("=-+@'.") == ""


@pytest.mark.django_db
class TestSandbox:
    def take_all(self, network: Network) -> None:
        network.answers(200, json.dumps(recorded("disbursement_created")))

    def test_each_payout_is_sent_under_its_id(self, claims: list[PayoutClaim], network: Network) -> None:
        self.take_all(network)
        batch = dispatch_batch(send_payouts(None, "sandbox", claims).id)
        sent = [json.loads(request.read()) for request in network.requests]
        payouts = list(batch.payouts.order_by("id"))
        assert [body["reference"] for body in sent] == [str(payout.id) for payout in payouts]
        assert sent[0] | {"reference": ""} == {
            "reference": "", "amount_idr": 87_780, "bank_code": "014", "account_number": "1234567890",
            "account_holder": "Seller", "remark": f"LAPAK {payouts[0].bank_reference}",
        }  # fmt: skip
        assert batch.dispatched_at is not None
        assert not batch.file

    def test_again_sends_nothing(self, claims: list[PayoutClaim], network: Network) -> None:
        self.take_all(network)
        batch = send_payouts(None, "sandbox", claims)
        for _ in range(3):
            dispatch_batch(batch.id)
        assert len(network.requests) == 2

    def test_a_gateway_that_is_down_leaves_all_as_it_is_for_the_next_try(
        self, claims: list[PayoutClaim], network: Network
    ) -> None:
        batch = send_payouts(None, "sandbox", claims)
        network.fails(httpx.ReadTimeout("slow"))
        with pytest.raises(GatewayUnavailable):
            dispatch_batch(batch.id)
        assert PayoutBatch.objects.get().dispatched_at is None
        assert set(Payout.objects.values_list("status", flat=True)) == {"sent"}
        assert balance_idr(AccountKey(AccountKind.PAYOUT_IN_TRANSIT, "sandbox")) == 107_530
        self.take_all(network)
        assert dispatch_batch(batch.id).dispatched_at is not None

    def test_an_account_the_gateway_will_not_pay_gets_its_money_back(
        self, people: People, claims: list[PayoutClaim], network: Network
    ) -> None:
        def refuse_the_creator(request: httpx.Request) -> httpx.Response:
            if request.method == "GET":
                return httpx.Response(404)
            if json.loads(request.read())["account_number"] == "9876543210":
                return httpx.Response(422, json={"error": {"code": "invalid", "message": "no such bank"}})
            return httpx.Response(200, json=recorded("disbursement_created"))

        network.answer = refuse_the_creator
        batch = dispatch_batch(send_payouts(None, "sandbox", claims).id)
        assert "no such bank" in batch.payouts.get(status="failed").failure
        assert (balance_idr(people.creator_key), balance_idr(people.shop_key)) == (19_750, 0)

    def test_one_that_it_took_before_and_refuses_now_gives_nothing_back(
        self, claims: list[PayoutClaim], network: Network
    ) -> None:
        """The answer to an earlier try was lost: given back, the same money would go out twice."""

        def knows_all(request: httpx.Request) -> httpx.Response:
            if request.method == "POST":
                return httpx.Response(422, json={"error": {"code": "invalid", "message": "reference used"}})
            return httpx.Response(200, json=recorded("disbursement_completed")["data"])

        network.answer = knows_all
        batch = dispatch_batch(send_payouts(None, "sandbox", claims).id)
        assert [(payout.status, payout.ask_at is None) for payout in batch.payouts.all()] == [("sent", False)] * 2

    @pytest.mark.parametrize(("status", "error"), [(401, GatewayUnavailable), (409, GatewayRefused)])
    def test_a_gateway_that_does_not_work_with_us_gives_nothing_back(
        self, claims: list[PayoutClaim], network: Network, status: int, error: type[Exception]
    ) -> None:
        network.answers(status, json.dumps(recorded("disbursement_refused")))
        batch = send_payouts(None, "sandbox", claims)
        with pytest.raises(error):
            dispatch_batch(batch.id)
        assert set(Payout.objects.values_list("status", flat=True)) == {"sent"}

    def test_inside_a_transaction_the_network_is_never_waited_for(
        self, claims: list[PayoutClaim], network: Network
    ) -> None:
        batch = send_payouts(None, "sandbox", claims)
        with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
            dispatch_batch(batch.id)
        assert network.requests == []

    def test_the_job_dispatches_its_batch(self, claims: list[PayoutClaim], network: Network) -> None:
        self.take_all(network)
        batch = send_payouts(None, "sandbox", claims)
        dispatch_job(str(batch.id))
        batch.refresh_from_db()
        assert batch.dispatched_at is not None


@pytest.mark.parametrize(
    ("error", "is_retried"),
    [(GatewayUnavailable(), True), (OperationalError(), True), (GatewayRefused(), False), (KeyError(), False)],
)
def test_the_job_waits_for_who_is_away_only(error: Exception, is_retried: bool) -> None:
    job = dispatch_job.configure(task_kwargs={"batch_id": str(uuid.uuid4())}).job
    decision = UNTIL_IT_ANSWERS.get_retry_decision(exception=error, job=job)
    assert (decision is not None) == is_retried
