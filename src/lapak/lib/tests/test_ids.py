"""How people name what has an id."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapak.lib.ids import NumberOf, new_id, number_in, number_of
from lapak.people.users.models import User


def test_twelve_digits_in_fours() -> None:
    assert number_of(uuid.UUID("01a218c3-c01f-7352-a2d3-0000000001d2")) == "0000-0000-0466"


@given(st.uuids())
def test_what_is_said_is_understood(identifier: uuid.UUID) -> None:
    number = number_of(identifier)
    for typed in (number, number.replace("-", ""), f" {number.replace('-', ' ')} ", number.replace("-", ".")):
        assert number_in(typed) == int(number.replace("-", ""))


@pytest.mark.parametrize(
    "typed", ["", "1234", "0482-7391-50266", "budi@lapak.test", "0482-7391-502x", "²482-7391-5026"]
)
def test_what_is_no_number_is_none(typed: str) -> None:
    assert number_in(typed) is None


@pytest.mark.django_db
def test_the_database_reckons_the_same() -> None:
    users = [User.objects.create_user(f"{new_id()}@example.com", name="x") for _ in range(5)]
    for user in users:
        number = number_in(number_of(user.id))
        assert list(User.objects.alias(its_number=NumberOf("id")).filter(its_number=number)) == [user]
