"""Creators hear of the rates they promote for; of a slip that was corrected at once they do not."""

from datetime import datetime, timedelta

import pytest
from django.utils.translation import override

from lapak.affiliates.programmes import announce_rate, choose_who_earns
from lapak.affiliates.terms.commands import set_budget, set_special_rate, withdraw_special_rate
from lapak.flows.tell_people.watch import tell_of_deadlines
from lapak.goods.catalogue.models import Product, Variant
from lapak.lib import clock
from lapak.people.notices.models import Notice
from lapak.people.notices.words import words_of
from lapak.people.users.models import User
from lapak.testing.cast import Cast

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def began(cast: Cast) -> datetime:
    tell_of_deadlines()
    return clock.now()


def at(moment: datetime, rate_bp: int, cast: Cast, **bounds: int) -> None:
    with clock.stopped_at(moment):
        announce_rate(programme=cast.programme, rate_bp=rate_bp, by=cast.seller, **bounds)


def told(reader: User) -> list[tuple[str, str]]:
    with override("en"):
        return [
            (notice.fact, words_of(notice).says) for notice in Notice.objects.filter(reader_id=reader.id).order_by("id")
        ]


def look(moment: datetime) -> None:
    with clock.stopped_at(moment):
        tell_of_deadlines()


def test_a_raise(cast: Cast, began: datetime) -> None:
    at(began, 1250, cast)
    look(began + 10 * MINUTE)
    assert told(cast.creator_user) == []
    look(began + 20 * MINUTE)
    look(began + 60 * MINUTE)
    assert told(cast.creator_user) == [("rate_raised", "Batik Sekar pays 12.5% now instead of 10%")]
    assert told(cast.seller) == []


def test_a_cut_says_from_when(cast: Cast, began: datetime) -> None:
    at(began, 500, cast)
    look(began + 20 * MINUTE)
    assert told(cast.creator_user) == [("rate_cut", "Batik Sekar will pay 5% instead of 10%")]
    assert Notice.objects.get().deadline == began + timedelta(days=30)


def test_a_slip_that_was_corrected_is_told_to_nobody(cast: Cast, began: datetime) -> None:
    at(began, 100, cast)
    at(began + 5 * MINUTE, 1000, cast)
    look(began + 60 * MINUTE)
    assert told(cast.creator_user) == []


def test_what_took_the_place_of_a_slip_is_told(cast: Cast, began: datetime) -> None:
    at(began, 100, cast)
    at(began + 5 * MINUTE, 1100, cast)
    look(began + 60 * MINUTE)
    assert told(cast.creator_user) == [("rate_raised", "Batik Sekar pays 11% now instead of 10%")]


def special(moment: datetime, rate_bp: int | None, cast: Cast, product: Product) -> None:
    with clock.stopped_at(moment):
        if rate_bp is None:
            withdraw_special_rate(cast.seller, cast.programme, product)
        else:
            set_special_rate(cast.seller, cast.programme, product, rate_bp)


def test_what_a_product_pays_and_that_it_is_withdrawn(cast: Cast, variant: Variant, began: datetime) -> None:
    special(began, 1250, cast, variant.product)
    look(began + 20 * MINUTE)
    special(began + 30 * MINUTE, None, cast, variant.product)
    look(began + 60 * MINUTE)
    goods = f"Batik Sekar ({variant.product.title})"
    assert told(cast.creator_user) == [
        ("rate_raised", f"{goods} pays 12.5% now instead of 10%"),
        ("rate_cut", f"{goods} will pay 10% instead of 12.5%"),
    ]
    assert Notice.objects.latest("id").deadline == began + 30 * MINUTE + timedelta(days=30)


def test_a_slip_of_a_products_rate_is_told_to_nobody(cast: Cast, variant: Variant, began: datetime) -> None:
    special(began, 100, cast, variant.product)
    special(began + 5 * MINUTE, None, cast, variant.product)
    look(began + 60 * MINUTE)
    assert told(cast.creator_user) == []


DAY = timedelta(days=1)


def test_two_days_before_a_cut_counts_it_is_told_again(cast: Cast, began: datetime) -> None:
    at(began, 500, cast)
    look(began + 20 * MINUTE)
    look(began + 27 * DAY)
    assert len(told(cast.creator_user)) == 1
    look(began + 28 * DAY + MINUTE)
    look(began + 29 * DAY)
    assert told(cast.creator_user)[1:] == [("rate_cut_soon", "Soon Batik Sekar pays 5% instead of 10%")]
    assert Notice.objects.latest("id").deadline == began + 30 * DAY


@pytest.mark.parametrize(("after", "soon"), [(1000, []), (1200, []), (800, ["8%"]), (300, ["5%"])])
def test_a_cut_that_was_taken_back_comes_no_nearer(cast: Cast, began: datetime, after: int, soon: list[str]) -> None:
    """A second cut reaches them later; until then the first one's rate counts."""
    at(began, 500, cast)
    at(began + 5 * DAY, after, cast)
    look(began + 28 * DAY + MINUTE)
    near = [says for fact, says in told(cast.creator_user) if fact == "rate_cut_soon"]
    assert [f"Soon Batik Sekar pays {rate} instead of 10%" for rate in soon] == near


def test_every_bound_is_told_by_itself(cast: Cast, began: datetime) -> None:
    at(began, 1000, cast, indirect_bp=300, cap_idr=5_000)
    look(began + 20 * MINUTE)
    at(began + 30 * MINUTE, 1000, cast, indirect_bp=400, cap_idr=9_000)
    look(began + 60 * MINUTE)
    at(began + 70 * MINUTE, 1000, cast)
    look(began + 90 * MINUTE)
    look(began + 28 * DAY + MINUTE)
    other = "for other goods than the linked ones"
    assert sorted(told(cast.creator_user)) == sorted([
        ("indirect_cut", f"Batik Sekar will pay 3% instead of 10% {other}"),
        ("cap_cut", "Batik Sekar will pay at most Rp5.000 for a line"),
        ("indirect_raised", f"Batik Sekar pays 4% now instead of 3% {other}"),
        ("cap_raised", "Batik Sekar pays up to Rp9.000 for a line now"),
        ("indirect_raised", f"Batik Sekar pays 10% now instead of 4% {other}"),
        ("cap_lifted", "Batik Sekar no longer bounds what a line earns"),
    ])  # fmt: skip


def test_a_slip_of_a_bound_is_told_to_nobody(cast: Cast, began: datetime) -> None:
    at(began, 1000, cast, cap_idr=50)
    at(began + 5 * MINUTE, 1000, cast)
    look(began + 60 * MINUTE)
    look(began + 28 * DAY + MINUTE)
    assert told(cast.creator_user) == []


def budget(moment: datetime, amount_idr: int | None, cast: Cast) -> None:
    with clock.stopped_at(moment):
        set_budget(cast.seller, cast.programme, amount_idr, is_monthly=True)


def test_a_budget(cast: Cast, began: datetime) -> None:
    budget(began, 100, cast)
    budget(began + 5 * MINUTE, 900_000, cast)  # the first was a slip
    look(began + 30 * MINUTE)
    look(began + 28 * DAY + 20 * MINUTE)
    budget(began + 29 * DAY, None, cast)
    look(began + 29 * DAY + 20 * MINUTE)
    assert told(cast.creator_user) == [
        ("month_budget_cut", "Batik Sekar will pay all its creators together at most Rp900.000 a month"),
        ("month_budget_cut_soon", "Soon Batik Sekar pays all its creators together at most Rp900.000 a month"),
        ("month_budget_lifted", "Batik Sekar no longer bounds what its creators earn together"),
    ]


def test_a_special_cut_comes_near(cast: Cast, variant: Variant, began: datetime) -> None:
    special(began, 500, cast, variant.product)
    look(began + 20 * MINUTE)
    look(began + 28 * DAY + MINUTE)
    goods = f"Batik Sekar ({variant.product.title})"
    assert told(cast.creator_user) == [
        ("rate_cut", f"{goods} will pay 5% instead of 10%"),
        ("rate_cut_soon", f"Soon {goods} pays 5% instead of 10%"),
    ]


def test_who_earns_is_told_with_its_day_to_who_promotes(cast: Cast, began: datetime) -> None:
    with clock.stopped_at(began):
        choose_who_earns(cast.seller, cast.programme, "first")
    look(began + 10 * MINUTE)
    assert told(cast.creator_user) == []
    look(began + 20 * MINUTE)
    look(began + 60 * MINUTE)
    assert told(cast.creator_user) == [
        ("who_earns_changes", "Batik Sekar changes who earns where several creators were clicked")
    ]
    assert Notice.objects.get().deadline == began + timedelta(days=30)


def test_who_earns_put_back_at_once_is_told_to_nobody(cast: Cast, began: datetime) -> None:
    for minutes, won_by in ((0, "first"), (5, "newest")):
        with clock.stopped_at(began + minutes * MINUTE):
            choose_who_earns(cast.seller, cast.programme, won_by)
    look(began + 60 * MINUTE)
    assert told(cast.creator_user) == []
