"""Opening a shop, and who may enter it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from lapak.lib import clock
from lapak.people.shops.commands import open_shop
from lapak.people.shops.errors import OperatorSellsNothing, ShopNotFound, ShopSlugTaken, TooManyShops
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import member_for_seller
from lapak.people.shops.rules import MOST_SHOPS_A_DAY
from lapak.people.users.models import User
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller() -> User:
    return User.objects.create_user("Sekar@Example.com")


def test_its_owner_may_enter_and_a_stranger_finds_nothing(seller: User) -> None:
    shop = open_shop(seller, slug="batik", name="Batik", city="Cirebon", province_code="32")
    assert member_for_seller(seller, "batik").shop == shop
    stranger = User.objects.create_user("stranger@example.com")
    with refused(ShopNotFound):
        member_for_seller(stranger, "batik")


def test_a_taken_address_is_refused(seller: User) -> None:
    open_shop(seller, slug="batik", name="Batik", city="Cirebon", province_code="32")
    with refused(ShopSlugTaken):
        open_shop(seller, slug="batik", name="Lain", city="Solo", province_code="33")
    assert Shop.objects.count() == 1


def test_whoever_runs_the_marketplace_opens_none() -> None:
    operator = User.objects.create_superuser("operator@example.com")
    with refused(OperatorSellsNothing, match="31/2023"):
        open_shop(operator, slug="batik", name="Batik", city="Cirebon", province_code="32")


@pytest.mark.usefixtures("seller", "nothing_written")
@pytest.mark.parametrize("field", [{"nib": "12"}, {"province_code": "99"}, {"slug": "a b"}, {"name": ""}])
def test_malformed_fields_are_refused(seller: User, field: dict[str, str]) -> None:
    good = {"slug": "batik", "name": "Batik", "city": "Cirebon", "province_code": "32"}
    with pytest.raises(ValidationError) as refusal:
        open_shop(seller, **{**good, **field})
    assert set(refusal.value.message_dict) == set(field)


def test_more_in_a_day_than_a_person_opens_are_refused(seller: User) -> None:
    about = {"name": "Batik", "city": "Cirebon", "province_code": "32"}
    for n in range(MOST_SHOPS_A_DAY):
        open_shop(seller, slug=f"batik-{n}", **about)
    with refused(TooManyShops):
        open_shop(seller, slug="batik-lagi", **about)
    open_shop(User.objects.create_user("other@example.com"), slug="batik-lain", **about)
    Shop.objects.filter(slug="batik-0").update(created_at=clock.now() - timedelta(days=1))
    open_shop(seller, slug="batik-lagi", **about)


@pytest.mark.parametrize("name", ["Lapak Resmi", "Batik\u200bSekar", "B\u0430tik", "Admin"])
@pytest.mark.usefixtures("seller", "nothing_written")
def test_a_name_that_deceives_is_refused(seller: User, name: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        open_shop(seller, slug="batik", name=name, city="Cirebon", province_code="32")
    assert set(refusal.value.message_dict) == {"name"}
    with pytest.raises(ValidationError):
        open_shop(seller, slug="lapak-official", name="Batik", city="Cirebon", province_code="32")
