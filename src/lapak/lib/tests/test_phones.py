"""A phone number is the same however it is typed."""

import pytest

from lapak.lib.phones import phone_in, spellings


@pytest.mark.parametrize(
    "typed", ["081234567890", "0812-3456-7890", "(0812) 3456 7890", "0812.3456.7890", " 081234567890 "]
)
def test_as_it_is_typed_at_home(typed: str) -> None:
    assert phone_in(typed) == "081234567890"


@pytest.mark.parametrize("typed", ["+6281234567890", "+62 812-3456-7890", "62 812 3456 7890"])
def test_as_it_is_typed_abroad(typed: str) -> None:
    assert phone_in(typed) == "+6281234567890"


@pytest.mark.parametrize("typed", ["", "Budi", "0212345678", "08", "0712-3456-7890-11", "buyer@example.com"])
def test_what_is_none(typed: str) -> None:
    assert phone_in(typed) is None


def test_both_spellings_of_either() -> None:
    assert spellings("081234567890") == spellings("+6281234567890") == ("081234567890", "+6281234567890")
