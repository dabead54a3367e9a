"""The books, for inspection only: the database itself refuses to change them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.views import ChangeList

from lapak.lib.ids import number_of
from lapak.lib.money import format_idr
from lapak.money.ledger.models import Account, AccountKind, Transfer
from lapak.money.ledger.queries import balance_idr, balances_idr
from lapak.money.ledger.transfers import AccountKey, TransferCode
from lapak.web.staff.inspection import Inspection, in_idr, one_of
from lapak.web.staff.owners import AccountsInWords, as_account, owner_of


class AccountList(AccountsInWords):
    """A page of accounts with their owners and balances, read together."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        balances = balances_idr([_key(account) for account in self.result_list])
        for account in self.result_list:
            account.balance_idr = balances[_key(account)]


@admin.register(Account)
class AccountAdmin(Inspection):
    list_display = ["kind", "whose", "balance", "created_at"]
    list_filter = ["kind"]
    search_fields = ["=owner"]
    ordering = ["kind", "owner"]
    fields = ["id", "kind", "whose", "balance", "created_at"]
    readonly_fields = ["whose", "balance"]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:  # noqa: ARG002 - Django's
        return AccountList

    @admin.display(description=pgettext_lazy("column", "whose"), ordering="owner")
    def whose(self, account: Account) -> str:
        return owner_of(account)

    @admin.display(description=_("balance"))
    def balance(self, account: Account) -> str:
        known: int | None = getattr(account, "balance_idr", None)
        return format_idr(balance_idr(_key(account)) if known is None else known)


@admin.register(Transfer)
class TransferAdmin(Inspection):
    list_display = ["posted_at", "fact", "amount", "debit", "credit", "about"]
    list_filter = [one_of("code", _("code"), lambda: TransferCode.choices)]
    list_select_related = ["debit_account", "credit_account"]
    search_fields = ["=id", "=reference", "=debit_account__owner", "=credit_account__owner"]
    ordering = ["-posted_at", "-id"]
    fields = ["id", "fact", "amount", "debit", "credit", "about", "posted_at"]
    readonly_fields = ["fact", "amount", "debit", "credit", "about"]
    amount = in_idr("amount_idr", _("amount"))
    debit = as_account("debit_account", _("Debit"))
    credit = as_account("credit_account", _("Credit"))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:  # noqa: ARG002 - Django's
        return AccountsInWords

    @admin.display(description=_("Fact"), ordering="code")
    def fact(self, transfer: Transfer) -> str:
        return str(capfirst(TransferCode(transfer.code).label))

    @admin.display(description=pgettext_lazy("column", "about"), ordering="reference")
    def about(self, transfer: Transfer) -> SafeString:
        """The number of what it belongs to, and the way to all its transfers."""
        address = reverse("admin:books_fact", args=[transfer.reference])
        return format_html('<a class="text-link number" href="{}">{}</a>', address, number_of(transfer.reference))


def _key(account: Account) -> AccountKey:
    return AccountKey(AccountKind(account.kind), account.owner)
