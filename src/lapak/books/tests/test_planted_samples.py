"""A piece that a sample takes without a word, or keeps though it was not sent, is noticed."""

import pytest

from lapak.affiliates.samples import commands as samples
from lapak.goods.catalogue import stock
from lapak.goods.catalogue.models import Variant
from lapak.testing.books import look_through_filled_books
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.samples import approved_sample, asked_sample, sent_sample

pytestmark = [pytest.mark.django_db, pytest.mark.unsound_books]


def found() -> list[str]:
    return [difference.check for difference in look_through_filled_books().shown]


def test_without_a_fault_nothing_is_found(cast: Cast, variant: Variant) -> None:
    sent_sample(cast, variant)
    samples.withdraw_sample(cast.creator_user, approved_sample(cast, variant).id)
    asked_sample(cast, stocked_variant(cast.shop))
    assert found() == []


def test_a_piece_that_does_not_leave_the_shelf(cast: Cast, variant: Variant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stock, "shift", lambda _pieces, _cause: {})
    approved_sample(cast, variant)
    assert found() == ["sample_stock"]


def test_a_piece_that_is_not_put_back(cast: Cast, variant: Variant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "gives_piece_back", lambda _from_state, _to_state: False)
    samples.call_off_sample(cast.seller, approved_sample(cast, variant).id, "Sold out.")
    assert found() == ["sample_stock"]
