"""A user's addresses: kept, changed and removed by their owner alone."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from lapak.lib.regions import POSTAL_DIGITS, PROVINCES
from lapak.people.users.commands import MAX_ADDRESSES, remove_address, save_address
from lapak.people.users.errors import AddressNotFound, TooManyAddresses
from lapak.people.users.models import Address, User
from lapak.people.users.queries import address_for_user, addresses_of_user
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db

HOME: dict[str, Any] = {
    "recipient": "Sari Wulandari",
    "phone": "081234567890",
    "street": "Jl. Kenanga 12, RT 03/RW 05",
    "district": "Laweyan",
    "city": "Surakarta",
    "province_code": "33",
    "postal_code": "57141",
}


@pytest.fixture
def sari() -> User:
    return User.objects.create_user("sari@lapak.test", "sandi-panjang-sari", name="Sari")


@pytest.fixture
def stranger() -> User:
    return User.objects.create_user("orang@lapak.test", "sandi-orang-lain")


@pytest.fixture
def home(sari: User) -> Address:
    return save_address(sari, **HOME)


def test_address_is_kept(sari: User) -> None:
    save_address(sari, **HOME)
    assert list(addresses_of_user(sari).values(*HOME)) == [HOME]


def test_address_is_changed_in_place(sari: User, home: Address) -> None:
    save_address(sari, address_id=home.id, **{**HOME, "city": "Sukoharjo"})
    assert [address.city for address in addresses_of_user(sari)] == ["Sukoharjo"]


def test_address_is_removed(sari: User, home: Address) -> None:
    remove_address(sari, home.id)
    assert not addresses_of_user(sari).exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("recipient", ""),
        ("phone", "12345"),
        ("phone", "+6221555555"),
        ("postal_code", "5714"),
        ("postal_code", "ABCDE"),
        ("province_code", "99"),
        ("city", "x" * 81),
        ("city", "x"),
        ("district", "-"),
        ("district", "12"),
        ("street", "x"),
        ("street", "12345"),
        ("postal_code", "80111"),
    ],
)
def test_malformed_field_is_refused(sari: User, nothing_written: None, field: str, value: str) -> None:
    with pytest.raises(ValidationError) as refused:
        save_address(sari, **{**HOME, field: value})
    assert set(refused.value.message_dict) == {field}


@pytest.mark.parametrize("street", ["Gg. 5", "Blok A", "Dusun Oba, rumah ketiga\ndari masjid", "RT 03/RW 05"])
def test_a_short_way_to_the_house_is_taken(sari: User, street: str) -> None:
    assert save_address(sari, **{**HOME, "street": street, "district": "Oba"}).street == street


def test_a_district_of_two_letters_is_whole(sari: User) -> None:
    assert save_address(sari, **{**HOME, "district": "Gu", "city": "Kab. Buton Tengah"}).district == "Gu"


def test_every_province_has_postal_codes(sari: User) -> None:
    for province in PROVINCES.values():
        digit = POSTAL_DIGITS[province.zone][0]
        save_address(sari, **{**HOME, "province_code": province.code, "postal_code": f"{digit}0111"}).delete()


def test_one_more_than_an_address_book_holds_is_refused(sari: User) -> None:
    Address.objects.bulk_create(Address(user=sari, **HOME) for _ in range(MAX_ADDRESSES))
    with refused(TooManyAddresses):
        save_address(sari, **HOME)
    assert addresses_of_user(sari).count() == MAX_ADDRESSES


def test_full_address_book_can_still_be_corrected(sari: User, home: Address) -> None:
    Address.objects.bulk_create(Address(user=sari, **HOME) for _ in range(MAX_ADDRESSES - 1))
    assert save_address(sari, address_id=home.id, **{**HOME, "city": "Klaten"}).city == "Klaten"


def test_stranger_finds_no_address(home: Address, stranger: User, nothing_written: None) -> None:
    with refused(AddressNotFound):
        address_for_user(stranger, home.id)
    with refused(AddressNotFound):
        save_address(stranger, address_id=home.id, **{**HOME, "recipient": "Pencuri"})
    with refused(AddressNotFound):
        remove_address(stranger, home.id)
    home.refresh_from_db()
    assert home.recipient == "Sari Wulandari"
