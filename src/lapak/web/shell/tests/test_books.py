"""What an account is called on a statement: nobody reads a code."""

import pytest
from django.utils.translation import override

from lapak.money.ledger.models import Account
from lapak.web.shell.books import account_name


@pytest.mark.parametrize(
    ("kind", "owner", "name"),
    [
        ("gateway_cash", "sandbox", "money at the gateway (Sandbox)"),
        ("courier_payable", "jne", "owed to the courier (JNE)"),
        ("courier_payable", "jnt", "owed to the courier (J&T)"),
        ("platform_fee", "platform", None),
    ],
)
def test_a_partner_and_a_courier_have_their_names(kind: str, owner: str, name: str | None) -> None:
    account = Account(kind=kind, owner=owner)
    with override("en"):
        assert account_name(account) == (name or account.get_kind_display())
