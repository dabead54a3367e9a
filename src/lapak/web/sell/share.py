"""What an order brings the shop."""

from dataclasses import dataclass

from lapak.affiliates.queries import commissions_of_order
from lapak.lib import clock
from lapak.trade.orders.models import Order
from lapak.trade.orders.settlement import split_of_order


@dataclass(frozen=True, slots=True)
class Share:
    """The shop's part of an order, all IDR: the goods that stay sold, less what is taken out of them."""

    goods_idr: int
    fee_idr: int
    vat_idr: int
    pph22_idr: int
    commissions: list[tuple[str, int]]
    """Each creator's handle and what they earn, before their own tax."""

    @property
    def seller_idr(self) -> int:
        taken_idr = self.fee_idr + self.vat_idr + self.pph22_idr + sum(idr for _, idr in self.commissions)
        return self.goods_idr - taken_idr


def share_of_order(order: Order) -> Share:
    """The split that settlement will book, or has booked, worked out by the same rules (flows/settle_order.py)."""
    paid_at = order.paid_at or clock.now()
    split = split_of_order(
        order.remaining_goods_idr,
        order.remaining_shipping_idr,
        placed_on=order.placed_at.astimezone(clock.WIB).date(),
        paid_on=paid_at.astimezone(clock.WIB).date(),
    )
    return Share(
        goods_idr=split.goods_idr,
        fee_idr=split.fee_idr,
        vat_idr=split.vat_idr,
        pph22_idr=split.pph22_idr,
        commissions=[
            (commission.creator.handle, commission.amount_idr) for commission in commissions_of_order(order.id)
        ],
    )
