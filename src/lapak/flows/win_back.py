"""The buyer's bank thinks better of what it took for good: exactly what was taken is put back."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.translation import gettext_noop

from lapak.affiliates.commissions import (
    grow_commission,
    lock_commissions_of,
    lock_commissions_with_bases,
    mark_commission_uncredited,
)
from lapak.affiliates.models import Commission
from lapak.affiliates.postings import creator_account, returned_code
from lapak.affiliates.rules import State
from lapak.flows.credit_creator import lock_years_of, take_back_credit
from lapak.flows.debts import repay
from lapak.flows.lose_dispute import LOST
from lapak.flows.withheld_back import give_rest_back
from lapak.lib.acts import act
from lapak.lib.ids import derived_id
from lapak.money.ledger.commands import lock_accounts, post_transfers, reverse_transfers
from lapak.money.ledger.errors import CorrectionBelowZero
from lapak.money.ledger.models import AccountKind, Transfer
from lapak.money.ledger.transfers import TransferCode
from lapak.money.payments.commands import lock_intent
from lapak.money.payments.disputes import mark_won_back, note_lost, note_unexplained
from lapak.money.payments.errors import CannotBeUndone
from lapak.money.payments.models import Dispute, DisputeShare
from lapak.money.payments.postings import chargeback_recovered, chargeback_returned, refunded_by_chargeback
from lapak.money.payments.queries import parts_of_dispute, was_touched_since
from lapak.money.payments.refunds import lock_refunds_by_chargeback, mark_refund_taken_back
from lapak.trade.orders.disputes import has_gone_on_as_left, take_up_again
from lapak.trade.orders.models import Order
from lapak.trade.orders.queries import sold_by_line
from lapak.trade.orders.rules import RefundSplit
from lapak.trade.orders.settlement import seller_account
from lapak.trade.returns.queries import are_goods_kept

WON_AFTER_ALL = gettext_noop("The bank has given back what it had taken for good: everything is as before.")

_BACK_TO_BUYER = (TransferCode.GOODS_REFUNDED, TransferCode.SHIPPING_REFUNDED)
_ALSO_BY_LOSING = (
    TransferCode.FEE_GIVEN_BACK,
    TransferCode.FEE_VAT_GIVEN_BACK,
    TransferCode.GOODS_PPH22_GIVEN_BACK,
    TransferCode.CARRIAGE_BORNE,
    TransferCode.SHORTFALL_GIVEN_BACK,
)
"""What losing posts of an order that goes on (flows/give_back.py). What was lent is not undone but repaid."""


@act
def win_back(dispute: Dispute, orders: Sequence[Order]) -> None:
    """The lost dispute of these (locked) orders is won after all: the money is at the gateway, and with whoever gave it up.

    What was owed to the buyer anyway, and their bank had given them, is owed to them again; so is what their cancelled
    order had brought. An order that had gone on, or ended by it, has its money again, and so have shop, creators, fee and
    taxes; its clocks go on where they stood. What the platform bore is its own.
    Refuses (`CannotBeUndone`) where an order has settled, gone back, ended or lost more since, or the shop has its goods: a
    person decides then.
    Posts `correction` of what losing had posted, `chargeback_recovered` and `chargeback_returned`.
    """
    order_of, lost_at = {order.id: order for order in orders}, dispute.ended_at
    shares = [share for share in parts_of_dispute(dispute) if share.lost_goods_idr + share.lost_shipping_idr]
    if lost_at is None or not all(_is_as_left(order_of[share.order_id], dispute, lost_at) for share in shares):
        raise CannotBeUndone
    lock_intent(dispute.intent_id)
    refunds = lock_refunds_by_chargeback(dispute)
    commissions = [
        each for each in lock_commissions_of(order_of) if each.state != State.REVERSED or each.reason == LOST
    ]
    lock_years_of(commissions)
    lock_accounts({*(seller_account(order.shop_id) for order in orders), *map(creator_account, commissions)})
    posted = {share.order_id: _posted_by_losing(dispute, share, commissions) for share in shares}
    given = [refunded_by_chargeback(each.id, dispute.provider, each.buyer_id, each.amount_idr).id for each in refunds]
    _undo([*given, *(transfer.id for transfers in posted.values() for transfer in transfers)])
    for refund in refunds:
        mark_refund_taken_back(refund, WON_AFTER_ALL, is_owed=refund.order_id not in posted or refund.reason != LOST)
    for share in shares:
        _put_back(order_of[share.order_id], share, posted[share.order_id], commissions, lost_at)
    if dispute.resolved_at:
        borne_idr = dispute.unexplained_idr
        post_transfers(
            chargeback_recovered(dispute.intent_id, dispute.id, dispute.provider, borne_idr, borne_idr=borne_idr)
        )
    note_unexplained(dispute, 0)
    mark_won_back(dispute)
    post_transfers([chargeback_returned(dispute.intent_id, dispute.id, dispute.provider, dispute.amount_idr)])
    give_rest_back([order_of[share.order_id] for share in shares], str(dispute.id))
    repay({seller_account(order_of[share.order_id].shop_id): share.order_id for share in shares})


def _is_as_left(order: Order, dispute: Dispute, lost_at: datetime) -> bool:
    has_moved_on = was_touched_since(order.id, dispute, lost_at) or are_goods_kept(order)
    return has_gone_on_as_left(order, lost_at, LOST) and not has_moved_on


def _posted_by_losing(dispute: Dispute, share: DisputeShare, commissions: Collection[Commission]) -> Sequence[Transfer]:
    """What the dispute took of the order, by the ids under which it is booked."""
    order_id, fact = share.order_id, str(dispute.id)
    ids = [derived_id(code, order_id, fact) for code in (*_BACK_TO_BUYER, *_ALSO_BY_LOSING)]
    ids += [derived_id(code, order_id, f"{fact}:shop") for code in _BACK_TO_BUYER]
    ids += [
        derived_id(returned_code(commission), order_id, f"{commission.id}:{fact}")
        for commission in commissions
        if commission.order_id == order_id
    ]
    return list(Transfer.objects.filter(id__in=ids).select_related("debit_account"))


def _undo(transfer_ids: Collection[uuid.UUID]) -> None:
    """Together, so that no account is below zero on the way; one that would be in the end, as a courier's that was paid
    meanwhile, is a person's."""
    if not transfer_ids:
        return
    try:
        reverse_transfers(transfer_ids, None, WON_AFTER_ALL)
    except CorrectionBelowZero as refusal:
        raise CannotBeUndone from refusal


def _put_back(
    order: Order,
    share: DisputeShare,
    posted: Sequence[Transfer],
    commissions: Collection[Commission],
    lost_at: datetime,
) -> None:
    """The order's rows say again what its books now do."""
    to_buyer = [transfer for transfer in posted if transfer.code in _BACK_TO_BUYER]
    held_idr = sum(each.amount_idr for each in to_buyer if each.debit_account.kind == AccountKind.ORDER_ESCROW)
    borne_idr = 0 if order.settled_at else sum(each.amount_idr for each in to_buyer) - held_idr
    sold_before = sold_by_line(order)
    lost = RefundSplit(share.lost_goods_idr, share.lost_shipping_idr)
    take_up_again(order, lost, held_idr=held_idr, borne_idr=borne_idr, lost_at=lost_at, words=WON_AFTER_ALL)
    note_lost(share, 0, 0, from_escrow=False)
    returned_idr = {each.id: each.amount_idr for each in posted}
    grown = {line_id: idr for line_id, idr in sold_by_line(order).items() if idr != sold_before[line_id]}
    took_part = {commission.id for commission in commissions}
    for commission, base_idr in lock_commissions_with_bases(order.id, grown):
        if commission.id not in took_part:
            continue
        if commission.credited_at:
            take_back_credit(commission, commission.credited_at)
            mark_commission_uncredited(commission)
        booked = derived_id(returned_code(commission), order.id, f"{commission.id}:{share.dispute_id}")
        grow_commission(commission, base_idr, returned_idr.get(booked, 0))
