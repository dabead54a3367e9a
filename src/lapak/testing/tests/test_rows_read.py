"""What the count of rows sees."""

import pytest
from django.db import transaction

from lapak.people.users.models import Address, User
from lapak.testing.cast import Cast
from lapak.testing.rows_read import rows_read, rows_touched

pytestmark = pytest.mark.django_db


def test_of_reads_both_see_what_is_passed_over(cast: Cast) -> None:
    users = User.objects.count()
    with rows_touched() as touched, rows_read() as read:
        assert not User.objects.filter(name="Nobody").exists()
    assert read["users_user"] == users
    assert touched["users_user"] >= users


def test_what_a_write_goes_through_counts_though_it_is_undone(cast: Cast) -> None:
    with rows_touched() as touched, transaction.atomic():
        assert User.objects.filter(name=cast.buyer.name).update(name="Another") == 1
        transaction.set_rollback(True)
    assert touched["users_user"] >= User.objects.count()
    assert touched["users_address"] == 0


def test_and_what_a_foreign_key_looks_up(cast: Cast) -> None:
    address = Address.objects.get(id=cast.address.id)
    with rows_touched() as touched, transaction.atomic():
        address.user = cast.stranger
        address.save(update_fields=["user"])
        with transaction.get_connection().cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert touched["users_user"] >= 1
