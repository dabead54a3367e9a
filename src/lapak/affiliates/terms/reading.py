"""What a purchase asks of special rates and budgets, in its own round trips, for many at once (flows/place_purchase)."""

import uuid
from collections import defaultdict
from datetime import datetime
from typing import LiteralString

from lapak.affiliates.rates import RateTerm
from lapak.affiliates.terms.rules import Budget, applicable_budget, left_idr
from lapak.lib.pipeline import Rows

# The few programmes open to all: of the shops, and Lapak's own. A creator's own rate is one for all goods, without a budget.
_PROMISED: LiteralString = """
    promised AS (
        SELECT id, created_at FROM affiliates_programme
        WHERE kind = 'open' AND shop_id = ANY (%(shops)s::uuid[]) AND is_active
        UNION ALL SELECT id, created_at FROM affiliates_programme WHERE shop_id IS NULL AND is_active
    )
"""

# From the goods and the categories above them to what is promised for just these: a shop may have thousands of special rates.
_SPECIAL_RATES: LiteralString = f"""
        UNION ALL
        SELECT kin.product_id, category.parent_id, kin.depth + 1
        FROM kin JOIN catalogue_category AS category ON category.id = kin.category_id WHERE category.parent_id IS NOT NULL
    ), {_PROMISED}
    SELECT kin.product_id, kin.depth, special.programme_id, special.rate_bp, special.announced_at, special.superseded_at,
        special.cap_idr, special.category_id, special.product_id
    FROM kin CROSS JOIN promised CROSS JOIN LATERAL (
        SELECT * FROM terms_specialrate
        WHERE programme_id = promised.id AND category_id = kin.category_id
        UNION ALL
        SELECT * FROM terms_specialrate
        WHERE kin.depth = 0 AND programme_id = promised.id AND product_id = kin.product_id
    ) AS special
    WHERE special.superseded_at IS NULL OR special.superseded_at > %(rates_since)s::timestamptz
"""  # noqa: S608 - ours
SPECIAL_RATES: LiteralString = f"""
    WITH RECURSIVE kin AS (
        SELECT DISTINCT product.id AS product_id, product.category_id, 0 AS depth
        FROM catalogue_variant AS variant JOIN catalogue_product AS product ON product.id = variant.product_id
        WHERE variant.id = ANY (%(variants)s::uuid[]){_SPECIAL_RATES}
"""  # noqa: S608 - ours
SPECIAL_RATES_OF_PRODUCTS: LiteralString = f"""
    WITH RECURSIVE kin AS (
        SELECT id AS product_id, category_id, 0 AS depth FROM catalogue_product
        WHERE id = ANY (%(products)s::uuid[]){_SPECIAL_RATES}
"""  # noqa: S608 - ours

LOOK: LiteralString = f"""
    WITH {_PROMISED}
    SELECT promised.id, promised.created_at, held.used_idr, held.counted_since, budget.amount_idr, budget.is_monthly,
        budget.counts_from, budget.announced_at, budget.superseded_at
    FROM promised
    JOIN terms_budgetuse AS held ON held.programme_id = promised.id
    JOIN terms_budgetterm AS budget ON budget.programme_id = promised.id
        AND (budget.superseded_at IS NULL OR budget.superseded_at > %(rates_since)s::timestamptz)
"""  # noqa: S608 - ours
LOCK: LiteralString = f"{LOOK} ORDER BY held.programme_id FOR NO KEY UPDATE OF held"

LOCK_USES: LiteralString = """
    SELECT programme_id FROM terms_budgetuse
    WHERE programme_id = ANY (%(budgets)s::uuid[]) ORDER BY programme_id FOR NO KEY UPDATE
"""
# The database refuses (`budget_never_exceeded`) more than is there.
RESERVE: LiteralString = """
    UPDATE terms_budgetuse AS held SET
        used_idr = taken.idr + CASE WHEN held.counted_since < taken.since THEN 0 ELSE held.used_idr END,
        most_idr = taken.most_idr, counted_since = greatest(held.counted_since, taken.since)
    FROM unnest(%(budgets)s::uuid[], %(taken)s::bigint[], %(most)s::bigint[], %(since)s::timestamptz[])
        AS taken (programme_id, idr, most_idr, since)
    WHERE held.programme_id = taken.programme_id
"""


def special_rates(
    rows: Rows,
) -> tuple[dict[uuid.UUID, tuple[int, ...]], dict[uuid.UUID, tuple[RateTerm, ...]]]:
    """What `SPECIAL_RATES` answers: of each product the categories that something is promised for, the nearest first; and of each
    programme its special terms."""
    depths: dict[uuid.UUID, dict[int, int]] = defaultdict(dict)
    terms: dict[uuid.UUID, set[RateTerm]] = defaultdict(set)
    for of_product, depth, programme_id, rate_bp, announced_at, superseded_at, cap_idr, category_id, product_id in rows:
        if category_id is not None:
            depths[of_product][category_id] = depth
        term = RateTerm(
            rate_bp, announced_at, superseded_at, cap_idr=cap_idr, category_id=category_id, product_id=product_id
        )
        terms[programme_id].add(term)
    nearest_first = {product: tuple(sorted(found, key=found.__getitem__)) for product, found in depths.items()}
    return nearest_first, {programme: tuple(found) for programme, found in terms.items()}


def budgets_left(rows: Rows, at: datetime) -> dict[uuid.UUID, tuple[Budget, int]]:
    """What `LOOK` answers: the budget that holds for each programme that has one, and what is left of it (IDR)."""
    announced: dict[uuid.UUID, list[Budget]] = defaultdict(list)
    held = {}
    for programme_id, opened_at, used_idr, counted_since, *announcement in rows:
        announced[programme_id].append(Budget(*announcement))
        held[programme_id] = opened_at, used_idr, counted_since
    found = {}
    for programme_id, (opened_at, used_idr, counted_since) in held.items():
        if budget := applicable_budget(announced[programme_id], opened_at, at):
            found[programme_id] = budget, left_idr(budget, used_idr, counted_since, at)
    return found
