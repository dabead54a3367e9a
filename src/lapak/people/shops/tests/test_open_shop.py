"""Opening a shop, and who may enter it."""

import pytest
from django.core.exceptions import ValidationError

from lapak.people.shops.commands import open_shop
from lapak.people.shops.errors import OperatorSellsNothing, ShopNotFound, ShopSlugTaken
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import member_for_seller
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
