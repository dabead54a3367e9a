"""Where a user is paid: added, never changed, and nobody else's to see."""

import pytest
from django.core.exceptions import ValidationError

from lapak.people.users.commands import MAX_BANK_ACCOUNTS, add_bank_account
from lapak.people.users.errors import BankAccountNotFound, TooManyBankAccounts
from lapak.people.users.models import BankAccount, User
from lapak.people.users.queries import bank_account_for_user, bank_accounts_of_user
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def sari() -> User:
    return User.objects.create_user("sari@lapak.test", "sandi-panjang-sari", name="Sari")


def test_bank_account_is_kept(sari: User) -> None:
    account = add_bank_account(sari, bank_code="014", number="0123456789", holder=" SARI WULANDARI ")
    assert list(bank_accounts_of_user(sari)) == [account]
    assert (account.get_bank_code_display(), account.holder) == ("BCA", "SARI WULANDARI")


def test_same_account_again_is_the_one_that_is_there(sari: User) -> None:
    first = add_bank_account(sari, bank_code="014", number="0123456789", holder="SARI")
    assert add_bank_account(sari, bank_code="014", number="0123456789", holder="SARI") == first
    assert bank_accounts_of_user(sari).count() == 1


def test_other_number_is_another_account(sari: User) -> None:
    add_bank_account(sari, bank_code="014", number="0123456789", holder="SARI")
    add_bank_account(sari, bank_code="014", number="9876543210", holder="SARI")
    assert bank_accounts_of_user(sari).count() == 2


@pytest.mark.parametrize(
    ("field", "value"), [("bank_code", "999"), ("number", "12-34"), ("number", "12345"), ("holder", " ")]
)
def test_malformed_field_is_refused(sari: User, nothing_written: None, field: str, value: str) -> None:
    given = {"bank_code": "014", "number": "0123456789", "holder": "SARI", field: value}
    with pytest.raises(ValidationError) as refused:
        add_bank_account(sari, **given)
    assert set(refused.value.message_dict) == {field}


def test_one_more_than_one_person_needs_is_refused(sari: User) -> None:
    BankAccount.objects.bulk_create(
        BankAccount(user=sari, bank_code="014", number=f"{n:010}", holder="SARI") for n in range(MAX_BANK_ACCOUNTS)
    )
    with refused(TooManyBankAccounts):
        add_bank_account(sari, bank_code="002", number="5555555555", holder="SARI")
    assert bank_accounts_of_user(sari).count() == MAX_BANK_ACCOUNTS


def test_stranger_finds_no_bank_account(sari: User) -> None:
    account = add_bank_account(sari, bank_code="014", number="0123456789", holder="SARI")
    stranger = User.objects.create_user("orang@lapak.test", "sandi-orang-lain")
    assert bank_account_for_user(sari, account.id) == account
    with refused(BankAccountNotFound):
        bank_account_for_user(stranger, account.id)
