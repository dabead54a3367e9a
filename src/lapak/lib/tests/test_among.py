"""One of very many ids, as one parameter."""

import pytest

from lapak.lib.among import among
from lapak.lib.ids import new_id
from lapak.people.users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def users() -> list[User]:
    return User.objects.bulk_create(User(email=f"user-{n}@example.com") for n in range(3))


def test_these_and_no_others(users: list[User]) -> None:
    asked = among("id", [users[0].id, users[2].id, new_id()])
    assert set(User.objects.filter(asked)) == {users[0], users[2]}
    assert set(User.objects.exclude(asked)) == {users[1]}


def test_none_of_none(users: list[User]) -> None:
    assert not User.objects.filter(among("id", [])).exists()


def test_of_so_many_the_statement_is_no_longer_than_of_one(users: list[User]) -> None:
    one, many = (User.objects.filter(among("id", ids)).query.sql_with_params() for ids in ([new_id()], [new_id()] * 99))
    assert one[0] == many[0]
    assert len(many[1]) == 1


def test_rows_are_changed_by_it(users: list[User]) -> None:
    assert User.objects.filter(among("id", [user.id for user in users[:2]])).update(name="Sari") == 2
