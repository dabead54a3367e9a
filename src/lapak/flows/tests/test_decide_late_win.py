"""What a bank gave back when nothing could be undone any more is whose a person says it is."""

import pytest

from lapak.flows.decide_late_win import decide_late_win
from lapak.flows.ship_order import confirm_receipt
from lapak.flows.tests.disputed import again, balance, tell
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import PLATFORM
from lapak.money.payments.errors import DisputeMoved, DisputeNotFound, DisputeWordsRefused
from lapak.money.payments.models import Dispute, Refund
from lapak.money.payments.queries import disputes_for_a_person, late_wins
from lapak.testing.cast import Cast
from lapak.testing.refused import refused
from lapak.trade.orders.models import Order

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("everyone_has_what_is_theirs")]

WORDS = "The parcel arrived, and the buyer kept it."


@pytest.fixture
def won(cast: Cast, delivered: Order) -> Dispute:
    """60,000 were lost, the order settled on what was left, and then the bank gave them back."""
    tell(delivered, "lost", 60_000)
    confirm_receipt(cast.buyer, delivered.id)
    tell(delivered, "won", 60_000)
    return Dispute.objects.get()


def test_it_waits_on_the_desk(won: Dispute) -> None:
    assert list(late_wins()) == [won]
    assert won in disputes_for_a_person()
    assert won.status == "lost"


def test_the_shop_has_what_its_order_had_lost(cast: Cast, delivered: Order, won: Dispute) -> None:
    before = balance(AccountKind.SELLER_PAYABLE, cast.shop.id)
    decide_late_win(cast.operator, won.id, "shop", WORDS)
    assert balance(AccountKind.SELLER_PAYABLE, cast.shop.id) == before + 60_000
    assert balance(AccountKind.UNEXPLAINED_RECEIPT) == 0
    assert again(delivered).refunded_idr == 60_000
    assert won not in disputes_for_a_person()
    decided = Dispute.objects.get().late_win
    assert (decided.resolution, decided.words, decided.resolved_by) == ("shop", WORDS, cast.operator)


def test_the_buyer_is_owed_it(cast: Cast, won: Dispute) -> None:
    decide_late_win(cast.operator, won.id, "buyer", "The goods went back.")
    owed = Refund.objects.get(status="owed")
    assert (owed.amount_idr, owed.buyer_id, owed.intent_id) == (60_000, cast.buyer.id, won.intent_id)


def test_or_it_is_the_platforms(cast: Cast, won: Dispute) -> None:
    before = balance(AccountKind.CHARGEBACK_LOSS, PLATFORM)
    decide_late_win(cast.operator, won.id, "platform", "Everyone has had theirs.")
    assert balance(AccountKind.CHARGEBACK_LOSS, PLATFORM) == before - 60_000


def test_by_the_operator_once_with_words(cast: Cast, won: Dispute) -> None:
    for who in (cast.seller, cast.buyer, cast.stranger):
        with refused(DisputeNotFound):
            decide_late_win(who, won.id, "shop", WORDS)
    for words in (" ", "x" * 201):
        with refused(DisputeWordsRefused):
            decide_late_win(cast.operator, won.id, "shop", words)
    decide_late_win(cast.operator, won.id, "platform", WORDS)
    with refused(DisputeMoved):
        decide_late_win(cast.operator, won.id, "shop", WORDS)


def test_not_where_nothing_came(cast: Cast, delivered: Order) -> None:
    tell(delivered, "lost", 60_000)
    with refused(DisputeMoved):
        decide_late_win(cast.operator, Dispute.objects.get().id, "shop", WORDS)
