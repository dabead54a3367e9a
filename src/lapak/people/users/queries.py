"""Reading a user's own things, and the gates that keep them their own."""

import uuid
from collections.abc import Collection
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, TypedDict

from allauth.account.models import EmailAddress
from django.db.models import Case, Exists, F, OuterRef, QuerySet, When

from lapak.people.users.errors import AddressNotFound, BankAccountNotFound, EmailUnconfirmed
from lapak.people.users.models import Address, BankAccount, User
from lapak.people.users.operators import Desk, works_at

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class ChangedAt(TypedDict):
    """When a bank account replaced another; None of a user's first."""

    changed_at: datetime | None


def addresses_of_user(user: User) -> QuerySet[Address]:
    """The user's addresses, newest first."""
    return Address.objects.filter(user=user)


def address_for_user(user: User, address_id: uuid.UUID) -> Address:
    """The address, for the one whose it is; `AddressNotFound` for everyone else."""
    address = addresses_of_user(user).filter(pk=address_id).first()
    if address is None:
        raise AddressNotFound
    return address


def confirmed_emails(user_id: uuid.UUID) -> list[str]:
    """The e-mail addresses that the user has shown to be theirs."""
    return list(EmailAddress.objects.filter(user_id=user_id, verified=True).values_list("email", flat=True))


def has_confirmed_email(user: User) -> bool:
    """Whether the user has shown a mailbox to be theirs."""
    return bool(EmailAddress.objects.filter(user=user, verified=True).exists())


def require_confirmed_email(by: User) -> None:
    """The gate before anything that binds: a shop, promoting, a bank account (docs/decisions/0022). `EmailUnconfirmed`."""
    if not has_confirmed_email(by):
        raise EmailUnconfirmed


def users_with(email: str) -> list[uuid.UUID]:
    """Who has shown this e-mail address to be theirs; nobody, where it was only typed."""
    return list(EmailAddress.objects.filter(email=email.lower(), verified=True).values_list("user_id", flat=True))


def bank_accounts_of_user(user: User) -> QuerySet[BankAccount]:
    """The user's bank accounts, newest first, but those that were dropped, or whose number is kept no longer."""
    return BankAccount.objects.filter(user=user, dropped_at=None).exclude(number="").order_by("-created_at")


def newest_accounts(user_ids: Collection[uuid.UUID]) -> "QuerySet[WithAnnotations[BankAccount, ChangedAt]]":
    """Where each of the users is refunded: the newest of their bank accounts, and when it replaced another (None: the first)."""
    older = BankAccount.objects.filter(user=OuterRef("user"), created_at__lt=OuterRef("created_at"))
    return (
        BankAccount.objects.filter(user__in=user_ids, dropped_at=None)
        .exclude(number="")
        .annotate(changed_at=Case(When(Exists(older), then=F("created_at")), default=None))
        .order_by("user", "-created_at")
        .distinct("user")
    )


def bank_account_for_user(user: User, bank_account_id: uuid.UUID) -> BankAccount:
    """The bank account, for the one whose it is; `BankAccountNotFound` for everyone else."""
    account = bank_accounts_of_user(user).filter(pk=bank_account_id).first()
    if account is None:
        raise BankAccountNotFound
    return account


@lru_cache(maxsize=10_000)
def session_hash(password: str) -> str:
    """What a session carries that was begun with this password (as it is stored): another password ends it."""
    return User(password=password).get_session_auth_hash()


def has_another_at(user: User, desk: Desk) -> bool:
    """Whether another operator does this part of the work."""
    others = User.objects.filter(is_staff=True, is_active=True).exclude(id=user.id)
    return any(works_at(other, desk) for other in others)
