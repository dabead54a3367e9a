"""The contract promises what is kept: its numbers are the order's own, both parties and the address are in it, and nobody
changes it. Each promise names the test that keeps it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from pytest_django import Settings

from lapak.flows.contract import terms
from lapak.flows.place_purchase import place_purchase
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.lib.dated import dated_number
from lapak.testing.cast import Cast, asked_for
from lapak.trade.orders.models import Order, OrderContract
from lapak.trade.orders.rules import Clocks

ROOT = Path(__file__).resolve().parents[4]

KEPT_BY = {
    "Dana disimpan sampai pesanan selesai": (
        "flows/tests/test_settle_order.py",
        "test_",
    ),
    "pembeli dapat melaporkannya": (
        "trade/orders/tests/test_deliver_order.py",
        "test_the_buyer_is_heard_after_fifteen_days",
    ),
    "Dana tetap disimpan": (
        "trade/orders/tests/test_deliver_order.py",
        "test_the_buyer_is_heard_after_fifteen_days",
    ),
    "Lapak memutuskan paling lambat": (
        "trade/orders/tests/test_deliver_order.py",
        "test_the_operator_s_list_has_it_claimed_or_not_and_says_what_is_late",
    ),
    "sejak kurir menyatakan barang sampai": (
        "trade/orders/tests/test_deliver_order.py",
        "test_by_the_courier_s_six_days",
    ),
    "jika hanya penjual yang menyatakannya": (
        "trade/orders/tests/test_deliver_order.py",
        "test_by_the_shop_s_alone_ten",
    ),
    "sampai dana dicairkan kepada penjual": (
        "flows/tests/test_hidden_faults.py",
        "test_no_longer_once_the_shop_was_paid_out",
    ),
    "Waktu itu berhenti selama suatu pengembalian berjalan": (
        "flows/tests/test_return_clocks.py",
        "test_after_a_refund_the_days_to_ask_for_the_rest_are_as_many_as_before",
    ),
    "ongkos kirim pengembalian ditanggung penjual": (
        "flows/tests/test_way_back.py",
        "test_for_the_shop_s_fault_it_comes_out_of_escrow",
    ),
    "tarif layanan termahal": (
        "flows/tests/test_way_back.py",
        "test_at_most_what_the_dearest_service_on_the_way_costs",
    ),
    "membatalkan sendiri sampai barang dikemas": (
        "trade/orders/tests/test_cancel_order.py",
        "test_by_either_side_at_once_and_all_is_owed_back",
    ),
    "penjual ditanya lebih dulu": (
        "trade/orders/tests/test_cancel_order.py",
        "test_the_buyer_asks_and_the_shop_may_say_so_by_itself",
    ),
    "penjual setuju": (
        "trade/orders/tests/test_cancel_order.py",
        "test_after_48_hours_the_shop_has_agreed_however_late_the_sweep",
    ),
    "penjual tidak mengemas": (
        "trade/orders/tests/test_pack_order.py",
        "test_the_deadline_holds_however_late_the_sweep",
    ),
    "kurir tidak menerima barang": (
        "trade/orders/tests/test_ship_order.py",
        "test_the_deadline_holds_however_late_the_sweep",
    ),
    "satu kali penjual dapat menunjukkan bukti": (
        "trade/orders/tests/test_ship_order.py",
        "test_shown_it_has_the_same_time_again",
    ),
}
"""Promise, and the test that keeps it: its file under `src/lapak`, and its name."""


def test_its_numbers_are_the_clocks_of_the_order() -> None:
    clocks = Clocks(
        pack_within_working_days=11,
        ship_within_working_days=12,
        arrive_within_days=13,
        decide_within_days=14,
        complete_after_days=15,
        complete_after_days_by_shop=16,
        cancel_answer_within_hours=17,
    )
    said = [int(number) for text in list(terms(clocks).values())[1:] for number in re.findall(r"\d+", text)]
    assert sorted(said) == [11, 12, 13, 14, 15, 16, 17]


def test_each_promise_has_the_test_that_keeps_it() -> None:
    text = " ".join(terms(Clocks()).values())
    for promise, (file, test) in KEPT_BY.items():
        assert promise in text
        assert f"def {test}" in (ROOT / "src" / "lapak" / file).read_text(), test


@pytest.mark.django_db
def test_an_order_keeps_those_it_was_placed_under(
    cast: Cast, variant: Variant, placed: Order, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    settings.COMPLETE_AFTER_DAYS = dated_number(f"6; 9 from {tomorrow}")
    before = Order.objects.get(purchase_id=place_purchase(cast.buyer.id, asked_for(cast, (variant, 1))))
    monkeypatch.setattr(clock, "today", lambda: tomorrow)
    later = Order.objects.get(purchase_id=place_purchase(cast.buyer.id, asked_for(cast, (variant, 1))))
    assert "dalam 9 hari" in later.contract["return"]
    assert later.complete_after_days == 9
    for order in (placed, before):
        assert "dalam 6 hari" in order.contract["return"]
        assert order.complete_after_days == 6


@pytest.mark.django_db
def test_both_parties_and_the_address_are_in_it(cast: Cast, placed: Order) -> None:
    contract = placed.contract
    assert contract["parties"]["seller"]["name"] == "Batik Sekar"
    assert contract["parties"]["buyer"] == {"id": str(cast.buyer.id), "name": "Buyer"}
    assert contract["delivery"]["address"]["street"] == "Jl. Melati 5"
    assert contract["delivery"]["address"]["recipient"] == "Buyer"


@pytest.mark.django_db
def test_nobody_changes_it(placed: Order) -> None:
    for change in (lambda: OrderContract.objects.update(body={}), lambda: OrderContract.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
