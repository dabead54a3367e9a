"""What is older than the law has it kept: found here, class by class, and put away by flows/put_away.py.

Money itself stays: transfers, amounts, payments and payouts are what the check of the books reckons with, and say nothing of
anybody but a number. What goes is what names people: addresses, words, pictures, bank accounts, tax numbers, contracts.
Nothing goes of what is not over, however old: `lapak check-books` stays clean.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from lapak.affiliates.integrity.models import AppealPicture
from lapak.affiliates.models import Creator
from lapak.affiliates.withholding.models import Slip
from lapak.compliance.retention import BY_LAW, Keep
from lapak.compliance.words import WORDS
from lapak.lib import clock
from lapak.lib.ids import first_id_at
from lapak.moderation.models import Case
from lapak.money.gateways.models import GatewayMessage
from lapak.money.payments.models import Refund
from lapak.money.payouts.models import Payout
from lapak.people.privacy.rules import PUT_AWAY
from lapak.people.shops.models import Shop
from lapak.people.users.models import BankAccount
from lapak.trade.complaints.models import Complaint
from lapak.trade.orders.models import Order, OrderContract, OrderEvent, Purchase
from lapak.trade.orders.queries import UNFINISHED
from lapak.trade.returns.models import Return


@dataclass(frozen=True, slots=True)
class Outlived:
    """One class of what is put away. `rows` are those that something still stands in and that ended before a moment."""

    keep: Keep
    rows: Callable[[datetime], "QuerySet[Any, Any]"]

    def due(self, now: datetime) -> "QuerySet[Any, Any]":
        """What is to be put away, the oldest first: ids tell when a row was made, and are the index by which it is found."""
        return self.rows(now - BY_LAW[self.keep].on(clock.today())).order_by("pk")


def _purchases(before: datetime) -> QuerySet[Purchase]:
    """Where they went; the province stays, for the figures."""
    orders = Order.objects.filter(purchase=OuterRef("pk"))
    made = Purchase.objects.filter(id__lt=first_id_at(before)).exclude(address__recipient="")
    return made.filter(~Exists(orders.filter(UNFINISHED)), ~Exists(orders.filter(_moved_since(before)))).exclude(
        Exists(orders.filter(_complained_of()))
    )


def _contracts(before: datetime) -> QuerySet[OrderContract]:
    """What was agreed, and why the order took each step."""
    made = OrderContract.objects.filter(order_id__lt=first_id_at(before)).exclude(body={})
    orders = Order.objects.filter(id=OuterRef("order_id"))
    return made.exclude(Exists(orders.filter(UNFINISHED | _moved_since(before) | _complained_of())))


def _returns(before: datetime) -> QuerySet[Return]:
    """Words, pictures, receipts and tracking numbers."""
    ended = Return.objects.filter(id__lt=first_id_at(before), ended_at__lt=before).exclude(words=PUT_AWAY)
    return ended.exclude(Exists(Order.objects.filter(UNFINISHED, id=OuterRef("order_id"))))


def _complaints(before: datetime) -> QuerySet[Complaint]:
    """What was said at each step, and how to reach who said it."""
    return Complaint.objects.filter(id__lt=first_id_at(before), ended_at__lt=before).exclude(words=PUT_AWAY)


def _cases(before: datetime) -> QuerySet[Case]:
    """What was reported, said and shown in a case that is over."""
    decided = Case.objects.filter(id__lt=first_id_at(before), decided_at__lt=before, act_by=None)
    return decided.exclude(words=PUT_AWAY)


def _slips(before: datetime) -> QuerySet[Slip]:
    """For whom taxes were withheld."""
    return Slip.objects.filter(id__lt=first_id_at(before)).exclude(name="", tax_number="")


def _bank_accounts(before: datetime) -> QuerySet[BankAccount]:
    """Into which nothing was paid since, and nothing is to be."""
    made = BankAccount.objects.filter(id__lt=first_id_at(before)).exclude(number="", holder="")
    payouts = Payout.objects.filter(bank_account=OuterRef("pk"))
    still = payouts.filter(Q(created_at__gte=before) | Q(status=Payout.Status.SENT))
    paid = made.filter(Exists(payouts)).exclude(Exists(still))
    for owner in (Shop, Creator):
        paid = paid.exclude(Exists(owner._default_manager.filter(bank_account=OuterRef("pk"))))  # noqa: SLF001 - Django's API
    waiting = Refund.objects.filter(buyer_id=OuterRef("user_id")).exclude(status=Refund.Status.ARRIVED)
    return paid.exclude(Exists(waiting))


def _messages(before: datetime) -> QuerySet[GatewayMessage]:
    """What partners told, word for word, and was processed."""
    told = GatewayMessage.objects.filter(id__lt=first_id_at(before), last_received_at__lt=before)
    return told.exclude(processed_at=None).exclude(body={})


def _appeal_pictures(before: datetime) -> QuerySet[AppealPicture]:
    """What creators showed with an objection that is decided."""
    return AppealPicture.objects.filter(added_at__lt=before, finding__act_by=None)


def _moved_since(before: datetime) -> Exists:
    return Exists(OrderEvent.objects.filter(order=OuterRef("pk"), happened_at__gte=before))


def _complained_of() -> Exists:
    return Exists(Complaint.objects.filter(order=OuterRef("pk"), ended_at=None))


OUTLIVED: Mapping[str, Outlived] = {
    "addresses": Outlived(Keep.TRADE, _purchases),
    "returns": Outlived(Keep.TRADE, _returns),
    "complaints": Outlived(Keep.TRADE, _complaints),
    "cases": Outlived(Keep.TRADE, _cases),
    "contracts": Outlived(Keep.FINANCE, _contracts),
    "bank_accounts": Outlived(Keep.FINANCE, _bank_accounts),
    "slips": Outlived(Keep.FINANCE, _slips),
    "messages": Outlived(Keep.FINANCE, _messages),
    "appeal_pictures": Outlived(Keep.TRADE, _appeal_pictures),
    **{name: Outlived(each.keep, each.rows) for name, each in WORDS.items()},
}
"""By a name that the report of the law shows."""
