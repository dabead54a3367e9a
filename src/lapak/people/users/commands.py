"""Every change of a user's name, addresses and bank accounts."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError

from lapak.lib.acts import act
from lapak.people.audit.commands import note_changes
from lapak.people.audit.rules import Kind, Subject
from lapak.people.users.errors import TooManyAddresses, TooManyBankAccounts
from lapak.people.users.models import Address, BankAccount, User
from lapak.people.users.queries import (
    address_for_user,
    addresses_of_user,
    bank_accounts_of_user,
    require_confirmed_email,
)

MAX_ADDRESSES = 20
"""A family with relatives on every island; far above, someone stores other people's data here."""

MAX_BANK_ACCOUNTS = 20
"""Rows are never deleted, since old payouts point at them: room for many changes, none for a list of strangers."""


def rename_user(by: User, *, name: str) -> User:
    """The user is called `name` from now on. Refuses more than 120 characters (`ValidationError`)."""
    by.name = name.strip()
    by.clean_fields(exclude=["password"])
    by.save(update_fields=["name"])
    return by


def speak_to(by: User, *, language: str) -> User:
    """Lapak writes to the user in this language from now on. Refuses one that it does not speak (`ValidationError`)."""
    if language not in dict(settings.LANGUAGES):
        raise ValidationError({"language": language})
    by.language = language
    by.save(update_fields=["language"])
    return by


@act
def save_address(
    by: User,
    *,
    recipient: str,
    phone: str,
    street: str,
    district: str,
    city: str,
    province_code: str,
    postal_code: str,
    address_id: uuid.UUID | None = None,
) -> Address:
    """The user has this address: a new one, or the one with `address_id` as it now reads.

    Refuses another user's address (`AddressNotFound`), one more than `MAX_ADDRESSES` (`TooManyAddresses`) and
    malformed fields (`ValidationError`, per field). Orders keep the address they were placed with.
    """
    if address_id is None:
        _queue_up(by)
        if addresses_of_user(by).count() >= MAX_ADDRESSES:
            raise TooManyAddresses
        address = Address(user=by)
    else:
        address = address_for_user(by, address_id)
    address.recipient, address.phone, address.street = recipient, phone, street
    address.district, address.city = district, city
    address.province_code, address.postal_code = province_code, postal_code
    address.full_clean(validate_unique=False, validate_constraints=False)
    address.save()
    return address


def remove_address(by: User, address_id: uuid.UUID) -> None:
    """The address is gone; orders keep their copy. Refuses another user's (`AddressNotFound`)."""
    address_for_user(by, address_id).delete()


@act
def add_bank_account(by: User, *, bank_code: str, number: str, holder: str) -> BankAccount:
    """The user can be paid into this account; adding the same one again answers the one that is there.

    Refuses an e-mail that is not confirmed (`EmailUnconfirmed`), an unknown bank or malformed fields (`ValidationError`, per
    field) and one more than `MAX_BANK_ACCOUNTS` (`TooManyBankAccounts`).
    """
    require_confirmed_email(by)
    account = BankAccount(user=by, bank_code=bank_code, number=number, holder=holder.strip())
    account.full_clean(validate_unique=False, validate_constraints=False)
    _queue_up(by)
    held = bank_accounts_of_user(by).filter(bank_code=bank_code, number=number, holder=account.holder).first()
    if held is not None:
        return held
    if bank_accounts_of_user(by).count() >= MAX_BANK_ACCOUNTS:
        raise TooManyBankAccounts
    account.save(force_insert=True)
    note_changes(by.id, Subject(Kind.USER, by.id, str(by)), {}, {"bank_account": account.kept})
    return account


def _queue_up(user: User) -> None:
    """Holds the user's row, so that two requests of one user count what there is one after the other."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
