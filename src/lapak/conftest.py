"""Fixtures every test may use; and the books are checked after each test that touched the database."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.cache import caches
from pytest_django import Settings

from lapak.flows.place_purchase import place_purchase
from lapak.flows.ship_order import ship_order
from lapak.goods.catalogue.models import Variant
from lapak.goods.catalogue.queries import _tree_of
from lapak.people.audit.models import Change
from lapak.people.settings.queries import KEPT_AS as CHOSEN_KEPT_AS
from lapak.people.shops.closings import KEPT_AS
from lapak.testing.books import check_books, rows_everywhere
from lapak.testing.cast import Cast, asked_for, assemble_cast, stocked_variant
from lapak.testing.histories import paid_order, tracking_number
from lapak.testing.network import Network, mocked_network
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.models import Order
from lapak.web.shell.changes import shown_changes


@pytest.fixture
def cast(db: None) -> Cast:  # noqa: ARG001 - the people are rows
    """One person of each kind, with what they own."""
    return assemble_cast()


@pytest.fixture
def variant(cast: Cast) -> Variant:
    """Goods of the cast's shop, some on the shelf."""
    return stocked_variant(cast.shop)


@pytest.fixture
def unpaid(cast: Cast, variant: Variant) -> Order:
    """Of the goods, one piece; awaiting payment."""
    return Order.objects.get(purchase_id=place_purchase(cast.buyer.id, asked_for(cast, (variant, 1))))


@pytest.fixture
def paid(cast: Cast, variant: Variant) -> Order:
    """Another, to be packed."""
    return paid_order(cast, (variant, 1))


@pytest.fixture
def packed(cast: Cast, paid: Order) -> Order:
    return pack_order(cast.seller, paid.id)


@pytest.fixture
def shipped(cast: Cast, packed: Order) -> Order:
    return ship_order(cast.seller, packed.id, tracking_number())


@pytest.fixture
def network() -> Iterator[Network]:
    """The network edge: nothing leaves the machine."""
    with mocked_network() as network:
        yield network


@pytest.fixture(autouse=True)
def books_are_sound(
    request: pytest.FixtureRequest,
    operator_is_taxable: None,  # noqa: ARG001 - still so when the books are checked
) -> Iterator[None]:
    """After every test with a database, whether a mark or a fixture asks for it, its books are looked through (lapak/books),
    and what changed can be read."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None and not {"db", "transactional_db"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("_django_db_helper")
    yield
    if request.node.get_closest_marker("unsound_books") is None:
        check_books()
        shown_changes(Change.objects.all())


@pytest.fixture(autouse=True)
def category_tree_is_read_anew() -> None:
    """Each test has its own database."""
    _tree_of.cache_clear()


@pytest.fixture(autouse=True)
def no_closing_is_ahead() -> None:
    """Until a test announces one; and no page asks the database whether."""
    caches["mind"].set(KEPT_AS, {}, timeout=None)


@pytest.fixture(autouse=True)
def nothing_is_chosen() -> None:
    """Of settings, until a test chooses (testing/settings.py); and nothing asks the database what."""
    caches["mind"].set(CHOSEN_KEPT_AS, (), timeout=None)


@pytest.fixture(autouse=True)
def operator_is_taxable(settings: Settings) -> None:
    """As in the worked example (docs/concepts/money.md), which takes VAT on the fee."""
    settings.TAXABLE_SINCE = date(2023, 10, 4)


@pytest.fixture(autouse=True)
def a_bank_file_may_be_tried_out(settings: Settings) -> None:
    """The sandbox holds the tests' money, and a bank's file is the payout that needs no network."""
    settings.PLAY_MONEY_TO_REAL_BANKS = True


@pytest.fixture
def nothing_written(db: None) -> Iterator[None]:  # noqa: ARG001 - counting rows needs the database
    """The test's own act must leave every table as it found it, but for the sessions of those who sign in for it: ask for it
    after the fixtures that write."""
    before = rows_everywhere()
    yield
    assert rows_everywhere() | {"users_session": before["users_session"]} == before
