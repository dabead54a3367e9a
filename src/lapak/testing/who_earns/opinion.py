"""What purchases bring about, kept by line, and where production's commissions are not what they must be."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from lapak.affiliates.models import Commission
from lapak.affiliates.terms.models import BudgetUse
from lapak.testing.who_earns.browsers import Browsers, Clicked
from lapak.testing.who_earns.promises import bound_of
from lapak.testing.who_earns.sharing import Bought, Part, bases_idr, parts_of_line
from lapak.testing.who_earns.standing import Standing, Told, remaining_idr, standing_of
from lapak.trade.orders.models import OrderLine


class Opinion:
    """Told of every purchase with the clicks that its browser proves, and of every round of crediting."""

    def __init__(self) -> None:
        self.browsers = Browsers()
        self.parts: dict[uuid.UUID, list[Part]] = {}
        self.credited_at: datetime | None = None
        self.own_since: dict[uuid.UUID, datetime] = {}
        """By buyer: since when they name a creator's bank account as theirs."""

    def expect(self, purchase_id: uuid.UUID, clicks: Sequence[Clicked], at: datetime) -> None:
        """The purchase was placed: lines take of budgets in turn."""
        lines = OrderLine.objects.filter(order__purchase=purchase_id).select_related("order", "variant__product")
        taken_idr = self._taken_idr(at)
        for line in lines.order_by("id"):
            opened_at = self.browsers.at_checkout.get((line.order.buyer_id, line.variant_id))
            self.parts[line.id] = parts_of_line(Bought(line, at, opened_at, taken_idr), clicks)
        for line in lines:
            self.browsers.bought(line.order.buyer_id, [line.variant_id])

    def differences(self) -> list[str]:
        """Every commission and budget that is not what it must be; empty when all is as expected."""
        standings = self._standings()
        return [
            *self._strangers(),
            *(each for standing in standings for each in standing.differences()),
            *self._beyond_price(standings),
            *self._beyond_budget(standings),
            *self._used_differently(standings),
        ]

    def _standings(self) -> list[Standing]:
        """Of every part that has a commission; the parts of a line are reckoned together."""
        rows = {(each.line_id, each.creator_id): each for each in Commission.objects.all()}
        standings = []
        for line_id, parts in self.parts.items():
            line = OrderLine.objects.select_related("order").get(id=line_id)
            sold_idr = remaining_idr(line)
            for part, base_idr in zip(parts, bases_idr([part.share for part in parts], sold_idr), strict=True):
                if row := rows.get((line_id, part.creator.id)):
                    told = Told(self.own_since.get(line.order.buyer_id), self.credited_at)
                    standings.append(standing_of(part, row, line, base_idr, told))
        return standings

    def _strangers(self) -> Iterable[str]:
        """Somebody earns who must not, or does not who must."""
        booked = set(Commission.objects.values_list("line_id", "creator__handle"))
        expected = {(line_id, part.creator.handle) for line_id, parts in self.parts.items() for part in parts}
        for line_id, handle in sorted(booked ^ expected):
            yield f"line {line_id}: {handle} {'must not earn' if (line_id, handle) in booked else 'must earn'}"

    def _beyond_price(self, standings: Sequence[Standing]) -> Iterable[str]:
        earned: Counter[uuid.UUID] = Counter()
        for standing in standings:
            earned[standing.row.line_id] += 0 if standing.row.state == "reversed" else standing.row.amount_idr
        for standing in standings:
            if earned[standing.row.line_id] > standing.sold_idr:
                yield f"line {standing.row.line_id}: {earned[standing.row.line_id]} of {standing.sold_idr} is commission"

    def _beyond_budget(self, standings: Sequence[Standing]) -> Iterable[str]:
        """What a purchase takes of a programme that has a budget."""
        taken: Counter[tuple[uuid.UUID, uuid.UUID]] = Counter()
        bounds: dict[tuple[uuid.UUID, uuid.UUID], int] = {}
        for standing in standings:
            bound, row = standing.part.bound, standing.row
            if bound and row.state != "reversed":
                of_purchase = standing.part.line.order.purchase_id, row.programme_id
                taken[of_purchase] += row.amount_idr
                bounds[of_purchase] = bound.idr
        for of_purchase, idr in taken.items():
            if idr > bounds[of_purchase]:
                yield f"purchase {of_purchase[0]}: {idr} out of a budget of {bounds[of_purchase]}"

    def _used_differently(self, standings: Sequence[Standing]) -> Iterable[str]:
        for use in BudgetUse.objects.all():
            expected_idr = sum(
                standing.kept_idr
                for standing in standings
                if standing.part.pays.programme.id == use.programme_id and standing.part.made_at >= use.counted_since
            )
            if use.used_idr != expected_idr:
                yield f"budget of {use.programme_id}: {use.used_idr} used, {expected_idr} expected"

    def _taken_idr(self, at: datetime) -> Counter[uuid.UUID]:
        """Of each programme's budget, by what was bought since it counts."""
        taken: Counter[uuid.UUID] = Counter()
        for standing in self._standings():
            programme = standing.part.pays.programme
            bound = bound_of(programme, at)
            if bound and standing.part.made_at >= bound.since:
                taken[programme.id] += standing.kept_idr
        return taken
