"""Which passwords are taken: any that is long enough and that nobody would try first."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from lapak.people.users.models import User


@pytest.mark.parametrize(
    "password",
    [
        "lapak123", "Lapak2026!", "toko-lapak", "tokopedia88", "p4ssw0rd-saya", "L4p4k_T0k0", "akunshopee1", "KATA sandi 99",
        "123456789", "qwertyuiop", "indonesia", "bismillah", "1234567", "budi.santoso", "Budi Santoso",
    ],
)  # fmt: skip
def test_what_anybody_would_try(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, User(name="Budi Santoso", email="budi.santoso@example.org"))


@pytest.mark.parametrize(
    "password",
    [
        "kuda-benar-baterai-staples", "ikan asin di atas genteng", "aaaabbbbccccdddd1", "   spasi   ", "ßörsenkürßchen",
        "lapak-jeruk-nipis", "toko" * 8, "x9" * 64, "🐟🐟🐟🐟🐟🐟🐟🐟", "zkqwvjxb",
    ],
)  # fmt: skip
def test_what_is_taken_whatever_it_is_made_of(password: str) -> None:
    """No mixture of letters, digits and signs is asked for, and 64 characters and more are no trouble."""
    validate_password(password, User(name="Budi Santoso", email="budi.santoso@example.org"))
    user = User()
    user.set_password(password)
    assert user.check_password(password)
    assert not user.check_password(password.swapcase() if password.swapcase() != password else password[:-1])
