"""A user's name."""

import pytest
from django.core.exceptions import ValidationError

from lapak.people.users.commands import rename_user
from lapak.people.users.models import User

pytestmark = pytest.mark.django_db


def test_user_is_called_by_the_new_name() -> None:
    user = User.objects.create_user("sari@lapak.test", "sandi-panjang-sari")
    rename_user(user, name=" Sari Wulandari ")
    user.refresh_from_db()
    assert str(user) == "Sari Wulandari"


def test_overlong_name_is_refused() -> None:
    user = User.objects.create_user("sari@lapak.test", "sandi-panjang-sari", name="Sari")
    with pytest.raises(ValidationError):
        rename_user(user, name="x" * 121)
    assert User.objects.get().name == "Sari"
