"""What each page reads in a market twenty times as large: no more than it shows.

Whoever lists or sums something new gives it an address below. Rows are counted, not time: `lapak.testing.rows_read`.
"""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from lapak.affiliates.models import Commission, Link
from lapak.goods.catalogue.models import Product, Variant
from lapak.lib.owner import as_owner
from lapak.money.ledger.models import Transfer
from lapak.money.payouts.models import PayoutBatch
from lapak.testing.cast import Cast
from lapak.testing.rows_read import rows_read
from lapak.testing.seed import seed_market
from lapak.testing.stage import throwaway_stage
from lapak.trade.orders.models import Order
from lapak.trade.returns.models import Return
from lapak.web.shell.paging import AHEAD

SMALL = {"products": 400, "orders": 1_500, "clicks": 2_000}
BIG = {"products": 8_000, "orders": 15_000, "clicks": 40_000}

AT_MOST = 1.5
"""So many times what the small market's page reads the big one's may read …"""
AND_SO_MANY_MORE = AHEAD + 200
"""… and so many rows more: as far as paging counts ahead, and because lists are fuller and small tables are read whole."""

COUNTED = {
    "catalogue_product": "how many goods a shop has on sale stands on its page and beside its programme",
    "orders_order": "the tabs of a shop's orders, and the operator's first page, say how many there are in each state",
}
"""Tables of which some pages show an exact count; the database counts in an index alone, some 5,000,000 rows a second."""

_LEDGER = {"ledger_transfer", "ledger_account", "ledger_balancesnapshot"}
_OWED = "since when taxes are owed: the transfers that make up what is owed, and this market has never paid any"
_DUE = {"shops_shop", "payouts_payout", "orders_order", "payments_refund"}
_LINKS = {"affiliates_link", "shops_shop"}
_PROGRAMMES = {"affiliates_programme", "affiliates_membership", "shops_shop"}

SEEN_WHOLE: dict[str, tuple[set[str], str]] = {
    "operator /staff/orders/order/?q=…": (
        {
            "orders_order",
            "users_user",
            "shops_shop",
        },  # the database expects more of them than one, and joins them whole
        "an order by its number, the end of its id: another index would cost every purchase, for the operator alone",
    ),
    "operator /staff/": ({"ledger_transfer"}, _OWED),
    "operator /staff/house-desk": ({"ledger_transfer"}, _OWED),
    "operator /staff/payout-desk": (_LEDGER | _DUE, "what is due to everybody, added up"),
    "operator /staff/ledger/transfer/?code=fee": (
        {"ledger_transfer"},
        "the newest of one kind, from the newest of all: another index would cost every posting",
    ),
    "visitor /@ceu-edoh": (
        _LINKS,
        "a link to each product once: as far as paging counts, each is looked at three times",
    ),
    "visitor /@ceu-edoh?page=2": (_LINKS, "likewise"),
    "creator /create/links?page=2": (_PROGRAMMES, "what the page's shops pay, of all programmes that were joined"),
    "creator /create/links/new?q=kemeja": (_PROGRAMMES, "whether a shop whose goods have the word is promoted"),
    "creator /create": (
        {"affiliates_commission", "affiliates_link", "affiliates_click"},
        "clicks of the last two days",
    ),
    "seller /sell/shop": ({"catalogue_stock"}, "what runs out; an index on the pieces left would cost every purchase"),
    "seller /sell/shop/products?q=kemeja": ({"catalogue_variant"}, "a part of a title or SKU; the shop's alone"),
    "seller /sell/shop/creators": (
        {"affiliates_commission"},
        "what the creators shown brought: a sum kept on a row would be written by every purchase",
    ),
    "creator /create/commissions": ({"affiliates_commission"}, "likewise"),
    "creator /create/commissions?page=2": ({"affiliates_commission"}, "likewise"),
    "creator /create/commissions?state=paid": ({"affiliates_commission"}, "likewise"),
}
"""What else is read whole, and why."""

Pages = dict[str, Counter[str]]


@pytest.mark.long
def test_no_page_reads_more_in_a_big_market(django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        small, big = _walk(SMALL), _walk(BIG)
    grown = [
        f"{page}: {before.total():,} → {after.total():,} ({_where(after - before)})"
        for page, before, after in ((page, _weighed(page, small[page]), _weighed(page, big[page])) for page in big)
        if after.total() > before.total() * AT_MOST + AND_SO_MANY_MORE
    ]
    assert not grown, "\n".join(grown)


def _weighed(page: str, read: Counter[str]) -> Counter[str]:
    """Without what may grow there."""
    counted = COUNTED.keys() if page == "operator /staff/" or not page.startswith("operator") else set()
    may_grow = counted | SEEN_WHOLE.get(page, (set(), ""))[0]
    return Counter({table: rows for table, rows in read.items() if table not in may_grow})


def _where(more: Counter[str]) -> str:
    return ", ".join(f"{table} {rows:,}" for table, rows in more.most_common(3))


def _walk(size: dict[str, int]) -> Pages:
    with throwaway_stage():
        cast = seed_market(**size)
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as autovacuum does where tables have been in use for a while
        return dict(pages_read(cast))


def pages_read(cast: Cast) -> Iterator[tuple[str, Counter[str]]]:
    """Every page that lists or sums something, as its reader sees it, and the rows it read by table."""
    readers = {
        "visitor": None, "buyer": cast.buyer, "seller": cast.seller, "creator": cast.creator_user, "operator": cast.operator,
    }  # fmt: skip
    for role, paths in _addresses(cast).items():
        client = Client()
        if user := readers[role]:
            client.force_login(user)
        for path in paths:
            client.get(path)  # what a process keeps is read once
            with rows_read() as read:
                assert client.get(path).status_code == 200, f"{role} {path}"
            yield f"{role} {_name(path, cast)}", read


def _name(path: str, cast: Cast) -> str:
    """The same in both markets."""
    return re.sub(r"[0-9a-f-]{10,}", "…", re.sub(r"SKU-\d+|/links/\w{10}|q=\w{10}$", "…", path)).replace(
        cast.shop.slug, "shop"
    )


def _addresses(cast: Cast) -> dict[str, list[str]]:
    shop = f"/sell/{cast.shop.slug}"
    goods = Product.objects.filter(shop=cast.shop).latest("created_at")
    small_shop = Product.objects.exclude(shop=cast.shop).select_related("shop").latest("created_at")
    bought = Order.objects.filter(buyer=cast.buyer, state="completed").latest("placed_at")
    sold = Order.objects.filter(shop=cast.shop, state="completed").latest("placed_at")
    back = Return.objects.filter(shop=cast.shop).latest("asked_at")
    link = Link.objects.filter(creator=cast.creator).order_by("code").first()
    earned = Commission.objects.filter(creator=cast.creator, credited_at__isnull=False).latest("created_at")
    moved = Transfer.objects.filter(reference=sold.id).latest("posted_at")
    batch = PayoutBatch.objects.latest("created_at")
    sku = Variant.objects.filter(product=goods).values_list("seller_sku", flat=True)[0]
    assert link
    return {
        "visitor": [
            "/", "/c/fashion", f"/s/{cast.shop.slug}", f"/s/{cast.shop.slug}?page=2", f"/s/{small_shop.shop.slug}",
            goods.path, small_shop.path, f"/@{cast.creator.handle}", f"/@{cast.creator.handle}?page=2",
        ],
        "buyer": ["/orders", "/orders?page=2", f"/orders/{bought.id}", "/refunds", "/cart", "/account"],
        "seller": [
            shop, f"{shop}/products", f"{shop}/products?page=2", f"{shop}/products?q=kemeja",
            f"{shop}/products?q={sku}",
            f"{shop}/products?status=draft", f"{shop}/products/{goods.id}", f"{shop}/orders", f"{shop}/orders?page=2",
            f"{shop}/orders?state=completed", f"{shop}/orders?state=to_pack", f"{shop}/orders/{sold.id}", f"{shop}/returns",
            f"{shop}/returns/{back.id}", f"{shop}/balance", f"{shop}/balance/held", f"{shop}/balance/payouts",
            f"{shop}/balance/{sold.id}", f"{shop}/creators",
        ],
        "creator": [
            "/create", "/create/links", "/create/links?page=2", "/create/links/new", "/create/links/new?q=kemeja",
            f"/create/links/{link.code}", "/create/programmes", "/create/programmes?q=toko", "/create/commissions",
            "/create/commissions?page=2", "/create/commissions?state=paid", f"/create/commissions/{earned.pk}",
            "/create/balance", "/create/balance/payouts", f"/create/balance/{earned.order_id}",
        ],
        "operator": [
            "/staff/", "/staff/payout-desk", "/staff/money-desk", "/staff/house-desk", "/staff/books", "/staff/return-desk",
            f"/staff/books/{sold.id}", f"/staff/return-desk/{back.id}",
            *(f"/staff/{table}/" for table in _TABLES),
            f"/staff/ledger/transfer/?q={sold.id}", f"/staff/ledger/transfer/{moved.id}/change/",
            "/staff/ledger/transfer/?code=fee",
            f"/staff/orders/order/?q={sold.id}", f"/staff/orders/order/?q={sold.number}",
            "/staff/orders/order/?q=buyer@example.com",
            f"/staff/orders/order/{sold.id}/change/", "/staff/orders/order/?state__exact=shipped",
            f"/staff/payouts/payoutbatch/{batch.id}/change/", f"/staff/affiliates/programme/{cast.programme.id}/change/",
            f"/staff/shops/shop/{cast.shop.id}/change/", f"/staff/affiliates/creator/{cast.creator.id}/change/",
            f"/staff/users/user/{cast.buyer.id}/change/", f"/staff/affiliates/link/?q={link.code}",
            "/staff/users/user/?q=buyer@example.com",
        ],
    }  # fmt: skip


_TABLES = (
    "ledger/transfer", "ledger/account", "orders/order", "orders/purchase", "payments/paymentintent", "payments/refund",
    "returns/return", "shipping/rate", "affiliates/commission", "affiliates/creator", "affiliates/link",
    "affiliates/programme", "payouts/payout", "payouts/payoutbatch", "catalogue/product", "catalogue/category", "users/user",
    "shops/shop",
)  # fmt: skip
