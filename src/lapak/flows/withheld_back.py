"""PPh 22 was withheld on days on which it was not in force after all: every rupiah of it is given back, order by order."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Q, QuerySet, Sum

from lapak.flows.debts import repay
from lapak.flows.withhold import keep_withheld
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.days import begin_of
from lapak.money.ledger.commands import post_transfers
from lapak.money.ledger.queries import standing_idr
from lapak.money.ledger.transfers import TransferCode
from lapak.money.taxes.commands import fit_words
from lapak.money.taxes.errors import NothingWithheld, TaxDeskNotFound, WindowDaysRefused
from lapak.money.taxes.models import Pph22Refund, Withholding
from lapak.money.taxes.pph22_rules import fit_window
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk
from lapak.trade.orders.errors import OrderMoved
from lapak.trade.orders.models import Order
from lapak.trade.orders.settlement import seller_account, withheld_given_back
from lapak.trade.orders.steps import lock_order


@act
def refund_pph22(by: User, *, first_day: date, last_day: date, words: str) -> Pph22Refund:
    """What was withheld from orders that were paid on these days is the shops' again, within minutes (`give_withheld_back`); of
    those that have not settled nothing is taken. `words`: on what it rests.

    Refuses anyone but the operator (`TaxDeskNotFound`), days that are not over (`WindowDaysRefused`), days on which nothing was
    withheld that is not given back already (`NothingWithheld`), and too few words or too many (`TaxWordsRefused`).
    """
    require_desk(by, Desk.MONEY, TaxDeskNotFound)
    if not fit_window(first_day, last_day, clock.today()):
        raise WindowDaysRefused
    words = fit_words(words)
    if not withheld_on(first_day, last_day).exists():
        raise NothingWithheld
    return Pph22Refund.objects.create(
        first_day=first_day, last_day=last_day, words=words, decided_at=clock.now(), decided_by=by
    )


@act
def give_withheld_back(order_id: uuid.UUID) -> Order:
    """The order's shop has back what was withheld of it, once; of one that has not settled nothing is taken then.

    `OrderMoved` where no refund is for the day it was paid, or it is given back. Posts `withheld_given_back`
    (trade/orders/settlement.py) and `debt_repaid`.
    """
    order = lock_order(order_id)
    refund = _refund_for(order)
    if refund is None or not order.withheld_bp:
        raise OrderMoved
    order.pph22_refund = refund
    order.save(update_fields=["pph22_refund"])
    give_rest_back([order], str(refund.id))
    repay({seller_account(order.shop_id): order.id})
    return order


def give_rest_back(orders: Sequence[Order], fact: str) -> None:
    """Of the (locked) orders whose PPh 22 is given back, nothing stands in the books any more: nor after the buyer's bank has
    given back what it had taken. `fact` tells apart several of one order."""
    for order in orders:
        if order.pph22_refund_id:
            booked = standing_idr(order.id)
            rest_idr = booked[TransferCode.GOODS_PPH22] - booked[TransferCode.GOODS_PPH22_GIVEN_BACK]
            post_transfers(withheld_given_back(order.id, order.shop_id, f"{order.pph22_refund_id}:{fact}", rest_idr))
    keep_withheld([order.id for order in orders if order.pph22_bp])


def withheld_on(first_day: date, last_day: date) -> QuerySet[Order]:
    """Orders paid on these days, in Jakarta, of which PPh 22 is withheld, or will be when they settle."""
    begin, end = begin_of(first_day, clock.WIB), begin_of(last_day + timedelta(days=1), clock.WIB)
    return Order.objects.filter(pph22_bp__gt=0, pph22_refund=None, paid_at__gte=begin, paid_at__lt=end)


def withheld_idr(orders: QuerySet[Order]) -> int:
    """What stands of PPh 22 that was withheld from these orders."""
    idr: int = Withholding.objects.filter(order_id__in=orders.values("id")).aggregate(idr=Sum("tax_idr", default=0))[
        "idr"
    ]
    return idr


def orders_to_give_back() -> QuerySet[Order]:
    """Those for whose day a refund was decided: also one whose payment is told later."""
    due = Q(pk__in=[])
    for first_day, last_day in Pph22Refund.objects.values_list("first_day", "last_day"):
        begin, end = begin_of(first_day, clock.WIB), begin_of(last_day + timedelta(days=1), clock.WIB)
        due |= Q(paid_at__gte=begin, paid_at__lt=end)
    return Order.objects.filter(due, pph22_bp__gt=0, pph22_refund=None).order_by("paid_at", "id")


def _refund_for(order: Order) -> Pph22Refund | None:
    if order.paid_at is None:
        return None
    day = order.paid_at.astimezone(clock.WIB).date()
    return Pph22Refund.objects.filter(first_day__lte=day, last_day__gte=day).order_by("decided_at", "id").first()
