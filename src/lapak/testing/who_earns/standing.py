"""Where a commission must stand now, from what became of its order and what was decided of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

from lapak.affiliates.integrity.models import FindingLine
from lapak.affiliates.models import Commission
from lapak.money.payouts.models import PayoutItem
from lapak.people.audit.models import Change
from lapak.testing.who_earns.sharing import Part, is_own
from lapak.trade.orders.models import OrderLine
from lapak.trade.returns.models import ReturnEvent, ReturnLine


@dataclass(frozen=True, slots=True)
class Standing:
    """A part of a line as it must be, beside the commission that was kept for it."""

    part: Part
    row: Commission
    sold_idr: int
    base_idr: int
    states: frozenset[str]
    exact: Fraction
    slack: int

    @property
    def kept_idr(self) -> int:
        """Of its programme's budget."""
        if self.part.bound is None or self.states == {"reversed"}:
            return 0
        return self.part.pays.kept_idr(self.base_idr, self.part.share)

    def differences(self) -> Iterable[str]:
        """In words, for whoever looks for the fault."""
        row, part = self.row, self.part
        terms = {
            "rate": (row.rate_bp, part.pays.rate_bp),
            "share": (row.share_bp, int(part.share * 10_000)),
            "programme": (row.programme_id, part.pays.programme.id),
            "click": ((row.link_id, row.click_id), (part.clicked.link_id, part.clicked.click_id)),
            "kind": (row.attribution, "direct" if part.is_direct else "indirect"),
            "payer": (row.paid_by_platform, part.is_platforms),
        }
        if self.states != {"reversed"}:
            terms |= {"base": (row.base_idr, self.base_idr), "kept of a budget": (row.reserved_idr, self.kept_idr)}
            if abs(row.amount_idr - self.exact) > self.slack:
                yield f"{self}: amount is {row.amount_idr}, not {float(self.exact)} (within {self.slack})"
        for name, (is_, must) in terms.items():
            if is_ != must and not (name == "click" and part.clicked.is_typed):
                yield f"{self}: {name} is {is_}, not {must}"
        if row.state not in self.states:
            yield f"{self}: state is {row.state}, not {' or '.join(sorted(self.states))}"

    def __str__(self) -> str:
        return f"line {self.row.line_id} of @{self.part.creator.handle}"


class Told(NamedTuple):
    """What was told: since when the buyer is paid into some creator's account, and when last was credited what has settled."""

    own_since: datetime | None
    credited_at: datetime | None


def standing_of(part: Part, row: Commission, line: OrderLine, base_idr: int, told: Told) -> Standing:
    """Until its order has settled it is what is to be expected; then within a rupiah of the exact share, for the parts of an
    order sum to what was paid, and one more for each time that something went back afterwards."""
    settled_at = line.order.settled_at
    exact = part.pays.exact(base_idr, part.share)
    if settled_at is None or part.is_platforms:
        exact, slack = Fraction(part.pays.idr(base_idr, part.share)), 0
    else:
        slack = 1 + len(_went_back(line, settled_at))
    states = _states(part, row, line, base_idr, told)
    return Standing(part, row, remaining_idr(line), base_idr, states, exact, slack)


def _states(part: Part, row: Commission, line: OrderLine, base_idr: int, told: Told) -> frozenset[str]:
    settled_at, (review, reviewed_at) = line.order.settled_at, _review(row)
    if not base_idr or review == "denied" or _is_own_by_then(part, line, told.own_since):
        return frozenset({"reversed"})
    if review == "frozen":
        return frozenset({"frozen"})
    if settled_at is None:
        return frozenset({"pending"})
    changed_at = max([settled_at, *_went_back(line, settled_at), *([reviewed_at] if reviewed_at else [])])
    if told.credited_at is None or told.credited_at < changed_at:
        return frozenset({"pending"})
    arrived = PayoutItem.objects.filter(kind="commission", item_id=row.id, is_live=True, payout__status="confirmed")
    return frozenset({"paid" if arrived.exists() else "payable"})


def _is_own_by_then(part: Part, line: OrderLine, own_since: datetime | None) -> bool:
    """It is looked at again when the order settles."""
    settled_at = line.order.settled_at
    is_named = settled_at is not None and own_since is not None and own_since <= settled_at
    return is_named and is_own(part.creator, line.order.buyer_id)


def _review(row: Commission) -> tuple[str, datetime | None]:
    """What was last decided of it, by a person or after a rule had seen something, and when."""
    by_hand = Change.objects.filter(subject_id=str(row.id), field="review").values_list("happened_at", "new")
    decided = list(by_hand)
    for line in FindingLine.objects.filter(commission=row).select_related("finding"):
        decided.append((line.frozen_at, "frozen"))
        if line.finding.lifted_at:
            decided.append((line.finding.lifted_at, "released"))
        if line.finding.state == "final":
            return "denied", None
    if not decided:
        return "", None
    # Released by the clock, and frozen by a rule in the same round: that came after it.
    reviewed_at, review = max(decided, key=lambda each: (each[0], each[1] == "frozen"))
    return review, reviewed_at


def remaining_idr(line: OrderLine) -> int:
    """What of the line is sold: neither cancelled, nor missing, nor back, nor lost on its way."""
    came_back = ReturnLine.objects.filter(line=line, of_return__state="refunded")
    went = line.cancelled_quantity + sum(each.counted for each in came_back)
    is_lost = line.order.state == "refunded" and not ReturnLine.objects.filter(
        line__order=line.order, of_return__state="refunded"
    )
    if line.order.state == "cancelled" or is_lost:
        return 0
    price_idr = line.quantity * line.unit_price_idr
    return price_idr - price_idr * went // line.quantity - line.taken_back_idr


def _went_back(line: OrderLine, settled_at: datetime) -> list[datetime]:
    """When goods of this line did, after the order had settled."""
    refunded = ReturnEvent.objects.filter(of_return__lines__line=line, to_state="refunded", happened_at__gte=settled_at)
    return list(refunded.values_list("happened_at", flat=True))
