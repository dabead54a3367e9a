"""(1) Read all that the waiting purchases ask about, in one round trip; their buyers are locked, and the stock on demand.

Cut by whose rows they are: a buyer's, a shop's (its links and programmes too), and the price list that all share; no
statement joins a shop's rows with a buyer's, so that each can run where its rows lie.
"""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import LiteralString

from lapak.affiliates.rates import CUT_REACHES_AFTER, Offer, RateTerm, WonBy
from lapak.affiliates.rules import Person
from lapak.affiliates.terms import reading
from lapak.flows.place_purchase.facts import Address, Buyer, Facts, Fees, Goods, Held, Promotion, Shelf, Shop, Waiting
from lapak.goods.catalogue import stock
from lapak.lib.pipeline import Asked, Rows, array
from lapak.money.fees.queries import UNDER
from lapak.money.fees.rules import Rate
from lapak.people.users.queries import session_hash
from lapak.people.users.sessions import Proof
from lapak.trade.orders.queries import CANCELLED_AFTER_PAYING
from lapak.trade.orders.rules import CANCELS_COUNT_FOR
from lapak.trade.shipping.rules import RouteService, ZoneRate

# Buyers first: a purchase with the same key, or one more that is not paid, waits here until the other is committed, and
# the statements after this one see it. The stock last (lib/acts.py): everybody else who wants a hot variant waits from
# there to the commit.
LOCK_BUYERS: LiteralString = """
    SELECT id, name, password, ARRAY(
        SELECT session.id FROM users_session AS session
        WHERE session.id = ANY (%(sessions)s::uuid[]) AND session.user_id = buyer.id AND session.ends_at > now()
    )
    FROM users_user AS buyer
    WHERE id = ANY (%(buyers)s::uuid[]) AND is_active ORDER BY id FOR NO KEY UPDATE
"""

PLACED: LiteralString = """
    SELECT purchase.buyer_id, purchase.idempotency_key, purchase.id
    FROM unnest(%(key_buyers)s::uuid[], %(keys)s::uuid[]) AS asked (buyer_id, key)
    JOIN orders_purchase AS purchase ON purchase.buyer_id = asked.buyer_id AND purchase.idempotency_key = asked.key
"""
ADDRESSES: LiteralString = """
    SELECT user_id, id, recipient, phone, street, district, city, province_code, postal_code
    FROM users_address WHERE id = ANY (%(addresses)s::uuid[])
"""
VERIFIED: LiteralString = """
    SELECT DISTINCT user_id FROM account_emailaddress WHERE user_id = ANY (%(buyers)s::uuid[]) AND verified
"""
UNPAID: LiteralString = """
    SELECT unpaid.buyer_id, unpaid.purchase_id, line.variant_id, line.quantity
    FROM orders_order AS unpaid JOIN orders_orderline AS line ON line.order_id = unpaid.id
    WHERE unpaid.buyer_id = ANY (%(buyers)s::uuid[]) AND unpaid.state = 'awaiting_payment'
    ORDER BY unpaid.id
"""
BANK_ACCOUNTS: LiteralString = """
    SELECT user_id, bank_code, number FROM users_bankaccount WHERE user_id = ANY (%(buyers)s::uuid[])
"""

GOODS: LiteralString = """
    SELECT variant.id, variant.product_id, product.shop_id, variant.price_idr, variant.is_active, product.status,
        product.title, product.brand, product.attributes, variant.option_values,
        product.charged_weight_g AS weight_g, coalesce(category.code, ''), product.origin
    FROM catalogue_variant AS variant JOIN catalogue_product AS product ON product.id = variant.product_id
    LEFT JOIN catalogue_category AS category ON category.id = product.category_id
    WHERE variant.id = ANY (%(variants)s::uuid[])
"""
SHOPS: LiteralString = """
    SELECT id, is_open, name, nib, street, city, province_code, holiday_first, holiday_last, least(
        (SELECT orders_stop_at FROM shops_announcedclosing WHERE shop_id = shop.id AND called_off_at IS NULL),
        (SELECT orders_stop_at FROM shops_announcedclosing WHERE shop_id IS NULL AND called_off_at IS NULL)
    ), legalise_by, turnover_idr, turnover_year, suspended_until
    FROM shops_shop AS shop WHERE id = ANY (%(shops)s::uuid[])
"""
SERVICES: LiteralString = """
    SELECT service.code, rate.origin_zone, rate.destination_zone, service.name, service.courier, rate.first_kg_idr,
        rate.next_kg_idr, rate.min_days, rate.max_days
    FROM shipping_service AS service JOIN shipping_rate AS rate ON rate.service_id = service.code
    WHERE service.code = ANY (%(services)s::text[]) AND service.is_active AND rate.origin_zone IN (
        SELECT origin.zone FROM shops_shop AS shop
        JOIN shipping_provincezone AS origin ON origin.province_code = shop.province_code
        WHERE shop.id = ANY (%(shops)s::uuid[])
    )
"""
LINKS: LiteralString = """
    SELECT link.id, link.creator_id, link.product_id, link.shop_id, creator.user_id, account.bank_code, account.number,
        creator.closed_from <= %(at)s::timestamptz OR NOT promoter.is_active
    FROM affiliates_link AS link
    JOIN affiliates_creator AS creator ON creator.id = link.creator_id
    JOIN users_user AS promoter ON promoter.id = creator.user_id
    LEFT JOIN users_bankaccount AS account ON account.id = creator.bank_account_id
    WHERE link.id = ANY (%(links)s::uuid[]) AND link.shop_id = ANY (%(shops)s::uuid[])
"""
# From the shop's few programmes to the one membership, never from all the programmes that a creator has joined: a purchase
# must not cost more the more they promote. OFFSET 0 keeps the planner to that.
OFFERS: LiteralString = """
    SELECT promoted.creator_id, promoted.shop_id, programme.id, programme.kind, programme.shop_id, programme.window_days,
        CASE WHEN programme.won_by_from > %(at)s::timestamptz THEN programme.won_by_before ELSE programme.won_by END,
        membership.joined_at, rate.rate_bp, rate.announced_at, rate.superseded_at,
        rate.indirect_bp, rate.cap_idr, rate.ends_at
    FROM (
        SELECT DISTINCT creator_id, shop_id FROM affiliates_link
        WHERE id = ANY (%(links)s::uuid[]) AND shop_id = ANY (%(shops)s::uuid[])
    ) AS promoted
    CROSS JOIN LATERAL (
        SELECT id, kind, shop_id, window_days, won_by, won_by_before, won_by_from FROM affiliates_programme
        WHERE shop_id = promoted.shop_id AND is_active
        UNION ALL
        SELECT id, kind, shop_id, window_days, won_by, won_by_before, won_by_from FROM affiliates_programme
        WHERE shop_id IS NULL AND is_active
        OFFSET 0
    ) AS programme
    JOIN affiliates_membership AS membership
        ON membership.creator_id = promoted.creator_id AND membership.programme_id = programme.id
    JOIN affiliates_programmerate AS rate ON rate.programme_id = programme.id
        AND (rate.superseded_at IS NULL OR rate.superseded_at > %(rates_since)s::timestamptz)
"""
# Since when a buyer is at the checkout with goods: what they click meanwhile persuaded nobody.
CHECKOUTS: LiteralString = """
    SELECT cart.user_id, line.variant_id, line.checkout_opened_at
    FROM orders_cart AS cart JOIN orders_cartline AS line ON line.cart_id = cart.id
    WHERE cart.user_id = ANY (%(buyers)s::uuid[]) AND line.variant_id = ANY (%(variants)s::uuid[])
        AND line.checkout_opened_at IS NOT NULL
"""


def questions(waiting: Sequence[Waiting], at: datetime, *, holds_stock: bool) -> list[Asked]:
    """The statements, in their order. With `holds_stock` nobody else takes of it until the transaction ends."""
    asked = [each.asked for each in waiting]
    clicks = [click for each in waiting for click in each.clicks]
    given = {
        "buyers": array({each.buyer_id for each in waiting}),
        "sessions": array({each.proof.session_id for each in waiting if each.proof}),
        "key_buyers": array(each.buyer_id for each in waiting),
        "keys": array(each.idempotency_key for each in asked),
        "addresses": array({each.address_id for each in asked}),
        "variants": array({line.variant_id for each in asked for line in each.lines}),
        "shops": array({order.shop_id for each in asked for order in each.orders}),
        "services": array({order.service_code for each in asked for order in each.orders}),
        "links": array({click.link_id for click in clicks}),
        "at": at.isoformat(),
        "cancelled_since": (at - CANCELS_COUNT_FOR).isoformat(),
        "rates_since": (at - CUT_REACHES_AFTER).isoformat(),
    }
    statements = [
        LOCK_BUYERS,
        PLACED,
        ADDRESSES,
        VERIFIED,
        UNPAID,
        CANCELLED_AFTER_PAYING,
        GOODS,
        SHOPS,
        UNDER,
        SERVICES,
    ]
    if clicks:
        statements += [BANK_ACCOUNTS, CHECKOUTS, LINKS, OFFERS, reading.SPECIAL_RATES]
    statements += [stock.LOCK if holds_stock else stock.LOOK]
    if clicks:
        statements += [reading.LOCK if holds_stock else reading.LOOK]
    return [(statement, given) for statement in statements]


def facts_of(answers: Sequence[Rows], at: datetime) -> Facts:
    """What the answers to `questions`, asked at that moment, say."""
    buyers, placed, addresses, verified, unpaid, cancelled, goods, shops, fees, services, *promotion = answers
    accounts, checkouts, links, offers, special, shelves, budgets = (
        promotion if len(promotion) > 1 else ([], [], [], [], [], *promotion, [])
    )
    categories, special_terms = reading.special_rates(special)
    return Facts(
        goods={row[0]: Goods(*row) for row in goods},
        shelves={variant_id: Shelf(on_hand, reserved) for variant_id, on_hand, reserved in shelves},
        shops={row[0]: Shop(*row) for row in shops},
        fees=_fees(fees),
        services={
            (code, origin, destination): RouteService(code, name, courier, ZoneRate(first, following), soonest, latest)
            for code, origin, destination, name, courier, first, following, soonest, latest in services
        },
        buyers=_buyers(buyers, {user_id for (user_id,) in verified}, unpaid, cancelled, accounts),
        addresses={(user_id, address_id): Address(*rest) for user_id, address_id, *rest in addresses},
        placed={(buyer_id, key): purchase_id for buyer_id, key, purchase_id in placed},
        promotions=_promotions(links, offers, special_terms),
        categories=categories,
        budgets=reading.budgets_left(budgets, at),
        checkouts={(user_id, variant_id): opened_at for user_id, variant_id, opened_at in checkouts},
    )


def _fees(rows: Rows) -> dict[uuid.UUID, Fees]:
    """Each shop's schedule, with all its rates."""
    rates: dict[tuple[uuid.UUID, uuid.UUID], dict[str, Rate]] = defaultdict(dict)
    for shop_id, schedule_id, category, rate_bp, small_bp in rows:
        rates[shop_id, schedule_id][category] = Rate(rate_bp, small_bp)
    return {shop_id: Fees(schedule_id, each) for (shop_id, schedule_id), each in rates.items()}


def _buyers(
    buyers: Rows, verified: set[uuid.UUID], unpaid: Rows, cancelled: Rows, accounts: Rows
) -> dict[uuid.UUID, Buyer]:
    held: dict[uuid.UUID, list[Held]] = defaultdict(list)
    for buyer_id, *of_line in unpaid:
        held[buyer_id].append(Held(*of_line))
    cancelled_at: dict[uuid.UUID, list[datetime]] = defaultdict(list)
    for buyer_id, moment in cancelled:
        cancelled_at[buyer_id].append(moment)
    theirs: dict[uuid.UUID, set[tuple[str, str]]] = defaultdict(set)
    for user_id, bank_code, number in accounts:
        theirs[user_id].add((bank_code, number))
    return {
        user_id: Buyer(
            person=Person(user_id, frozenset(theirs[user_id])),
            name=name,
            proofs=frozenset(Proof(user_id, session_id, session_hash(password)) for session_id in session_ids),
            is_verified=user_id in verified,
            unpaid=held[user_id],
            cancelled=cancelled_at[user_id],
        )
        for user_id, name, password, session_ids in buyers
    }


def _promotions(
    links: Rows, offers: Rows, special: Mapping[uuid.UUID, tuple[RateTerm, ...]]
) -> dict[uuid.UUID, Promotion]:
    offered = _offers(offers, special)
    return {
        link_id: Promotion(
            link_id=link_id,
            creator_id=creator_id,
            creator=Person(user_id, frozenset({(bank_code, number)} if bank_code else ())),
            product_id=product_id,
            shop_id=shop_id,
            offers=offered.get((creator_id, shop_id), ()),
            is_closed=bool(is_closed),
        )
        for link_id, creator_id, product_id, shop_id, user_id, bank_code, number, is_closed in links
    }


def _offers(
    rows: Rows, special: Mapping[uuid.UUID, tuple[RateTerm, ...]]
) -> dict[tuple[uuid.UUID, uuid.UUID], tuple[Offer, ...]]:
    """By creator and the shop they are asked for in: each programme once, with its rates."""
    found: dict[tuple[uuid.UUID, uuid.UUID], dict[uuid.UUID, Offer]] = defaultdict(dict)
    for creator_id, in_shop_id, programme_id, kind, shop_id, window_days, won_by, joined_at, *rate in rows:
        of_creator = found[creator_id, in_shop_id]
        known = of_creator.get(programme_id)
        terms = (*(known.terms if known else special.get(programme_id, ())), RateTerm(*rate))
        of_creator[programme_id] = Offer(
            programme_id, shop_id, timedelta(days=window_days), joined_at, terms, kind == "invited", WonBy(won_by)
        )
    return {key: tuple(of_creator.values()) for key, of_creator in found.items()}
