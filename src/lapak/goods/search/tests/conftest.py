"""A shelf of goods to search, in an index of the test's own; without a database unless a test follows the catalogue."""

import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from lapak.goods.search import reader
from lapak.goods.search.index import build_index
from lapak.goods.search.listings import Listing
from lapak.lib.follow import Position
from lapak.lib.ids import new_id

BATIK_SEKAR, KOPI_GAYO = uuid.UUID(int=1), uuid.UUID(int=2)
FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def search_index(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place for the index; readers look for a newer one at every call."""
    settings.SEARCH_INDEX = tmp_path / "search"
    monkeypatch.setattr(reader, "LOOK_EVERY_S", 0)
    return tmp_path / "search"


def listing(
    title: str,
    *,
    category: str = "",
    details: str = "",
    price_idr: int = 100_000,
    in_stock: bool = True,
    shop_id: uuid.UUID = BATIK_SEKAR,
    day: int = 0,
    product_id: uuid.UUID | None = None,
    sold_here: int = 0,
    sold_before: int = 0,
) -> Listing:
    """A product on sale."""
    return Listing(
        id=product_id or new_id(),
        shop_id=shop_id,
        title=title,
        details=details,
        category_code=category,
        price_idr=price_idr,
        in_stock=in_stock,
        created_at=FIRST_DAY + timedelta(days=day),
        sold_here=sold_here,
        sold_before=sold_before,
    )


def put_on_sale(*listings: Listing) -> None:
    """Make the index hold exactly these."""
    build_index([list(listings)], Position("none", "1:1:", 0))
