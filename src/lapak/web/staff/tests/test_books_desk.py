"""The check of the books on the operator's desk, and correcting what it found."""

import uuid

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from lapak.books.commands import check_books
from lapak.books.models import BooksCheck
from lapak.flows.tasks import look_through_books_now
from lapak.lib.ids import new_id
from lapak.money.ledger.models import Reversal, Transfer
from lapak.people.audit.chain import chain_changes, newest_head
from lapak.people.users.commands import add_bank_account
from lapak.testing.cast import Cast
from lapak.testing.pressed import press
from lapak.trade.orders.models import Order

DESK = "/staff/books"


def test_never_looked_through(operator: Client) -> None:
    assert "have not been looked through yet" in operator.get(DESK).text
    assert "not looked through yet" in operator.get("/staff/").text


def test_sound_books(operator: Client, settled: Order) -> None:
    check_books(None)
    page = operator.get(DESK).text
    assert "the books are right" in page
    assert "the clock" in page
    assert "the books are right" in operator.get("/staff/").text


def test_the_head_of_the_chain_of_changes_is_there_to_note(operator: Client, cast: Cast) -> None:
    assert "Record of changes" not in operator.get(DESK).text
    add_bank_account(cast.seller, bank_code="008", number="5550001111", holder="Sekar")
    chain_changes()
    assert str(newest_head()) in operator.get(DESK).text


@pytest.mark.unsound_books
def test_a_difference_opens_into_its_transfers(operator: Client, cast: Cast, settled: Order) -> None:
    Order.objects.filter(id=settled.id).update(escrow_idr=7)
    check_books(cast.operator)
    page = operator.get(DESK).text
    assert "what an order holds by its row is not what was allocated" in page
    assert f"/staff/books/{settled.id}" in page
    assert "goods settled" in operator.get(f"{DESK}/{settled.id}").text
    assert operator.get(f"{DESK}/{new_id()}").status_code == 404


def test_the_operator_asks_for_a_look_once(operator: Client, cast: Cast) -> None:
    assert "are being looked through" in operator.post(f"{DESK}/run", follow=True).text
    assert "already" in operator.post(f"{DESK}/run", follow=True).text
    job = ProcrastinateJob.objects.get()
    look_through_books_now(**job.args)
    assert BooksCheck.objects.get().asked_by == cast.operator


@pytest.mark.unsound_books  # one transfer of the order is undone
def test_transfers_are_undone_with_a_reason(operator: Client, cast: Cast, settled: Order) -> None:
    fee = Transfer.objects.get(reference=settled.id, code="fee")
    address = f"{DESK}/{settled.id}"
    asked = {"transfer": fee.id, "reason": " "}
    assert 'id="correction-reason_error"' in operator.post(f"{address}/correct", asked).text
    assert "Tick what it is about first." in operator.post(f"{address}/correct", {"reason": "Waived."}).text
    assert not Reversal.objects.exists()
    page = press(operator, f"{address}/correct", asked | {"reason": "Waived."}, follow=True).text
    assert "Undone." in page
    assert "Waived." in page
    assert str(fee.id) not in [value for value in page.split('"') if "transfer/" not in value]
    assert Reversal.objects.get().by_id == cast.operator.id


@pytest.mark.parametrize("address", ["books", f"books/{uuid.UUID(int=7)}"])
def test_for_anyone_else_there_is_no_such_page(client: Client, cast: Cast, address: str) -> None:
    client.force_login(cast.seller)
    assert client.get(f"/staff/{address}").status_code == 404
