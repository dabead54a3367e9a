"""Putting right what was booked wrongly."""

import pytest

from lapak.books.findings import look_through_books
from lapak.flows.correct_fact import correct_fact
from lapak.flows.pay_out import send_due_payouts
from lapak.flows.ship_order import confirm_receipt
from lapak.lib.ids import new_id
from lapak.money.ledger.commands import post_transfers
from lapak.money.ledger.errors import (
    CorrectionBelowZero,
    CorrectionReasonMissing,
    TransferCorrected,
    TransferNotFound,
)
from lapak.money.ledger.models import AccountKind, Reversal, Transfer
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import PLATFORM, AccountKey, NewTransfer, TransferCode
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import delivered_order
from lapak.testing.refused import refused
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db

FEES = AccountKey(AccountKind.PLATFORM_FEE, PLATFORM)


@pytest.fixture
def order(cast: Cast) -> Order:
    """Settled, without a commission."""
    return confirm_receipt(cast.buyer, delivered_order(cast, (stocked_variant(cast.shop), 1)).id)


@pytest.fixture
def twice(cast: Cast, order: Order) -> Transfer:
    """The fee of the order, booked a second time by some fault."""
    seller = AccountKey(AccountKind.SELLER_PAYABLE, str(cast.shop.id))
    post_transfers([NewTransfer(TransferCode.FEE, order.id, seller, FEES, 2_000, part="again")])
    return Transfer.objects.get(id=NewTransfer(TransferCode.FEE, order.id, seller, FEES, 2_000, part="again").id)


def test_what_was_booked_twice_is_undone_and_the_books_are_sound(cast: Cast, twice: Transfer) -> None:
    assert look_through_books().differences == 1
    (undoing,) = correct_fact(cast.operator, [twice.id], " Booked twice. ")
    assert (undoing.amount_idr, undoing.code, undoing.reference) == (2_000, "correction", twice.reference)
    assert balance_idr(FEES) == 2_000
    assert look_through_books().differences == 0
    kept = Reversal.objects.get()
    assert (kept.undoes, kept.transfer, kept.reason, kept.by_id) == (twice, undoing, "Booked twice.", cast.operator.id)


def test_once(cast: Cast, twice: Transfer) -> None:
    (undoing,) = correct_fact(cast.operator, [twice.id], "Booked twice.")
    for transfer in (twice, undoing):
        with refused(TransferCorrected):
            correct_fact(cast.operator, [transfer.id], "Once more.")


def test_never_below_zero(cast: Cast, order: Order) -> None:
    """What the shop was paid out cannot be taken from its balance any more."""
    send_due_payouts(None, "sandbox")
    settled = Transfer.objects.get(reference=order.id, code="goods_settled")
    with refused(CorrectionBelowZero):
        correct_fact(cast.operator, [settled.id], "Not theirs.")


@pytest.mark.unsound_books  # the second fee stays
class TestRefusals:
    def test_by_anyone_but_the_operator(self, cast: Cast, twice: Transfer) -> None:
        with refused(TransferNotFound):
            correct_fact(cast.seller, [twice.id], "Booked twice.")

    def test_without_a_reason(self, cast: Cast, twice: Transfer) -> None:
        with refused(CorrectionReasonMissing):
            correct_fact(cast.operator, [twice.id], "  ")

    def test_of_nothing(self, cast: Cast, twice: Transfer) -> None:
        with refused(TransferNotFound):
            correct_fact(cast.operator, [], "Booked twice.")
        with refused(TransferNotFound):
            correct_fact(cast.operator, [twice.id, new_id()], "Booked twice.")
