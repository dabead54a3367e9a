"""Who earns on the lines of a purchase, said when it is placed, from clicks, promises and people alone."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from math import floor

from lapak.affiliates.models import Creator, Link, Programme
from lapak.people.users.models import BankAccount, User
from lapak.testing.who_earns.browsers import Clicked
from lapak.testing.who_earns.promises import Bound, Pays, bound_of, paid_by, won_by
from lapak.trade.orders.models import OrderLine

ENDS, BETWEEN = Fraction(2, 5), Fraction(1, 5)


@dataclass(slots=True)
class Part:
    """A creator's part of a line, as it was promised when it was bought."""

    line: OrderLine
    creator: Creator
    clicked: Clicked
    is_direct: bool
    share: Fraction
    pays: Pays
    bound: Bound | None
    made_at: datetime

    @property
    def is_platforms(self) -> bool:
        return self.pays.programme.shop_id is None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A click that counts, and what the best programme of its creator pays."""

    clicked: Clicked
    creator: Creator
    is_direct: bool
    pays: Pays


@dataclass(frozen=True, slots=True)
class Bought:
    """A line at the moment at which it is bought. `opened_at`: since when its buyer is at the checkout with it; `taken_idr`: what
    others have of each programme's budget; `short`: programmes whose budget does not reach for it."""

    line: OrderLine
    at: datetime
    opened_at: datetime | None
    taken_idr: Counter[uuid.UUID]
    short: set[uuid.UUID] = field(default_factory=set)


def parts_of_line(bought: Bought, clicks: Sequence[Clicked]) -> list[Part]:
    """Everyone's part; what they take of budgets is taken from then on.

    Parts are rounded up each by itself: where that is more than the budget has left, it does not reach for the line.
    """
    while True:
        parts = _parts(bought, clicks)
        kept: Counter[uuid.UUID] = Counter()
        bases = bases_idr([part.share for part in parts], bought.line.paid_idr)
        for part, base_idr in zip(parts, bases, strict=True):
            kept[part.pays.programme.id] += part.pays.kept_idr(base_idr, part.share) if part.bound else 0
        bounds = {part.pays.programme.id: part.bound for part in parts if part.bound}
        over = {each for each, bound in bounds.items() if bought.taken_idr[each] + kept[each] > bound.idr}
        if not over:
            bought.taken_idr.update(kept)
            return parts
        bought.short.update(over)


def _parts(bought: Bought, clicks: Sequence[Clicked]) -> list[Part]:
    line, at = bought.line, bought.at
    oldest_first = [
        candidate
        for clicked in sorted(clicks)
        if not (bought.opened_at and clicked.at >= bought.opened_at and not clicked.is_typed)
        and (candidate := _candidate(bought, clicked))
    ]
    counting = [each for each in oldest_first if not each.clicked.is_typed] or oldest_first[-1:]
    if not counting:
        return []
    shares = _shares(counting, won_by(counting[-1].pays.programme, at))
    if 0 in bases_idr(list(shares.values()), line.paid_idr):
        shares = {counting[-1].clicked: Fraction(1)}
    of_click = {each.clicked: each for each in counting}
    return [
        Part(line, won.creator, clicked, won.is_direct, share, won.pays, _bound(won.pays.programme, at), at)
        for clicked, share in shares.items()
        for won in [of_click[clicked]]
    ]


def _candidate(bought: Bought, clicked: Clicked) -> Candidate | None:
    link = Link.objects.select_related("creator__user", "creator__bank_account").get(id=clicked.link_id)
    line, at, product = bought.line, bought.at, bought.line.variant.product
    is_direct = link.product_id == product.id
    if not is_direct and link.shop_id != product.shop_id:
        return None
    if is_own(link.creator, line.order.buyer_id) or _is_closed(link.creator, at):
        return None
    for pays in paid_by(link.creator, product, line.paid_idr, clicked.at, at, is_direct=is_direct):
        if pays.programme.id not in bought.short and _has_enough(bought, pays):
            return Candidate(clicked, link.creator, is_direct, pays)
    return None


def _has_enough(bought: Bought, pays: Pays) -> bool:
    """A line is paid whole or not at all."""
    bound = _bound(pays.programme, bought.at)
    return bound is None or bought.taken_idr[pays.programme.id] + pays.kept_idr(bought.line.paid_idr) <= bound.idr


def _bound(programme: Programme, at: datetime) -> Bound | None:
    """A rate of a creator's own has none."""
    return None if programme.kind == Programme.Kind.INVITED else bound_of(programme, at)


def is_own(creator: Creator, buyer_id: uuid.UUID) -> bool:
    """The same user, or paid into the buyer's own bank account."""
    paid_into = creator.bank_account
    same_account = paid_into and BankAccount.objects.filter(
        user_id=buyer_id, bank_code=paid_into.bank_code, number=paid_into.number
    )
    return creator.user_id == buyer_id or bool(same_account and same_account.exists())


def _is_closed(creator: Creator, at: datetime) -> bool:
    closed_from = creator.closed_from
    return not User.objects.get(id=creator.user_id).is_active or (closed_from is not None and closed_from <= at)


def _shares(oldest_first: Sequence[Candidate], rule: str) -> dict[Clicked, Fraction]:
    """Of the line, by the click that a creator's part is for; the newest click first."""
    first, newest = oldest_first[0], oldest_first[-1]
    if rule == "first":
        return {first.clicked: Fraction(1)}
    creators = list(dict.fromkeys(each.creator.id for each in oldest_first))
    if rule == "newest" or len(creators) == 1:
        return {newest.clicked: Fraction(1)}
    ends = ENDS if len(creators) > len({first.creator.id, newest.creator.id}) else Fraction(1, 2)
    between = [each for each in creators if each not in {first.creator.id, newest.creator.id}]
    of_creator = {each: BETWEEN / len(between) if each in between else Fraction(0) for each in creators}
    of_creator[first.creator.id] += ends
    of_creator[newest.creator.id] += ends
    newest_of = {each.creator.id: each.clicked for each in oldest_first}
    clicks = {each: newest_of[each] for each in creators}
    if first.creator.id != newest.creator.id:
        clicks[first.creator.id] = first.clicked
    newest_first = sorted(clicks, key=lambda creator_id: clicks[creator_id], reverse=True)
    return {clicks[creator_id]: of_creator[creator_id] for creator_id in newest_first}


def bases_idr(shares: Sequence[Fraction], price_idr: int) -> list[int]:
    """The price in whole rupiah by largest remainder, the first of equals first."""
    exact = [share * price_idr for share in shares]
    parts = [floor(each) for each in exact]
    for n in sorted(range(len(parts)), key=lambda n: parts[n] - exact[n])[: price_idr - sum(parts) if parts else 0]:
        parts[n] += 1
    return parts
