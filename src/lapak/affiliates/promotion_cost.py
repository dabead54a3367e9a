"""What promotion cost a shop, month by month, as its books have it: commissions set apart, and what of them came back.

It is told by the ledger: every transfer between what is owed to the shop and its clearing account is a line, whatever it is
called, so that the lines sum to the books. What the platform pays never touches the shop, and is no line.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db.models import Q, QuerySet, Sum

from lapak.affiliates.explained import why_each_paid
from lapak.affiliates.models import Commission
from lapak.affiliates.postings import returned_code
from lapak.affiliates.rules import State
from lapak.lib.ids import derived_id, number_of
from lapak.lib.months import bounds_of
from lapak.money.ledger.models import AccountKind, Reversal, Transfer
from lapak.money.ledger.transfers import TransferCode, account_of
from lapak.money.payments.models import DisputeShare
from lapak.people.shops.models import Shop
from lapak.trade.returns.models import Return

_AT_ONCE = 500
"""Lines of a file that are read together."""


@dataclass(frozen=True, slots=True)
class PromotionCost:
    """Of a month, IDR: commissions set apart, and what came back in it, also of months before."""

    set_apart_idr: int
    came_back_idr: int

    @property
    def total_idr(self) -> int:
        return self.set_apart_idr - self.came_back_idr


@dataclass(frozen=True, slots=True)
class CostLine:
    """A transfer of the shop's promotion. `amount_idr` is above zero where it cost; `later_idr`: how much of it came back since;
    `why`: why at this rate, in a sentence. What is booked by hand may be about no commission."""

    transfer: Transfer
    commission: Commission | None
    amount_idr: int
    later_idr: int
    why: str

    @property
    def number(self) -> str:
        """The order's."""
        return number_of(self.transfer.reference)

    @property
    def reason(self) -> str:
        """Why something came back, where it did."""
        has_come_back = self.amount_idr < 0 or self.later_idr
        return self.commission.reason if self.commission and has_come_back else ""


def cost_of_month(shop: Shop, month: date) -> PromotionCost:
    """The month's sums."""
    apart, back = _sides(shop, *bounds_of(month))
    return PromotionCost(*(int(side.aggregate(idr=Sum("amount_idr", default=0))["idr"]) for side in (apart, back)))


def newest_lines(shop: Shop, month: date, older_than: str, limit: int) -> tuple[list[CostLine], str]:
    """Of the month, the newest first: so many, and the mark to ask for older ones with ("" at the end). A mark that makes no
    sense starts at the newest."""
    begin, end = bounds_of(month)
    moment, last = _mark(older_than) or (end, uuid.UUID(int=0))
    before = Q(posted_at__lt=moment) | Q(posted_at=moment, id__lt=last)
    sides = [side.filter(before).order_by("-posted_at", "-id")[: limit + 1] for side in _sides(shop, begin, end)]
    found = sorted((each for side in sides for each in side), key=lambda each: (each.posted_at, each.id), reverse=True)
    shown = found[:limit]
    mark = f"{shown[-1].posted_at.isoformat()}_{shown[-1].id}" if len(found) > limit else ""
    return _lines(shop, shown), mark


def lines_of_month(shop: Shop, month: date) -> Iterator[CostLine]:
    """All of them, the first first."""
    apart, back = _sides(shop, *bounds_of(month))
    transfers = (apart | back).order_by("posted_at", "id").iterator(_AT_ONCE)
    while some := list(islice(transfers, _AT_ONCE)):
        yield from _lines(shop, some)


def _sides(shop: Shop, begin: datetime, end: datetime) -> tuple[QuerySet[Transfer], QuerySet[Transfer]]:
    """What was set apart between two moments, and what came back."""
    payable = account_of(AccountKind.SELLER_PAYABLE, shop.id).id
    clearing = account_of(AccountKind.CREATOR_CLEARING, shop.id).id
    posted = Transfer.objects.filter(posted_at__gte=begin, posted_at__lt=end)
    return (
        posted.filter(debit_account=payable, credit_account=clearing),
        posted.filter(debit_account=clearing, credit_account=payable),
    )


def _mark(text: str) -> tuple[datetime, uuid.UUID] | None:
    moment, _, id_ = text.partition("_")
    try:
        found = datetime.fromisoformat(moment), uuid.UUID(id_)
    except ValueError:
        return None
    return found if found[0].tzinfo else None


def _lines(shop: Shop, transfers: Sequence[Transfer]) -> list[CostLine]:
    commissions = _commissions(transfers)
    why = why_each_paid(list({each.id: each for each in commissions.values()}.values()))
    clearing = account_of(AccountKind.CREATOR_CLEARING, shop.id).id
    found = []
    for transfer in transfers:
        commission, is_cost = commissions.get(transfer.id), transfer.credit_account_id == clearing
        amount_idr = transfer.amount_idr if is_cost else -transfer.amount_idr
        words = why[commission.id] if commission else ""
        found.append(CostLine(transfer, commission, amount_idr, _came_back_since(transfer, commission), words))
    return found


def _came_back_since(transfer: Transfer, commission: Commission | None) -> int:
    if commission is None or transfer.code != TransferCode.COMMISSION:
        return 0
    still_idr = 0 if commission.state == State.REVERSED else commission.amount_idr
    return max(0, transfer.amount_idr - still_idr)


def _commissions(transfers: Collection[Transfer]) -> dict[uuid.UUID, Commission]:
    """What each of the transfers is about, by the ids under which commissions are booked and come back; a correction is about
    what it undoes."""
    undone = dict(Reversal.objects.filter(transfer__in=transfers).values_list("transfer_id", "undoes_id"))
    orders = {transfer.reference for transfer in transfers}
    facts = _facts(orders)
    earning = Commission.objects.filter(order_id__in=orders).select_related("line__variant", "creator")
    of_id = {id_: each for each in earning for id_ in _booked_as(each, facts[each.order_id])}
    named = {transfer.id: undone.get(transfer.id, transfer.id) for transfer in transfers}
    return {id_: of_id[name] for id_, name in named.items() if name in of_id}


def _facts(order_ids: Collection[uuid.UUID]) -> defaultdict[uuid.UUID, list[object]]:
    """By what a part of a settled order's commissions may have come back: a denial, its returns, its disputes."""
    found: defaultdict[uuid.UUID, list[object]] = defaultdict(lambda: ["denied"])
    for order_id, return_id in Return.objects.filter(order__in=order_ids).values_list("order_id", "id"):
        found[order_id].append(return_id)
    for order_id, dispute_id in DisputeShare.objects.filter(order_id__in=order_ids).values_list(
        "order_id", "dispute_id"
    ):
        found[order_id].append(dispute_id)
    return found


def _booked_as(commission: Commission, facts: Collection[object]) -> Iterator[uuid.UUID]:
    yield derived_id(TransferCode.COMMISSION, commission.order_id, commission.id)
    for fact in facts:
        yield derived_id(returned_code(commission), commission.order_id, f"{commission.id}:{fact}")
