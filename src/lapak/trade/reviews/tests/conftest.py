"""Goods in their buyer's hands, and a private storage of the test's own."""

from pathlib import Path

import pytest

from lapak.goods.catalogue.models import Variant
from lapak.testing.cast import Cast
from lapak.testing.histories import delivered_order
from lapak.testing.storage import own_review_storage
from lapak.trade.orders.models import OrderLine
from lapak.trade.reviews.models import Review
from lapak.trade.reviews.writing import write_review


@pytest.fixture(autouse=True)
def private(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    return own_review_storage(monkeypatch, tmp_path)


@pytest.fixture
def line(cast: Cast, variant: Variant) -> OrderLine:
    return delivered_order(cast, (variant, 2)).lines.get()


@pytest.fixture
def review(cast: Cast, line: OrderLine) -> Review:
    return write_review(cast.buyer, line.id, stars=4, words="Soft, and the colour is right.")
