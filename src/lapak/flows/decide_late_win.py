"""A bank gave back what it had taken for good when nothing could be undone any more: the operator says whose it is."""

import uuid
from collections.abc import Sequence

from django.utils.translation import gettext_noop

from lapak.flows.debts import repay
from lapak.lib.acts import act
from lapak.money.ledger.commands import post_transfers
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import PLATFORM, AccountKey
from lapak.money.payments.disputes import mark_late_win_resolved
from lapak.money.payments.models import Dispute, LateWin
from lapak.money.payments.postings import won_late_given
from lapak.money.payments.queries import dispute_for_operator, parts_of_dispute
from lapak.money.payments.refunds import owe_refund
from lapak.people.users.models import User
from lapak.trade.orders.settlement import seller_account
from lapak.trade.orders.steps import lock_orders_of_purchase

WON_LATE = gettext_noop("Your bank has taken back what it had given you.")

Shares = Sequence[tuple[AccountKey, int]]


@act
def decide_late_win(by: User, dispute_id: uuid.UUID, resolution: str, words: str) -> Dispute:
    """What came is the buyer's, whose bank has it no longer; each shop's as far as its order had lost it, the rest the
    platform's; or all of it the platform's (`LateWin.Resolution`). The orders stay as they are.

    Refuses anyone but the operator (`DisputeNotFound`), no reason (`DisputeWordsRefused`), and where nothing came or it is
    decided (`DisputeMoved`). Posts `won_late_given`, and `debt_repaid`.
    """
    lock_orders_of_purchase(dispute_for_operator(by, dispute_id).intent.pays_for)
    dispute = dispute_for_operator(by, dispute_id)
    won = mark_late_win_resolved(by, dispute, resolution, words)
    if won.resolution == LateWin.Resolution.BUYER:
        buyer = AccountKey(AccountKind.BUYER_REFUND_PAYABLE, str(dispute.intent.buyer_id))
        _give(dispute, [(buyer, dispute.amount_idr)])
        owe_refund(
            buyer_id=dispute.intent.buyer_id,
            amount_idr=dispute.amount_idr,
            reason=WON_LATE,
            intent_id=dispute.intent_id,
        )
    else:
        shares = _of_shops(dispute) if won.resolution == LateWin.Resolution.SHOP else []
        rest_idr = dispute.amount_idr - sum(idr for _account, idr in shares)
        _give(dispute, [*shares, (AccountKey(AccountKind.CHARGEBACK_LOSS, PLATFORM), rest_idr)])
        repay({account: dispute.intent_id for account, _idr in shares})
    return dispute


def _of_shops(dispute: Dispute) -> Shares:
    """What each shop's order had lost by it."""
    parts = parts_of_dispute(dispute)
    return [(seller_account(part.shop_id), part.lost_goods_idr + part.lost_shipping_idr) for part in parts]


def _give(dispute: Dispute, shares: Shares) -> None:
    post_transfers(won_late_given(dispute.intent_id, dispute.id, dispute.provider, shares))
