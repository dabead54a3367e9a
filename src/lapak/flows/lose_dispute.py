"""The buyer keeps what their bank took back: a refund that has arrived, borne by those who had the money."""

import uuid
from collections.abc import Sequence

from django.utils.translation import gettext_noop

from lapak.affiliates.commissions import lock_commissions_of_orders, reverse_commissions
from lapak.affiliates.postings import creator_account
from lapak.flows.credit_creator import lock_years_of
from lapak.flows.give_back import give_back
from lapak.flows.owe_back import platforms_part_idr, put_in_idr
from lapak.flows.refund_return import refund_way_back
from lapak.lib.acts import act
from lapak.money.ledger.commands import lock_accounts, post_transfers
from lapak.money.payments.commands import lock_intent
from lapak.money.payments.disputes import note_lost, note_unexplained
from lapak.money.payments.models import Dispute, DisputeShare, Refund
from lapak.money.payments.postings import (
    chargeback_recovered,
    refunded_by_chargeback,
    shortfall_given_back,
)
from lapak.money.payments.queries import parts_of_dispute
from lapak.money.payments.refunds import (
    add_refund_by_chargeback,
    lock_refunds_owed,
    mark_refund_by_chargeback,
    owe_refund,
)
from lapak.trade.orders.cancelling import mark_cancelled
from lapak.trade.orders.disputes import go_on, mark_lost_to_bank
from lapak.trade.orders.models import Order
from lapak.trade.orders.queries import sold_by_line
from lapak.trade.orders.rules import State
from lapak.trade.orders.settlement import order_refunded, seller_account
from lapak.trade.orders.steps import lock_orders_of_purchase
from lapak.trade.returns.disputes import end_dispute_of_return

LOST = gettext_noop("The bank has given the money back.")


def lose_dispute(dispute: Dispute, orders: Sequence[Order]) -> None:
    """The (ended) dispute's money is the buyer's: of each order's part first what is owed back to them anyway, and was not
    sent; then what the order still has. What nobody still had waits for a person (`bear_rest`), and so does what the gateway may
    have sent, its answer lost, until it says (`set_off`).

    An order whose goods are still in the shop is cancelled, and the rest of it owed back. Of one whose parcel has left the
    goods' money goes first, out of escrow or, once settled, from shop, creators, fee and taxes, each their share, as when
    goods go back (flows/give_back.py); it goes on with what is left. A return with nothing left to pay back is over; what sending
    its goods back cost is the shop's to pay as ever.
    Posts `refunded_by_chargeback` for each refund this makes.
    """
    order_of = {order.id: order for order in orders}
    shares = list(parts_of_dispute(dispute))
    since = {share.order_id: go_on(order_of[share.order_id], share.amount_idr, LOST) for share in shares}
    in_shop = [order_of[share.order_id] for share in shares if order_of[share.order_id].is_in_shop]
    mark_cancelled(None, in_shop, LOST)  # stock is locked before payments
    lock_intent(dispute.intent_id)
    owed = lock_refunds_owed(dispute.intent_id)
    commissions = lock_commissions_of_orders(order_of)
    lock_years_of(commissions)
    lock_accounts({*(seller_account(order.shop_id) for order in orders), *map(creator_account, commissions)})
    left_idr = dispute.amount_idr - sum(share.amount_idr for share in shares)
    for share in shares:
        order = order_of[share.order_id]
        of_order = [refund for refund in owed if refund.order_id == order.id]
        rest_idr = share.amount_idr - _out_of_refunds(dispute, of_order, share.amount_idr)
        if order in in_shop:
            rest_idr -= _out_of_cancelled(dispute, order, rest_idr)
        elif order.state != State.CANCELLED:
            rest_idr -= _out_of_order(dispute, share, order, rest_idr)
        if kept := end_dispute_of_return(order, since[order.id], LOST):
            refund_way_back(kept)
        left_idr += rest_idr
    left_idr -= _out_of_refunds(dispute, [refund for refund in owed if refund.order_id is None], left_idr)
    note_unexplained(dispute, left_idr)


@act
def set_off(dispute_id: uuid.UUID) -> Dispute:
    """What has come to be owed to the buyer since the dispute was lost, as a payment told late, a refund or a payout that
    did not arrive: as far as the bank gave more than was owed then, they have it. What the platform had borne of that
    (`bear_rest`) is its own again.

    Posts `refunded_by_chargeback` for each refund, and `chargeback_recovered`.
    """
    lock_orders_of_purchase(Dispute.objects.select_related("intent").get(id=dispute_id).intent.pays_for)
    dispute = Dispute.objects.select_related("intent").get(id=dispute_id)
    before_idr = dispute.unexplained_idr
    recovered_idr = _out_of_refunds(dispute, lock_refunds_owed(dispute.intent_id), before_idr)
    if dispute.resolved_at:
        recovered = chargeback_recovered(
            dispute.intent_id, dispute.id, dispute.provider, recovered_idr, borne_idr=before_idr
        )
        post_transfers(recovered)
    note_unexplained(dispute, before_idr - recovered_idr)
    return dispute


def _out_of_refunds(dispute: Dispute, owed: Sequence[Refund], most_idr: int) -> int:
    """What is owed to the buyer and was not sent they have now; answers how much of it."""
    taken_idr = 0
    for refund in owed:
        part_idr = min(refund.amount_idr, most_idr - taken_idr)
        if part_idr:
            _has_arrived(dispute, mark_refund_by_chargeback(refund, dispute, part_idr))
            taken_idr += part_idr
    return taken_idr


def _out_of_cancelled(dispute: Dispute, order: Order, most_idr: int) -> int:
    """The order has just been cancelled for it: what the bank did not take is owed back as well. Answers what it took."""
    reverse_commissions(order.id, LOST)
    post_transfers(order_refunded(order.id, order.shop_id, order.buyer_id, order.held.total_idr))
    platforms_idr = platforms_part_idr(order, order.held)
    post_transfers(shortfall_given_back(order.id, order.buyer_id, platforms_idr, str(dispute.id)))
    theirs_idr = order.held.total_idr - platforms_idr
    amount_idr = min(most_idr, theirs_idr)
    if amount_idr:
        _has_arrived(dispute, add_refund_by_chargeback(dispute, order.id, amount_idr, LOST))
    if rest_idr := theirs_idr - amount_idr:
        owe_refund(
            buyer_id=order.buyer_id,
            amount_idr=rest_idr,
            reason=LOST,
            order_id=order.id,
            intent_id=dispute.intent_id,
        )
    return amount_idr


def _out_of_order(dispute: Dispute, share: DisputeShare, order: Order, most_idr: int) -> int:
    """What the buyer still has paid of the order is given up; answers how much. With the last of it, all of the order is:
    what the platform had put in is its own again."""
    theirs_idr = max(0, order.total_idr - put_in_idr(order) - order.refunded_idr)
    amount_idr = min(most_idr, theirs_idr)
    if not amount_idr:
        return 0
    given_up_idr = order.total_idr - order.refunded_idr if amount_idr == theirs_idr else amount_idr
    sold_before = sold_by_line(order)
    lost, lacking = mark_lost_to_bank(order, given_up_idr, LOST)
    note_lost(share, lost.goods_idr, lost.shipping_idr, from_escrow=order.settled_at is None)
    give_back(
        order, refund=lost, lacking=lacking, sold_before=sold_before, fact_id=dispute.id, reason=LOST, is_carried=True
    )
    post_transfers(shortfall_given_back(order.id, order.buyer_id, given_up_idr - amount_idr, str(dispute.id)))
    _has_arrived(dispute, add_refund_by_chargeback(dispute, order.id, amount_idr, LOST))
    return amount_idr


def _has_arrived(dispute: Dispute, refund: Refund) -> None:
    post_transfers([refunded_by_chargeback(refund.id, dispute.provider, refund.buyer_id, refund.amount_idr)])
