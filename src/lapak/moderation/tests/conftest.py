"""What the tests of moderation share."""

import pytest

from lapak.goods.catalogue.models import Product
from lapak.testing.cast import Cast, stocked_variant


@pytest.fixture
def product(cast: Cast) -> Product:
    """On sale."""
    return stocked_variant(cast.shop).product
