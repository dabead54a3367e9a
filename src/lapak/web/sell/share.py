"""What an order brings the shop."""

from dataclasses import dataclass

from lapak.affiliates.contenders.models import Contender
from lapak.affiliates.contenders.queries import contenders_of_lines
from lapak.affiliates.queries import commissions_of_order
from lapak.flows.settle_order import paid_by_shop, split_of
from lapak.trade.orders.models import Order


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
    commissions = paid_by_shop(commissions_of_order(order.id))
    split = split_of(order, commissions)
    return Share(
        goods_idr=split.goods_idr,
        fee_idr=split.fee_idr,
        vat_idr=split.vat_idr,
        pph22_idr=split.pph22_idr,
        commissions=[
            (commission.creator.handle, idr) for commission, idr in zip(commissions, split.commissions_idr, strict=True)
        ],
    )


def contenders_of_order(order: Order) -> list[tuple[str, list[Contender]]]:
    """Of each line that somebody's link led to, its title and every click that was looked at."""
    lines = list(order.lines.all())
    contenders = contenders_of_lines([line.id for line in lines])
    return [(line.title, contenders[line.id]) for line in lines if contenders[line.id]]
