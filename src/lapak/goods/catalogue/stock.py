"""The one writer of stock. Rows are locked in variant-id order, all of an act at once, so that two acts never wait for
each other in a ring; every change of what is on the shelf is a row of the journal (`StockChange`).

Every function runs in the caller's transaction, who has checked who is acting.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import LiteralString

from django.db import connection

from lapak.goods.catalogue import rules
from lapak.goods.catalogue.change_log import log_changes_of_variants
from lapak.goods.catalogue.errors import StockBelowReserved, StockMeanwhile
from lapak.goods.catalogue.models import Stock, StockChange
from lapak.lib import clock
from lapak.lib.copying import copy_rows

Pieces = Mapping[uuid.UUID, int]
"""How many, by variant."""

Reason = StockChange.Reason

# What a purchase looks at, locks and takes: in its own round trips, for many at once (flows/place_purchase). Search hears
# of what is sold out by it.
LOOK: LiteralString = """
    SELECT variant_id, on_hand, reserved FROM catalogue_stock WHERE variant_id = ANY (%(variants)s::uuid[])
"""
LOCK: LiteralString = f"{LOOK} ORDER BY variant_id FOR NO KEY UPDATE"
RESERVE: LiteralString = """
    WITH reserved AS (
        UPDATE catalogue_stock AS stock SET reserved = stock.reserved + taken.quantity
        FROM unnest(%(variants)s::uuid[], %(quantities)s::int[]) AS taken (variant_id, quantity)
        WHERE stock.variant_id = taken.variant_id
        RETURNING stock.variant_id, stock.on_hand - stock.reserved AS pieces_left
    )
    INSERT INTO catalogue_productchange (product_id, changed_at)
    SELECT DISTINCT variant.product_id, %(at)s::timestamptz
    FROM reserved JOIN catalogue_variant AS variant ON variant.id = reserved.variant_id WHERE reserved.pieces_left = 0
"""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why what is on the shelf changes, through whom (None: nobody in particular), and by which order, return, upload
    or sample."""

    reason: StockChange.Reason
    actor_id: uuid.UUID | None = None
    reference: uuid.UUID | None = None


def stock_new_variants(shop_id: uuid.UUID, on_hand: Pieces, cause: Cause) -> None:
    """These new variants of the shop have so many pieces; none is promised to anyone."""
    copy_rows(
        "catalogue_stock",
        ("variant_id", "shop_id", "on_hand", "reserved"),
        ((v, shop_id, n, 0) for v, n in on_hand.items()),
    )
    now = clock.now()
    copy_rows(
        "catalogue_stockchange",
        ("variant_id", "shop_id", "from_on_hand", "to_on_hand", "reason", "actor_id", "reference", "happened_at"),
        (
            (variant_id, shop_id, 0, pieces, cause.reason, cause.actor_id, cause.reference, now)
            for variant_id, pieces in on_hand.items()
            if pieces
        ),
    )


def release(pieces: Pieces) -> None:
    """So many pieces are promised to nobody any more."""
    _change(pieces, None, on_hand="held.on_hand", reserved="held.reserved - held.number")


def take_from_shelf(pieces: Pieces, cause: Cause) -> None:
    """So many promised pieces have left the shelf."""
    _change(
        pieces, cause, on_hand="held.on_hand - held.number", reserved="held.reserved - held.number", sold="held.number"
    )


def put_back(pieces: Pieces, cause: Cause) -> None:
    """So many pieces are on the shelf again: they count as sold no more."""
    _change(pieces, cause, on_hand="held.on_hand + held.number", reserved="held.reserved", sold="-held.number")


def shift(pieces: Pieces, cause: Cause) -> Pieces:
    """So many pieces more (or, below zero, fewer) are on the shelf, but never fewer than buyers were promised.

    Answers how many could not be taken away, of each variant of which that is any.
    """
    changed = _change(
        pieces, cause, on_hand="greatest(held.reserved, held.on_hand + held.number)", reserved="held.reserved"
    )
    return {id_: changed[id_] - number for id_, number in pieces.items() if changed.get(id_, number) > number}


def set_on_hand(pieces: Pieces, cause: Cause) -> None:
    """So many pieces are on the shelf, but never fewer than buyers were promised."""
    _change(pieces, cause, on_hand="greatest(held.reserved, held.number)", reserved="held.reserved")


def correct(variant_id: uuid.UUID, *, shown: int, typed: int, cause: Cause) -> Stock:
    """Who saw `shown` pieces typed another number: the difference is what they know better than we do.

    Shown 10, typed 12, three shipped meanwhile: 9 on the shelf, not 12. Refuses a number out of bounds
    (`ListingRefused`) and a result below what buyers were promised (`StockBelowReserved`, or `StockMeanwhile` when the
    shelf is no longer what was shown).
    """
    rules.refuse_unfit_stock(typed)
    stock = Stock.objects.select_for_update(no_key=True).get(variant_id=variant_id)
    on_hand = stock.on_hand + typed - shown
    if on_hand < stock.reserved:
        if stock.on_hand != shown:
            raise StockMeanwhile(stock.on_hand, stock.reserved)
        raise StockBelowReserved(stock.reserved)
    rules.refuse_unfit_stock(on_hand)
    shift({variant_id: typed - shown}, cause)
    stock.on_hand = on_hand
    return stock


def _change(
    pieces: Pieces, cause: Cause | None, *, on_hand: LiteralString, reserved: LiteralString, sold: LiteralString = "0"
) -> Pieces:
    """Answers by how many pieces each shelf has changed. `sold` is how many more have gone to buyers.

    Rows that do not change what is on the shelf leave no trace in the journal. The search index looks again: what was sold
    out may be back, and the other way round.
    """
    reason, actor_id, reference = (cause.reason, cause.actor_id, cause.reference) if cause else ("", None, None)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH held AS (
                SELECT stock.variant_id, stock.on_hand, stock.reserved, given.number FROM catalogue_stock AS stock
                JOIN unnest(%s::uuid[], %s::integer[]) AS given(id, number) ON given.id = stock.variant_id
                ORDER BY stock.variant_id FOR NO KEY UPDATE OF stock
            ),
            changed AS (
                UPDATE catalogue_stock AS stock
                SET on_hand = {on_hand}, reserved = {reserved}, sold = greatest(0, stock.sold + ({sold}))
                FROM held WHERE stock.variant_id = held.variant_id
                RETURNING stock.variant_id, stock.shop_id, held.on_hand AS was, stock.on_hand AS is_now
            ),
            noted AS (
                INSERT INTO catalogue_stockchange (
                    variant_id, shop_id, from_on_hand, to_on_hand, reason, actor_id, reference, happened_at
                )
                SELECT variant_id, shop_id, was, is_now, %s, %s, %s, %s FROM changed WHERE was <> is_now
            )
            SELECT variant_id, is_now - was FROM changed
            """,  # noqa: S608 - expressions of this module
            [list(pieces), list(pieces.values()), reason, actor_id, reference, clock.now()],
        )
        changed = dict(cursor.fetchall())
    log_changes_of_variants(pieces)
    return changed
