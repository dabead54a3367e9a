"""What a payment means in the ledger, without a database: docs/concepts/money.md "The worked example"."""

from lapak.lib.ids import new_id
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payments.postings import gateway_charge, late_payment_received, payment_received

INTENT, SHOP, OTHER_SHOP, BUYER = new_id(), new_id(), new_id(), new_id()
CASH = AccountKey(AccountKind.GATEWAY_CASH, "sandbox")


def test_the_buyers_money_is_held_for_each_shop() -> None:
    first, second = payment_received(INTENT, "sandbox", [(SHOP, 115_000), (OTHER_SHOP, 20_000)])
    assert (first.debit, first.credit) == (CASH, AccountKey(AccountKind.ORDER_ESCROW, str(SHOP)))
    assert (second.debit, second.credit) == (CASH, AccountKey(AccountKind.ORDER_ESCROW, str(OTHER_SHOP)))
    assert (first.amount_idr, second.amount_idr) == (115_000, 20_000)
    assert first.reference == second.reference == INTENT
    assert first.id != second.id


def test_a_retry_makes_the_same_transfers() -> None:
    assert payment_received(INTENT, "sandbox", [(SHOP, 1)]) == payment_received(INTENT, "sandbox", [(SHOP, 1)])


def test_the_gateways_charge_is_the_platforms_cost() -> None:
    (charge,) = gateway_charge(INTENT, "sandbox", 805)
    assert (charge.debit, charge.credit) == (AccountKey(AccountKind.GATEWAY_FEE, "platform"), CASH)
    assert (charge.amount_idr, charge.reference) == (805, INTENT)


def test_a_charge_of_nothing_is_no_fact() -> None:
    assert gateway_charge(INTENT, "sandbox", 0) == []


def test_a_late_payment_is_owed_back_to_the_buyer() -> None:
    (late,) = late_payment_received(INTENT, "sandbox", BUYER, 115_000)
    assert (late.debit, late.credit) == (CASH, AccountKey(AccountKind.BUYER_REFUND_PAYABLE, str(BUYER)))
    assert late.amount_idr == 115_000
