"""The books looked through from the command line."""

import json

import pytest
from typer.testing import CliRunner

from lapak.cli import app
from lapak.flows.ship_order import confirm_receipt
from lapak.testing.cast import assemble_cast, stocked_variant
from lapak.testing.histories import delivered_order
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db


@pytest.fixture
def settled() -> Order:
    cast = assemble_cast()
    return confirm_receipt(cast.buyer, delivered_order(cast, (stocked_variant(cast.shop), 1)).id)


def test_sound_books(settled: Order) -> None:
    result = CliRunner().invoke(app, ["check-books"])
    assert result.exit_code == 0
    last = json.loads(result.stdout.splitlines()[-1])
    assert last["differences"] == 0
    assert last["checked"] > 10


@pytest.mark.unsound_books
def test_each_difference_is_shown_with_its_transfers(settled: Order) -> None:
    Order.objects.filter(id=settled.id).update(escrow_idr=7)
    result = CliRunner().invoke(app, ["check-books"])
    assert result.exit_code == 1
    assert "goods_settled" in result.output
    assert json.loads(result.stdout.splitlines()[-1])["differences"] == 2  # the order's, and so the shop's


@pytest.mark.unsound_books
def test_as_json(settled: Order) -> None:
    Order.objects.filter(id=settled.id).update(escrow_idr=7)
    *differences, last = CliRunner().invoke(app, ["check-books", "--json"]).stdout.splitlines()
    assert json.loads(last)["differences"] == len(differences) == 2
    assert json.loads(differences[0])["subject"] == str(settled.id)
