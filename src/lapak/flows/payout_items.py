"""What a payout pays, named: so that each commission, refund and order knows where its money is."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db import connection

from lapak.affiliates.commissions import lock_payable_commissions
from lapak.affiliates.models import Commission
from lapak.affiliates.posts.commands import lock_payable_posts
from lapak.affiliates.posts.queries import payable_posts
from lapak.affiliates.queries import credited_idr, payable_commissions
from lapak.money.ledger.models import AccountKind
from lapak.money.payments.models import Refund
from lapak.money.payments.queries import bank_refunds_owed
from lapak.money.payments.refunds import send_refunds_by
from lapak.money.payouts.commands import PayoutClaim, add_items
from lapak.money.payouts.models import Payout, PayoutItem
from lapak.money.payouts.queries import live_items
from lapak.trade.returns.queries import held_back

# The orders whose money reached a shop's balance since its last live payout, with what each brought; those that were held
# back until then, as goods of theirs were asked to go back or their payment was in dispute, and no longer are; and those of
# payouts that came back. A transfer may be committed so long after its moment as a transaction may live (settings). Each side of
# an account has an index of its own by moment: asked about both in one, the database goes through the account's whole life.
# What is asked of one payee, order or payout stands in subqueries that no planner takes apart (`OFFSET 0`): ledger and items are
# read by their indexes, whatever the database knows, or knows no more, of how many rows there are. Where it took the items for
# few, it chose to go through all of them once for each order.
_ORDERS = """
    WITH payee AS (
        SELECT p.account_id, p.shop_id, p.payout_id, coalesce((
            SELECT max(earlier.created_at) - interval '15 minutes' FROM payouts_payout AS earlier
            WHERE earlier.account_id = p.account_id AND earlier.status IN ('sent', 'confirmed')
                AND earlier.id <> p.payout_id
        ), '-infinity') AS since
        FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[]) AS p (account_id, shop_id, payout_id)
    ), freed AS (
        SELECT payee.payout_id, payee.account_id, held.order_id, held.asked_at AS held_at
        FROM payee JOIN returns_return AS held ON held.shop_id = payee.shop_id AND held.ended_at >= payee.since
        UNION ALL
        SELECT payee.payout_id, payee.account_id, share.order_id, held.opened_at
        FROM payee JOIN payments_disputeshare AS share ON share.shop_id = payee.shop_id
        JOIN payments_dispute AS held ON held.id = share.dispute_id AND held.ended_at >= payee.since
    ), booked AS (
        SELECT payee.payout_id, t.reference, t.idr
        FROM payee CROSS JOIN LATERAL (
            SELECT reference, sum(idr)::bigint AS idr FROM (
                SELECT reference, amount_idr AS idr FROM ledger_transfer
                WHERE credit_account_id = payee.account_id AND posted_at >= payee.since
                UNION ALL
                SELECT reference, -amount_idr FROM ledger_transfer
                WHERE debit_account_id = payee.account_id AND posted_at >= payee.since
            ) AS side GROUP BY reference
        ) AS t
        JOIN orders_order AS o ON o.id = t.reference
        UNION ALL
        SELECT freed.payout_id, freed.order_id, t.idr
        FROM freed JOIN orders_order AS o ON o.id = freed.order_id AND freed.held_at >= o.settled_at
        CROSS JOIN LATERAL (
            SELECT sum(CASE credit_account_id WHEN freed.account_id THEN amount_idr ELSE -amount_idr END)::bigint AS idr
            FROM ledger_transfer
            WHERE reference = freed.order_id AND freed.account_id IN (debit_account_id, credit_account_id)
        ) AS t
        UNION ALL
        SELECT payee.payout_id, item.item_id, item.amount_idr
        FROM payee JOIN payouts_payout AS back ON back.account_id = payee.account_id
            AND back.status IN ('failed', 'returned')
        CROSS JOIN LATERAL (
            SELECT item_id, amount_idr FROM payouts_payoutitem
            WHERE payout_id = back.id AND kind = 'order' AND NOT is_live OFFSET 0
        ) AS item
        WHERE back.created_at < payee.since
    )
    SELECT DISTINCT ON (payout_id, reference) payout_id, reference, idr FROM booked
    WHERE idr > 0 AND reference <> ALL (%s::uuid[]) AND NOT EXISTS (
        SELECT FROM payouts_payoutitem AS live
        WHERE live.kind = 'order' AND live.item_id = booked.reference AND live.is_live OFFSET 0
    )
    ORDER BY payout_id, reference, idr DESC
"""


def lock_what_is_claimed(claims: Sequence[PayoutClaim]) -> list[Refund]:
    """Refunds, commissions and fees for posts that the claims will pay, held until the transaction ends: before payouts and
    accounts.

    Answers the refunds: what becomes owed after this is for the next payout.
    """
    buyers = _owners(claims, AccountKind.BUYER_REFUND_PAYABLE)
    refunds = list(bank_refunds_owed(buyers).select_for_update(no_key=True).order_by("id"))
    creators = _owners(claims, AccountKind.CREATOR_PAYABLE)
    lock_payable_commissions(creators)
    lock_payable_posts(creators)
    return refunds


def held_commissions_idr(creators: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """The sum of each creator's `held_commissions`, IDR."""
    return {creator_id: sum(held.values()) for creator_id, held in held_commissions(creators).items()}


def held_commissions(creators: Collection[uuid.UUID]) -> dict[uuid.UUID, dict[uuid.UUID, int]]:
    """What the creators were credited for goods that an open return or dispute may take back, and no payout pays yet: by
    creator and commission, IDR."""
    held = defaultdict[uuid.UUID, dict[uuid.UUID, int]](dict)
    payable = payable_commissions(creators)
    # The few orders first, found where they are: what is in a balance may be thousands of commissions.
    orders = held_back(payable.order_by().values_list("order_id", flat=True))
    commissions = _unnamed(payable.filter(order_id__in=orders))
    for commission, net_idr in zip(commissions, credited_idr(commissions), strict=True):
        held[commission.creator_id][commission.id] = net_idr
    return dict(held)


def name_items(claims: Sequence[PayoutClaim], payouts: Sequence[Payout], refunds: Sequence[Refund]) -> None:
    """Each new payout names what it pays: of what was locked by `lock_what_is_claimed` the `refunds`, and what is in the
    accounts but for what its claim held back: a return or dispute that began or ended since then changes neither."""
    payout_of = {
        (claim.account.kind, claim.account.owner): payout for claim, payout in zip(claims, payouts, strict=True)
    }
    held = {id_ for claim in claims for id_ in claim.held_back}
    _name_refunds(payout_of, refunds)
    _name_commissions(payout_of, held)
    _name_posts(payout_of)
    _name_orders(payout_of, held)


def _name_refunds(payout_of: dict[tuple[AccountKind, str], Payout], refunds: Sequence[Refund]) -> None:
    carried = defaultdict(list)
    for refund in refunds:
        if payout := payout_of.get((AccountKind.BUYER_REFUND_PAYABLE, str(refund.buyer_id))):
            carried[payout].append(refund)
    for payout, theirs in carried.items():
        add_items(_item(payout, PayoutItem.Kind.REFUND, refund.id, refund.amount_idr) for refund in theirs)
        send_refunds_by(payout.id, [refund.id for refund in theirs])


def _name_commissions(payout_of: dict[tuple[AccountKind, str], Payout], held: Collection[uuid.UUID]) -> None:
    """Whoever credits a creator holds the account until it is committed: what is payable now is in the balance that was
    read."""
    creators = [uuid.UUID(owner) for kind, owner in payout_of if kind is AccountKind.CREATOR_PAYABLE]
    waiting = [commission for commission in _unnamed(payable_commissions(creators)) if commission.id not in held]
    add_items(
        _item(
            payout_of[AccountKind.CREATOR_PAYABLE, str(commission.creator_id)],
            PayoutItem.Kind.COMMISSION,
            commission.id,
            net_idr,
        )
        for commission, net_idr in zip(waiting, credited_idr(waiting), strict=True)
    )


def _name_posts(payout_of: dict[tuple[AccountKind, str], Payout]) -> None:
    """As `_name_commissions`: nothing takes a credited fee back."""
    creators = [uuid.UUID(owner) for kind, owner in payout_of if kind is AccountKind.CREATOR_PAYABLE]
    posts = list(payable_posts(creators))
    live = live_items(PayoutItem.Kind.POST, [post.id for post in posts])
    add_items(
        _item(payout_of[AccountKind.CREATOR_PAYABLE, str(post.creator_id)], PayoutItem.Kind.POST, post.id, post.net_idr)
        for post in posts
        if post.id not in live
    )


def _unnamed(commissions: Iterable[Commission]) -> list[Commission]:
    """Those that no payout pays which is on its way or has arrived."""
    rows = list(commissions)
    live = live_items(PayoutItem.Kind.COMMISSION, [commission.id for commission in rows])
    return [commission for commission in rows if commission.id not in live]


def _name_orders(payout_of: dict[tuple[AccountKind, str], Payout], held: Collection[uuid.UUID]) -> None:
    shops = [(owner, payout) for (kind, owner), payout in payout_of.items() if kind is AccountKind.SELLER_PAYABLE]
    accounts, payouts = [payout.account_id for _, payout in shops], [payout.id for _, payout in shops]
    with connection.cursor() as cursor:
        cursor.execute(_ORDERS, [accounts, [owner for owner, _ in shops], payouts, list(held)])
        rows = cursor.fetchall()
    add_items(
        PayoutItem(payout_id=payout_id, kind=PayoutItem.Kind.ORDER, item_id=order_id, amount_idr=idr)
        for payout_id, order_id, idr in rows
    )


def _item(payout: Payout, kind: PayoutItem.Kind, item_id: uuid.UUID, amount_idr: int) -> PayoutItem:
    return PayoutItem(payout=payout, kind=kind, item_id=item_id, amount_idr=amount_idr)


def _owners(claims: Sequence[PayoutClaim], kind: AccountKind) -> list[uuid.UUID]:
    return [uuid.UUID(claim.account.owner) for claim in claims if claim.account.kind is kind]
