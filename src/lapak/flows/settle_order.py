"""A completed order's money goes to whom it belongs."""

import uuid
from datetime import datetime

from django.db import transaction

from lapak.affiliates.commissions import make_commissions_payable
from lapak.affiliates.models import Commission, Creator
from lapak.affiliates.postings import commission_settled
from lapak.affiliates.queries import gross_earned_idr
from lapak.affiliates.rules import commission_idr
from lapak.lib import clock
from lapak.lib.clock import WIB
from lapak.money.ledger.commands import lock_balance_idr, post_transfers
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import AccountKey
from lapak.money.taxes.rules import pph21_idr, pph23_idr
from lapak.trade.orders.commands import lock_order, mark_settled
from lapak.trade.orders.errors import OrderMoved
from lapak.trade.orders.models import Order
from lapak.trade.orders.rules import State
from lapak.trade.orders.settlement import order_settled, split_of_order


@transaction.atomic
def settle_order(order_id: uuid.UUID) -> Order:
    """The order's escrow is split, to the last rupiah, to courier, seller, platform, tax and creator; domain.md §3.

    What returns have paid back is no longer in it: fee, taxes and commissions are reckoned on what remains.
    Refuses (`OrderMoved`) an order that is not completed. Settling a settled order changes nothing.
    """
    order = lock_order(order_id)
    if order.state != State.COMPLETED or order.paid_at is None:
        raise OrderMoved
    if order.settled_at:
        return order
    split = split_of_order(
        order.remaining_goods_idr,
        order.remaining_shipping_idr,
        placed_on=order.placed_at.astimezone(WIB).date(),
        paid_on=order.paid_at.astimezone(WIB).date(),
    )
    post_transfers(order_settled(order.id, order.shop_id, order.courier, split))
    for commission in make_commissions_payable(order.id):
        _settle_commission(order, commission)
    return mark_settled(order)


def _settle_commission(order: Order, commission: Commission) -> None:
    """Locks the creator's account first: income tax is cumulative in the year, so their commissions settle in turn."""
    lock_balance_idr(AccountKey(AccountKind.CREATOR_PAYABLE, str(commission.creator_id)))
    gross_idr = commission_idr(commission.base_idr, commission.rate_bp)
    is_individual = commission.creator.tax_status == Creator.TaxStatus.INDIVIDUAL
    earned_idr = gross_earned_idr(commission.creator_id, _start_of_tax_year(clock.now()))
    post_transfers(
        commission_settled(
            order_id=order.id,
            line_id=commission.line_id,
            shop_id=order.shop_id,
            creator_id=commission.creator_id,
            commission_idr=gross_idr,
            pph21_idr=pph21_idr(gross_idr, earned_idr) if is_individual else 0,
            pph23_idr=0 if is_individual else pph23_idr(gross_idr),
        )
    )


def _start_of_tax_year(moment: datetime) -> datetime:
    return moment.astimezone(WIB).replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
