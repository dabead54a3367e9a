"""Stock has one writer, and every change of what is on the shelf is in its journal."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from lapak.goods.catalogue import stock
from lapak.goods.catalogue.models import Product, Stock, StockChange
from lapak.goods.catalogue.stock import Cause, Pieces, Reason
from lapak.lib.ids import new_id
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.cast import LISTED, stocked_variant

pytestmark = [pytest.mark.django_db, pytest.mark.unsound_books]

SOURCES = Path(__file__).resolve().parents[3]


@pytest.fixture
def shelf(shop: Shop) -> Stock:
    """Ten pieces, four of them promised."""
    variant = stocked_variant(shop, on_hand=10)
    Stock.objects.update(reserved=4)
    return Stock.objects.get(variant=variant)


def numbers() -> tuple[int, int]:
    shelf = Stock.objects.get()
    return shelf.on_hand, shelf.reserved


def journal() -> list[tuple[int, int, str]]:
    return list(StockChange.objects.order_by("id").values_list("from_on_hand", "to_on_hand", "reason"))


@pytest.mark.parametrize(
    ("act", "pieces", "left", "step"),
    [
        (stock.take_from_shelf, 3, (7, 1), (10, 7, "listed")),
        (stock.put_back, 3, (13, 4), (10, 13, "listed")),
        (stock.shift, -20, (4, 4), (10, 4, "listed")),
        (stock.set_on_hand, 11, (11, 4), (10, 11, "listed")),
        (stock.set_on_hand, 1, (4, 4), (10, 4, "listed")),
    ],
)
def test_each_change_of_the_shelf_is_a_row_of_the_journal(
    shelf: Stock, act: Callable[[Pieces, Cause], None], pieces: int, left: tuple[int, int], step: tuple[int, int, str]
) -> None:
    act({shelf.variant_id: pieces}, LISTED)
    assert numbers() == left
    assert journal() == [(0, 10, "listed"), step]


def test_the_journal_says_who_and_because_of_what(shelf: Stock, seller: User) -> None:
    order_id = new_id()
    stock.take_from_shelf({shelf.variant_id: 1}, Cause(Reason.SHIPPED, seller.id, order_id))
    change = StockChange.objects.latest("id")
    assert (change.actor, change.reference, change.shop_id) == (seller, order_id, shelf.shop_id)


def test_what_is_released_leaves_no_trace_on_the_shelf(shelf: Stock) -> None:
    stock.release({shelf.variant_id: 4})
    assert numbers() == (10, 0)
    assert len(journal()) == 1


@pytest.mark.parametrize("act", [stock.release, lambda pieces: stock.take_from_shelf(pieces, LISTED)])
def test_more_than_was_promised_cannot_be_let_go(
    shelf: Stock, nothing_written: None, act: Callable[[Pieces], None]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        act({shelf.variant_id: 5})
    assert numbers() == (10, 4)


def test_the_journal_is_never_changed(shelf: Stock) -> None:
    for change in (StockChange.objects.all().delete, lambda: StockChange.objects.update(to_on_hand=99)):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_a_product_that_goes_leaves_its_journal(shelf: Stock) -> None:
    Product.objects.all().delete()
    assert not Stock.objects.exists()
    assert len(journal()) == 1


def test_nobody_else_writes_stock() -> None:
    """But for a purchase, which reserves by a statement of its own, and the made-up market that measures are taken in."""
    writing = re.compile(
        r"(UPDATE|INTO|DELETE FROM) catalogue_stock\b|Stock\.objects\.\w*(create|update)|stock\.save\("
        r"|copy_rows\(\s*\"catalogue_stock\""
    )
    writers = {
        str(file.relative_to(SOURCES))
        for pattern in ("*.py", "*.sql")
        for file in SOURCES.rglob(pattern)
        if "tests" not in file.parts and "migrations" not in file.parts and writing.search(file.read_text())
    }
    others = ("flows/place_purchase", "testing/seed")
    assert {writer for writer in writers if not writer.startswith(others)} == {"goods/catalogue/stock.py"}
