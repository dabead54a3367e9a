"""(3) Write the purchases that were accepted: one statement a table, however many they are, in one round trip.

Cut by whose rows they are: a shop's, then a buyer's; stock and budgets last, so that they are held no longer than it takes to
commit. The database refuses (`stock_within_bounds`, `budget_never_exceeded`) more than is there. Foreign keys are
checked at the commit.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, LiteralString

import msgspec

from lapak.affiliates.terms import reading
from lapak.affiliates.terms.rules import Budget
from lapak.flows import contract
from lapak.flows.place_purchase.facts import Terms
from lapak.flows.place_purchase.rules import Accepted
from lapak.goods.catalogue import stock
from lapak.lib.ids import new_id
from lapak.lib.pipeline import Asked, array
from lapak.trade.orders.rules import State


class Table:
    """A table's name and the columns written here, each with its type."""

    def __init__(self, name: str, **columns: str) -> None:
        self.name = name
        self.columns = columns

    def insert(self, rows: Sequence[tuple[Any, ...]]) -> list[Asked]:
        """All rows in one statement; none, if there is nothing to write."""
        if not rows:
            return []
        values = [array(column) for column in zip(*rows, strict=True)]
        return [(self._statement, dict(zip(self.columns, values, strict=True)))]

    @cached_property
    def _statement(self) -> LiteralString:
        arrays = ", ".join(f"%({name})s::{of_type}[]" for name, of_type in self.columns.items())
        return f"INSERT INTO {self.name} ({', '.join(self.columns)}) SELECT * FROM unnest({arrays})"  # noqa: S608 - ours


ORDERS = Table(
    "orders_order", id="uuid", purchase_id="uuid", buyer_id="uuid", shop_id="uuid", state="text", goods_idr="bigint",
    shipping_idr="bigint", shipping_service="text", courier="text", placed_at="timestamptz", pay_by="timestamptz",
    pack_within_working_days="int", ship_within_working_days="int", cancel_answer_within_hours="int",
    arrive_within_days="int", decide_within_days="int",
    complete_after_days="int", complete_after_days_by_shop="int", fee_schedule_id="uuid", fee_shares="bigint",
)  # fmt: skip
# The terms are the same for all: said, sent and read once.
CONTRACTS: LiteralString = """
    INSERT INTO orders_ordercontract (order_id, shop_id, body)
    SELECT order_id, shop_id, %(terms)s::jsonb || own_part
    FROM unnest(%(orders)s::uuid[], %(shops)s::uuid[], %(own_parts)s::jsonb[]) AS agreed (order_id, shop_id, own_part)
"""
LINES = Table(
    "orders_orderline", id="uuid", order_id="uuid", shop_id="uuid", variant_id="uuid", title="text", option_label="text",
    quantity="int", unit_price_idr="bigint", paid_idr="bigint", fee_bp="int",
)  # fmt: skip
EVENTS = Table(
    "orders_orderevent", id="uuid", order_id="uuid", shop_id="uuid", from_state="text", to_state="text",
    actor_id="uuid", reason="text", happened_at="timestamptz",
)  # fmt: skip
COMMISSIONS = Table(
    "affiliates_commission", id="uuid", line_id="uuid", order_id="uuid", shop_id="uuid", creator_id="uuid", link_id="uuid",
    programme_id="uuid", click_id="uuid", clicked_at="timestamptz", attribution="text", share_bp="int", rate_bp="int",
    base_idr="bigint", amount_idr="bigint", state="text", reason="text", created_at="timestamptz", credits="int", taxed_as="text",
    cap_idr="bigint", reserved_idr="bigint", paid_by_platform="bool",
)  # fmt: skip
CONTENDERS = Table(
    "contenders_contender", line_id="uuid", link_id="uuid", creator_id="uuid", clicked_at="timestamptz", is_typed="bool",
    attribution="text", verdict="text", share_bp="int", won_by="text",
)  # fmt: skip

INTENTS = Table(
    "payments_paymentintent", id="uuid", pays_for="uuid", buyer_id="uuid", provider="text", method="text",
    amount_idr="bigint", status="text", instructions="jsonb", provider_reference="text", created_at="timestamptz",
    expires_at="timestamptz",
)  # fmt: skip
PURCHASES = Table(
    "orders_purchase", id="uuid", buyer_id="uuid", idempotency_key="uuid", address="jsonb",
    total_idr="bigint", placed_at="timestamptz", pay_by="timestamptz",
)  # fmt: skip
# What was bought is no longer a wish.
EMPTY_CARTS: LiteralString = """
    DELETE FROM orders_cartline AS line
    USING orders_cart AS cart, unnest(%(buyers)s::uuid[], %(variants)s::uuid[]) AS bought (buyer_id, variant_id)
    WHERE cart.user_id = bought.buyer_id AND line.cart_id = cart.id AND line.variant_id = bought.variant_id
"""


def statements(accepted: Sequence[Accepted], terms: Terms) -> list[Asked]:
    """Everything the accepted purchases come to."""
    parts = (_shops_rows, _buyers_rows, _stock, _budgets)
    return [asked for part in parts for asked in part(accepted, terms)] if accepted else []


def _shops_rows(accepted: Sequence[Accepted], terms: Terms) -> Iterable[Asked]:
    """Orders with their lines, events and contracts, and commissions."""
    at = terms.at
    clocks = terms.clocks
    awaiting = State.AWAITING_PAYMENT.value
    orders = [(purchase, order) for purchase in accepted for order in purchase.orders]
    lines = [(order, line) for _, order in orders for line in order.lines]
    yield from ORDERS.insert(
        [
            (
                order.id, purchase.id, purchase.buyer_id, order.shop.id, awaiting, order.goods_idr, order.shipping_idr,
                order.service.code, order.service.courier, at, at + purchase.method.pay_within,
                clocks.pack_within_working_days, clocks.ship_within_working_days, clocks.cancel_answer_within_hours,
                clocks.arrive_within_days, clocks.decide_within_days, clocks.complete_after_days,
                clocks.complete_after_days_by_shop, order.fee_schedule_id, order.fee_shares,
            )
            for purchase, order in orders
        ]
    )  # fmt: skip
    yield (
        CONTRACTS,
        {
            "terms": _json(contract.terms(clocks)),
            "orders": array(order.id for _, order in orders),
            "shops": array(order.shop.id for _, order in orders),
            "own_parts": array(_json(contract.own_part(purchase, order)) for purchase, order in orders),
        },
    )
    yield from LINES.insert(
        [
            (
                line.id, order.id, order.shop.id, line.goods.variant_id, line.goods.title, line.goods.label,
                line.quantity, line.goods.price_idr, line.paid_idr, line.fee_bp,
            )
            for order, line in lines
        ]
    )  # fmt: skip
    yield from EVENTS.insert(
        [(new_id(), order.id, order.shop.id, "", awaiting, purchase.buyer_id, "", at) for purchase, order in orders]
    )
    yield from COMMISSIONS.insert(
        [
            (
                new_id(), line.id, order.id, order.shop.id, won.click.creator_id, won.click.link_id,
                won.paying.offer.programme_id, won.click.click_id, won.click.clicked_at, won.kind.value, earned.share_bp,
                won.paying.rate_bp, earned.base_idr, earned.amount_idr, "pending", "", at, 0, "",
                earned.cap_idr, line.reserved_idr(earned), won.paying.is_platforms,
            )
            for order, line in lines
            if line.attribution
            for earned in line.attribution.earned
            for won in [earned.contender]
        ]
    )  # fmt: skip
    yield from CONTENDERS.insert(
        [
            (
                line.id, each.click.link_id, each.click.creator_id, each.click.clicked_at, each.click.is_typed,
                each.kind.value, each.verdict.value, each.share_bp, line.attribution.won_by.value,
            )
            for _, line in lines
            if line.attribution
            for each in line.attribution.contenders
        ]
    )  # fmt: skip


def _buyers_rows(accepted: Sequence[Accepted], terms: Terms) -> Iterable[Asked]:
    """The purchases, each with its first attempt to pay; and what was bought is no longer a wish."""
    at = terms.at
    yield from INTENTS.insert(
        [
            (
                new_id(), purchase.id, purchase.buyer_id, terms.provider, purchase.method.code, purchase.total_idr,
                "pending", "{}", "", at, at + purchase.method.pay_within,
            )
            for purchase in accepted
        ]
    )  # fmt: skip
    yield from PURCHASES.insert(
        [
            (
                purchase.id, purchase.buyer_id, purchase.idempotency_key,
                _json(purchase.address._asdict()), purchase.total_idr, at, at + purchase.method.pay_within,
            )
            for purchase in accepted
        ]
    )  # fmt: skip
    bought = [(purchase.buyer_id, line.goods.variant_id) for purchase in accepted for line in purchase.lines]
    yield (
        EMPTY_CARTS,
        {
            "buyers": array(buyer_id for buyer_id, _ in bought),
            "variants": array(variant_id for _, variant_id in bought),
        },
    )


def _stock(accepted: Sequence[Accepted], terms: Terms) -> Iterable[Asked]:
    """So many pieces are promised; locked in the order of all acts first."""
    taken = Counter[Any]()
    for purchase in accepted:
        for line in purchase.lines:
            taken[line.goods.variant_id] += line.quantity
    yield stock.LOCK, {"variants": array(taken)}
    pieces = {"variants": array(taken), "quantities": array(taken.values()), "at": terms.at.isoformat()}
    yield stock.RESERVE, pieces


def _budgets(accepted: Sequence[Accepted], terms: Terms) -> Iterable[Asked]:
    """What commissions take of their programmes' budgets; locked in the order of all acts first."""
    taken, budgets = Counter[uuid.UUID](), dict[uuid.UUID, Budget]()
    for purchase in accepted:
        for line in purchase.lines:
            taken.update(line.taken_idr)
            budgets.update(line.budgets)
    if not taken:
        return
    yield reading.LOCK_USES, {"budgets": array(taken)}
    yield (
        reading.RESERVE,
        {
            "budgets": array(taken),
            "taken": array(taken.values()),
            "most": array(budgets[programme_id].amount_idr for programme_id in taken),
            "since": array(budgets[programme_id].counted_since(terms.at) for programme_id in taken),
        },
    )


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
