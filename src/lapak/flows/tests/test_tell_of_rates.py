"""Creators hear of the rates they promote for; of a slip that was corrected at once they do not."""

from datetime import datetime, timedelta

import pytest
from django.utils.translation import override

from lapak.affiliates.invitations import invite_creator
from lapak.affiliates.models import Creator
from lapak.affiliates.programmes import announce_rate
from lapak.affiliates.terms.commands import set_special_rate, withdraw_special_rate
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


def at(moment: datetime, rate_bp: int, cast: Cast) -> None:
    with clock.stopped_at(moment):
        announce_rate(programme=cast.programme, rate_bp=rate_bp, by=cast.seller)


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


def test_an_invitation_is_told_to_whom_it_invites(cast: Cast, began: datetime) -> None:
    other = Creator.objects.create(user=cast.stranger, handle="mang-asep", joined_at=began)
    invite_creator(shop=cast.shop, creator=other, rate_bp=2000, by=cast.seller)
    look(clock.now() + 20 * MINUTE)
    assert told(cast.stranger) == [("creator_invited", "Batik Sekar invites you to promote for 20%")]
    assert told(cast.creator_user) == []


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
