"""Sending what is owed, taking the file to the bank, and noting how each payout ended."""

from collections import Counter
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lapak.affiliates.models import Commission
from lapak.flows.pay_out import confirm_payout
from lapak.lib.ids import new_id
from lapak.money.payouts.commands import dispatch_batch
from lapak.money.payouts.models import Payout, PayoutBatch
from lapak.testing.cast import Cast
from lapak.testing.pressed import press
from lapak.trade.orders.models import Order

DESK = "/staff/payout-desk"


def test_what_is_due_is_shown_and_sent_once(operator: Client, cast: Cast, settled: Order) -> None:
    assert "Rp87.780" in operator.get(DESK).text
    assert "payouts are on their way" in press(operator, f"{DESK}/send", {"provider": "bank_file"}, follow=True).text
    assert PayoutBatch.objects.get().sent_by == cast.operator
    assert "Nothing is due." in operator.post(f"{DESK}/send", {"provider": "bank_file"}, follow=True).text
    assert PayoutBatch.objects.count() == 1


def test_only_what_would_be_sent_is_due(operator: Client, cast: Cast, settled: Order) -> None:
    """A shop without a bank account is left out, and so it is of the sum."""
    cast.shop.bank_account = None
    cast.shop.save(update_fields=["bank_account"])
    desk = operator.get(DESK).text
    due, without_account = desk.split("Cannot be sent: no bank account")
    assert "Rp87.780" not in due
    assert "1 owner, Rp87.780" in without_account
    assert cast.shop.name in without_account
    press(operator, f"{DESK}/send", {"provider": "bank_file"})
    assert sum(Payout.objects.values_list("amount_idr", flat=True)) == 9_750
    assert desk.count("Rp9.750") == 2  # the creators' and the total


def test_of_both_who_lacks_an_account_is_named_and_nothing_is_due(operator: Client, cast: Cast, settled: Order) -> None:
    for owner in (cast.shop, cast.creator):
        owner.bank_account = None
        owner.save(update_fields=["bank_account"])
    due, without_account = operator.get(DESK).text.split("Cannot be sent: no bank account")
    assert "Nothing" in due
    assert "2 owners, Rp97.530" in without_account
    assert cast.shop.name in without_account
    assert cast.creator.handle in without_account


def test_the_desk_asks_nothing_twice(operator: Client, settled: Order) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert "Rp87.780" in operator.get(DESK).text
    asked = Counter(query["sql"] for query in queries)
    assert len(asked) > 10
    assert {sql: times for sql, times in asked.items() if times > 1} == {}


@pytest.mark.parametrize("provider", ["", "nonsense"])
def test_an_unknown_provider_sends_nothing(
    operator: Client, settled: Order, provider: str, nothing_written: None
) -> None:
    assert 'id="send-provider_error"' in operator.post(f"{DESK}/send", {"provider": provider}).text


def test_what_arrived_is_closed_and_commissions_are_paid(operator: Client, sent: PayoutBatch, cast: Cast) -> None:
    ids = [payout.id for payout in Payout.objects.all()]
    page = press(operator, f"{DESK}/close", {"payout": ids, "ended": "arrived"}, follow=True).text
    assert "2 payouts closed." in page
    assert set(Payout.objects.values_list("status", "closed_by")) == {("confirmed", cast.operator.id)}
    assert Commission.objects.get().state == "paid"


def test_what_came_back_needs_a_reason(operator: Client, sent: PayoutBatch) -> None:
    payout = Payout.objects.get(account__kind="seller_payable")
    page = operator.post(f"{DESK}/close", {"payout": payout.id, "ended": "returned", "reason": ""}).text
    page = " ".join(page.split())
    assert "Write what the bank says" in page
    assert f'value="{payout.id}" aria-label="{payout.number}" checked' in page
    payout.refresh_from_db()
    assert payout.status == "sent"
    press(operator, f"{DESK}/close", {"payout": payout.id, "ended": "returned", "reason": "Account closed."})
    payout.refresh_from_db()
    assert (payout.status, payout.failure) == ("failed", "Account closed.")


def test_what_has_ended_stays_ended(operator: Client, sent: PayoutBatch) -> None:
    payout = Payout.objects.get(account__kind="seller_payable")
    press(operator, f"{DESK}/close", {"payout": payout.id, "ended": "arrived"})
    typed = {"payout": [payout.id, new_id(), "x"], "ended": "returned", "reason": "Too late."}
    page = operator.post(f"{DESK}/close", typed, follow=True).text
    assert "already ended the other way" in page
    assert "no such payout" in page
    payout.refresh_from_db()
    assert payout.status == "confirmed"


def test_partners_are_called_by_what_people_call_them(operator: Client, sent: PayoutBatch) -> None:
    page = operator.get(DESK).text
    assert page.count(">Bank file (CSV)</td>") == 3  # two payouts on their way, and their batch
    assert ">bank_file</td>" not in page


def test_the_number_of_a_payout_finds_it_however_typed(operator: Client, sent: PayoutBatch) -> None:
    payout = Payout.objects.get(account__kind="seller_payable")
    confirm_payout(None, payout.id)
    typed = {"number": f" {payout.bank_reference} ", "reason": "Account closed."}
    press(operator, f"{DESK}/returned", typed)
    payout.refresh_from_db()
    assert payout.status == "returned"
    for typed_number in (payout.number, payout.bank_reference):
        found = operator.get("/staff/payouts/payout/", {"q": typed_number}).text
        assert str(payout.id) in found


def test_the_file_for_the_bank(operator: Client, sent: PayoutBatch, tmp_path: Path) -> None:
    assert operator.get(f"{DESK}/{sent.id}/file").status_code == 404
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PayoutBatch._meta.get_field("file").storage, "_location", str(tmp_path))
        dispatch_batch(sent.id)
        answer = operator.get(f"{DESK}/{sent.id}/file")
        text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # a file is streamed
    assert "1234567890" in text
    assert answer["Content-Disposition"].startswith('attachment; filename="lapak-')
