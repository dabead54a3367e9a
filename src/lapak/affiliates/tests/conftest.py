"""What tests of promotion start from."""

import pytest

from lapak.goods.catalogue.models import Variant
from lapak.testing.cast import Cast, assemble_cast, stocked_variant


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble_cast()


@pytest.fixture
def variant(cast: Cast) -> Variant:
    return stocked_variant(cast.shop)
