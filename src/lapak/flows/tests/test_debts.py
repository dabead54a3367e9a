"""What a shop or a creator owes is repaid by whatever they earn next, each time anew."""

from collections.abc import Callable

import pytest

from lapak.affiliates.models import Commission
from lapak.flows.credit_creator import credit_creator
from lapak.flows.debts import cover
from lapak.flows.pay_out import confirm_payout, send_due_payouts
from lapak.flows.review_commission import freeze_commission, release_commission
from lapak.money.ledger.commands import post_transfers
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payouts.models import Payout
from lapak.money.payouts.postings import payout_sent
from lapak.testing.cast import Cast
from lapak.testing.findings import deny_for_good
from lapak.trade.orders.models import Order
from lapak.trade.orders.settlement import seller_account

pytestmark = pytest.mark.django_db


def creator_holds_and_owes(cast: Cast) -> tuple[int, int]:
    creator = str(cast.creator.id)
    return (
        balance_idr(AccountKey(AccountKind.CREATOR_PAYABLE, creator)),
        balance_idr(AccountKey(AccountKind.CREATOR_RECEIVABLE, creator)),
    )


def pay_everybody_out() -> None:
    send_due_payouts(None, "sandbox")
    for payout in Payout.objects.filter(status="sent"):
        confirm_payout(None, payout.id)


@pytest.fixture
def indebted(cast: Cast, settled: Callable[..., Order]) -> None:
    """The creator was paid for a sale, and the commission then denied."""
    commission = Commission.objects.get(order_id=settled().id)
    credit_creator(cast.creator.id)
    pay_everybody_out()
    freeze_commission(cast.operator, commission.pk, "a look")
    deny_for_good(cast.operator, commission.pk, "fraud")


@pytest.mark.usefixtures("indebted")
def test_one_sale_repays_again_what_is_owed_again(cast: Cast, settled: Callable[..., Order]) -> None:
    assert creator_holds_and_owes(cast) == (0, 9_750)
    commission = Commission.objects.get(order_id=settled().id)
    credit_creator(cast.creator.id)
    assert creator_holds_and_owes(cast) == (0, 0)
    for _ in range(2):
        freeze_commission(cast.operator, commission.pk, "a look")
        assert creator_holds_and_owes(cast) == (0, 9_750)
        release_commission(cast.operator, commission.pk)
        credit_creator(cast.creator.id)
        assert creator_holds_and_owes(cast) == (0, 0)


@pytest.mark.unsound_books  # a debt without the refund it comes from
def test_a_denied_commission_first_repays_what_the_shop_owes(cast: Cast, settled: Callable[..., Order]) -> None:
    order, shop = settled(), seller_account(cast.shop.id)
    post_transfers([payout_sent(order.id, shop, "sandbox", balance_idr(shop))])
    cover(shop, 4_000, order.id, "a refund")
    post_transfers([payout_sent(cast.shop.id, shop, "sandbox", 4_000)])
    commission = Commission.objects.get()
    freeze_commission(cast.operator, commission.pk, "a look")
    deny_for_good(cast.operator, commission.pk, "fraud")
    owed = AccountKey(AccountKind.SELLER_RECEIVABLE, str(cast.shop.id))
    assert (balance_idr(shop), balance_idr(owed)) == (10_000 - 4_000, 0)
