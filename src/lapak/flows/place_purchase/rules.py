"""What becomes of purchases that wait: pure, decided in the order they came. What one takes, the next no longer finds."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lapak.affiliates.attribution import Attribution, Earned, PromotedClick, attribute_line
from lapak.affiliates.rates import Sale
from lapak.affiliates.rules import is_self_purchase
from lapak.affiliates.terms.rules import Budget
from lapak.flows.place_purchase.facts import (
    Address,
    Facts,
    Goods,
    Held,
    Shelf,
    Shop,
    Terms,
    Waiting,
)
from lapak.goods.catalogue.rules import Origin, is_on_sale
from lapak.lib.clock import WIB
from lapak.lib.ids import new_id
from lapak.lib.regions import PROVINCES
from lapak.money.fees.rules import fee_bp, fee_shares
from lapak.money.payments.methods import Method
from lapak.people.shops.size_rules import is_small_seller
from lapak.trade.orders.asked import AskedLine, AskedOrder, AskedPurchase
from lapak.trade.orders.errors import (
    AddressMissing,
    CancelledOften,
    GoodsGone,
    GoodsHeld,
    LineProblem,
    LinesRefused,
    MethodUnavailable,
    OrderedAlready,
    OrdersStopped,
    PiecesLimited,
    PriceChanged,
    PurchaseMalformed,
    PurchaseRefused,
    PurchaseTooLarge,
    SessionEnded,
    ShippingChanged,
    ShopClosed,
    ShopNotLegalised,
    ShopOnHoliday,
    ShopSuspended,
    StockGone,
    UnpaidLimited,
)
from lapak.trade.orders.rules import UnpaidLimits, may_order_again_at, unpaid_limits
from lapak.trade.shipping.rules import RouteService, shipping_price_idr


@dataclass(frozen=True, slots=True)
class AcceptedLine:
    """Goods bought at today's price, and whose clicks brought it about, on which terms; none if nobody clicked."""

    id: uuid.UUID
    goods: Goods
    quantity: int
    attribution: Attribution | None
    fee_bp: int
    budgets: Mapping[uuid.UUID, Budget] = field(default_factory=dict)
    """Of the programmes that pay, of each that has one."""

    def reserved_idr(self, earned: Earned) -> int:
        """What of a budget is kept for a creator's part."""
        return earned.set_aside_idr if earned.contender.programme_id in self.budgets else 0

    @property
    def taken_idr(self) -> Counter[uuid.UUID]:
        """What it takes of each budget."""
        taken = Counter[uuid.UUID]()
        for earned in self.attribution.earned if self.attribution and self.budgets else ():
            if earned.contender.programme_id in self.budgets:
                taken[earned.contender.programme_id] += earned.set_aside_idr
        return taken

    @property
    def paid_idr(self) -> int:
        return self.quantity * self.goods.price_idr


@dataclass(frozen=True, slots=True)
class AcceptedOrder:
    """One shop's part."""

    id: uuid.UUID
    shop: Shop
    service: RouteService
    shipping_idr: int
    lines: tuple[AcceptedLine, ...]
    fee_schedule_id: uuid.UUID

    @property
    def goods_idr(self) -> int:
        return sum(line.paid_idr for line in self.lines)

    @property
    def fee_shares(self) -> int:
        """The fee of all its goods, in ten-thousandths of a rupiah."""
        return fee_shares((line.paid_idr, line.fee_bp) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A purchase to be written."""

    id: uuid.UUID
    buyer_id: uuid.UUID
    buyer_name: str
    idempotency_key: uuid.UUID
    address: Address
    method: Method
    orders: tuple[AcceptedOrder, ...]

    @property
    def total_idr(self) -> int:
        return sum(order.goods_idr + order.shipping_idr for order in self.orders)

    @property
    def lines(self) -> list[AcceptedLine]:
        return [line for order in self.orders for line in order.lines]


@dataclass(frozen=True, slots=True)
class Repeated:
    """The same key again: the purchase is there already, or comes about just now."""

    id: uuid.UUID


Outcome = Accepted | Repeated | PurchaseRefused


def decide(waiting: Sequence[Waiting], facts: Facts, terms: Terms) -> list[Outcome]:
    """What becomes of each. A refusal names the first reason, in the order a buyer would mend them, and the very lines."""
    market = _Market(facts, terms)
    return [market.outcome_of(each) for each in waiting]


class _Clicks(NamedTuple):
    """What the lines of a purchase are attributed by; `left_idr`: of budgets, after the lines before."""

    buyer_id: uuid.UUID
    promoted: Sequence[PromotedClick]
    left_idr: dict[uuid.UUID, int]


class _Market:
    """The facts as they stand after those decided so far."""

    def __init__(self, facts: Facts, terms: Terms) -> None:
        self._facts = facts
        self._terms = terms
        self._shelves = dict(facts.shelves)
        self._placed = dict(facts.placed)
        self._left_idr = {programme_id: left_idr for programme_id, (_, left_idr) in facts.budgets.items()}
        self._unpaid = {buyer_id: list(buyer.unpaid) for buyer_id, buyer in facts.buyers.items()}

    def outcome_of(self, waiting: Waiting) -> Outcome:
        placed = self._placed.get((waiting.buyer_id, waiting.asked.idempotency_key))
        try:
            self._refuse_strangers(waiting)
            if placed:
                return Repeated(placed)
            accepted = self._accepted(waiting)
        except PurchaseRefused as refusal:
            return refusal
        self._take(accepted)
        return accepted

    def _refuse_strangers(self, waiting: Waiting) -> None:
        buyer = self._facts.buyers.get(waiting.buyer_id)
        if buyer is None or waiting.proof not in {None, *buyer.proofs}:
            raise SessionEnded

    def _accepted(self, waiting: Waiting) -> Accepted:
        asked = waiting.asked
        if not asked.is_well_formed:
            raise PurchaseMalformed
        method = self._terms.methods.get(asked.method)
        if method is None:
            raise MethodUnavailable
        address = self._facts.addresses.get((waiting.buyer_id, asked.address_id))
        if address is None:
            raise AddressMissing
        self._refuse_closed_shops(asked)
        self._refuse_often_cancelled(waiting)
        self._refuse_more_unpaid(waiting)
        self._refuse_wrong_lines(waiting)
        self._refuse_ordered_already(waiting)
        clicks = _Clicks(waiting.buyer_id, self._promoted_clicks(waiting), dict(self._left_idr))
        accepted = Accepted(
            id=new_id(),
            buyer_id=waiting.buyer_id,
            buyer_name=self._facts.buyers[waiting.buyer_id].name,
            idempotency_key=asked.idempotency_key,
            address=address,
            method=method,
            orders=tuple(self._order(order, address, clicks) for order in asked.orders),
        )
        if accepted.total_idr > method.most_idr:
            raise PurchaseTooLarge(method.most_idr)
        return accepted

    def _refuse_closed_shops(self, asked: AskedPurchase) -> None:
        shops = [self._facts.shops.get(order.shop_id) for order in asked.orders]
        if not all(shop and shop.is_open for shop in shops):
            raise ShopClosed
        for shop in shops:
            if shop and shop.holiday_last and shop.is_on_holiday(self._terms.at):
                raise ShopOnHoliday(shop.name, shop.holiday_last)
            if shop and shop.orders_stop_at and shop.orders_stop_at <= self._terms.at:
                raise OrdersStopped(shop.name, shop.orders_stop_at)
            if shop and shop.is_past_legalisation(self._terms.at):
                raise ShopNotLegalised(shop.name)
            if shop and shop.is_suspended(self._terms.at):
                raise ShopSuspended(shop.name)

    def _refuse_often_cancelled(self, waiting: Waiting) -> None:
        """What is cancelled after it was paid costs the house the gateway's charge: only so often."""
        cancelled = self._facts.buyers[waiting.buyer_id].cancelled
        if until := may_order_again_at(cancelled, self._terms.cancels_after_paying):
            raise CancelledOften(until)

    def _refuse_more_unpaid(self, waiting: Waiting) -> None:
        """Unpaid purchases keep goods from others: only so many a buyer."""
        open_purchases = dict.fromkeys(held.purchase_id for held in self._unpaid[waiting.buyer_id])
        if len(open_purchases) >= self._limits(waiting).purchases:
            is_verified = self._facts.buyers[waiting.buyer_id].is_verified
            raise UnpaidLimited(next(iter(open_purchases)), is_verified=is_verified)

    def _refuse_ordered_already(self, waiting: Waiting) -> None:
        """Goods in the same pieces as in a purchase that waits to be paid are meant twice only when it is said."""
        wanted = Counter({line.variant_id: line.quantity for line in waiting.asked.lines})
        ordered: dict[uuid.UUID, Counter[uuid.UUID]] = defaultdict(Counter)
        for held in self._unpaid[waiting.buyer_id] if waiting.asked.once else ():
            ordered[held.purchase_id][held.variant_id] += held.quantity
        for purchase_id, pieces in ordered.items():
            if pieces == wanted:
                raise OrderedAlready(purchase_id)

    def _refuse_wrong_lines(self, waiting: Waiting) -> None:
        found: dict[type[LinesRefused], list[LineProblem]] = defaultdict(list)
        for order in waiting.asked.orders:
            for line in order.lines:
                goods = self._facts.goods.get(line.variant_id)
                if goods and goods.shop_id != order.shop_id:
                    raise PurchaseMalformed
                for problem, now in self._problems(waiting, line, goods):
                    found[problem].append(now)
        for problem in (GoodsGone, GoodsHeld, StockGone, PiecesLimited, PriceChanged):
            if problem in found:
                raise problem(tuple(found[problem]))

    def _problems(
        self, waiting: Waiting, line: AskedLine, goods: Goods | None
    ) -> list[tuple[type[LinesRefused], LineProblem]]:
        """What is no longer as the line says, and how it stands now."""
        if goods is None or not self._is_on_sale(goods):
            title = goods.title if goods else ""
            return [(GoodsGone, LineProblem(line.variant_id, title, line.shown_price_idr, 0, 0))]
        on_hand, reserved = self._shelves.get(line.variant_id, Shelf(0, 0))
        held = [held for held in self._unpaid[waiting.buyer_id] if held.variant_id == line.variant_id]
        allowed = self._limits(waiting).pieces_of(on_hand) - sum(each.quantity for each in held)
        now = LineProblem(
            variant_id=line.variant_id,
            title=goods.title,
            shown_price_idr=line.shown_price_idr,
            price_idr=goods.price_idr,
            available=max(0, min(on_hand - reserved, allowed)),
            held_in=held[0].purchase_id if held else None,
        )
        problems: list[type[LinesRefused]] = []
        if now.available < line.quantity:
            is_short = on_hand - reserved < line.quantity
            problems.append(GoodsHeld if held else StockGone if is_short else PiecesLimited)
        if goods.price_idr != line.shown_price_idr:
            problems.append(PriceChanged)
        return [(problem, now) for problem in problems]

    def _is_on_sale(self, goods: Goods) -> bool:
        is_open = self._facts.shops[goods.shop_id].is_open
        return is_on_sale(is_active=goods.is_active, status=goods.status, shop_is_open=is_open)

    def _order(self, asked: AskedOrder, address: Address, clicks: _Clicks) -> AcceptedOrder:
        shop = self._facts.shops[asked.shop_id]
        lines = tuple(self._line(line, clicks) for line in asked.lines)
        zones = PROVINCES[shop.province_code].zone, PROVINCES[address.province_code].zone
        service = self._facts.services.get((asked.service_code, *zones))
        weight_g = sum(line.quantity * line.goods.weight_g for line in lines)
        if service is None or shipping_price_idr(service.rate, weight_g) != asked.shown_shipping_idr:
            raise ShippingChanged
        schedule_id = self._facts.fees[shop.id].schedule_id
        return AcceptedOrder(new_id(), shop, service, asked.shown_shipping_idr, lines, schedule_id)

    def _line(self, asked: AskedLine, clicks: _Clicks) -> AcceptedLine:
        """What it takes of a budget the next line no longer finds."""
        if not clicks.promoted:
            goods = self._facts.goods[asked.variant_id]
            return AcceptedLine(new_id(), goods, asked.quantity, None, self._fee_bp(goods))
        line = self._promoted_line(asked, clicks, clicks.left_idr)
        for programme_id, idr in line.taken_idr.items():
            clicks.left_idr[programme_id] -= idr
        return line

    def _promoted_line(self, asked: AskedLine, clicks: _Clicks, left_idr: Mapping[uuid.UUID, int]) -> AcceptedLine:
        """Parts of a shared line are rounded up each by itself: a budget that lacks the last rupiah of them pays nothing."""
        goods = self._facts.goods[asked.variant_id]
        categories = self._facts.categories.get(goods.product_id, ())
        sale = Sale(goods.shop_id, goods.product_id, categories, asked.quantity * goods.price_idr)
        opened_at = self._facts.checkouts.get((clicks.buyer_id, asked.variant_id))
        attribution = attribute_line(clicks.promoted, sale, self._terms.at, left_idr, opened_at)
        paying = {earned.contender.programme_id for earned in attribution.earned}
        budgets = {each: budget for each, (budget, _) in self._facts.budgets.items() if each in paying}
        line = AcceptedLine(new_id(), goods, asked.quantity, attribution, self._fee_bp(goods), budgets)
        short = {programme_id: 0 for programme_id, idr in line.taken_idr.items() if idr > left_idr[programme_id]}
        return self._promoted_line(asked, clicks, {**left_idr, **short}) if short else line

    def _fee_bp(self, goods: Goods) -> int:
        """By the schedule that the shop is under, and what it has said of its turnover."""
        shop = self._facts.shops[goods.shop_id]
        year = self._terms.at.astimezone(WIB).year
        is_small = bool(shop.nib) and is_small_seller(shop.turnover_idr, shop.turnover_year, year)
        rates = self._facts.fees[goods.shop_id].rates
        return fee_bp(rates, goods.category, is_small=is_small, is_domestic=goods.origin == Origin.DOMESTIC)

    def _promoted_clicks(self, waiting: Waiting) -> list[PromotedClick]:
        """The buyer's clicks, with what they lead to: nobody earns on their own purchase, or once their account is closed."""
        buyer = self._facts.buyers[waiting.buyer_id].person
        found = [(click, self._facts.promotions.get(click.link_id)) for click in waiting.clicks]
        return [
            PromotedClick(
                click_id=click.click_id,
                clicked_at=click.clicked_at,
                link_id=click.link_id,
                creator_id=promotion.creator_id,
                product_id=promotion.product_id,
                shop_id=promotion.shop_id,
                offers=promotion.offers,
                is_typed=click.is_typed,
                is_own=is_self_purchase(promotion.creator, buyer),
                is_closed=promotion.is_closed,
            )
            for click, promotion in found
            if promotion
        ]

    def _take(self, accepted: Accepted) -> None:
        self._placed[accepted.buyer_id, accepted.idempotency_key] = accepted.id
        for line in accepted.lines:
            on_hand, reserved = self._shelves[line.goods.variant_id]
            self._shelves[line.goods.variant_id] = Shelf(on_hand, reserved + line.quantity)
            self._unpaid[accepted.buyer_id].append(Held(accepted.id, line.goods.variant_id, line.quantity))
            for programme_id, idr in line.taken_idr.items():
                self._left_idr[programme_id] -= idr

    def _limits(self, waiting: Waiting) -> UnpaidLimits:
        return unpaid_limits(is_verified=self._facts.buyers[waiting.buyer_id].is_verified)
