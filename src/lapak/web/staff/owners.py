"""Whose an account of the ledger is, in words: its owner's name instead of an id."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from unfold.views import ChangeList

from lapak.affiliates.models import Creator
from lapak.money.ledger.models import Account
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.web.shell.books import title_of


def names_of_owners(accounts: Iterable[Account]) -> dict[str, str]:
    """By owner: a shop's, creator's or person's name, a partner's or courier's title; three queries, however many."""
    owners = {account.owner for account in accounts}
    ids = list(_ids(owners))
    people = User.objects.filter(id__in=ids)
    named = {
        **dict(Shop.objects.filter(id__in=ids).values_list("id", "name")),
        **{creator.id: str(creator) for creator in Creator.objects.filter(id__in=ids)},
        **{user.id: str(user) for user in people},
    }
    return {owner: title_of(owner) for owner in owners} | {str(owner): name for owner, name in named.items()}


def _ids(owners: Iterable[str]) -> Iterator[uuid.UUID]:
    for owner in owners:
        with suppress(ValueError):
            yield uuid.UUID(owner)


class AccountsInWords(ChangeList):  # type: ignore[misc]  # unfold carries no types
    """A page of rows that name accounts: each account gets its owner's name (`owner_name`), read together."""

    names = ("account", "debit_account", "credit_account")

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        accounts: list[Any] = [account for row in self.result_list for account in self.accounts_of(row)]
        names = names_of_owners(accounts)
        for account in accounts:
            account.owner_name = names[account.owner]

    def accounts_of(self, row: Any) -> list[Account]:
        """The row's accounts; an account is its own."""
        return [row] if isinstance(row, Account) else [getattr(row, name) for name in self.names if hasattr(row, name)]


def owner_of(account: Account) -> str:
    """Whose it is, in words."""
    known: str | None = getattr(account, "owner_name", None)
    return names_of_owners([account])[account.owner] if known is None else known


def as_account(name: str, description: Any) -> Any:
    """A column that says what an account of the row holds, and whose it is; and leads to it."""

    @admin.display(description=description, ordering=name)
    def column(_page: Any, row: Any) -> SafeString:
        account = getattr(row, name)
        address = reverse("admin:ledger_account_change", args=[account.pk])
        words = f"{capfirst(account.get_kind_display())} · {owner_of(account)}"
        return format_html('<a class="text-link" href="{}">{}</a>', address, words)

    return column
