"""Every page that lists or sums something, as its reader sees it."""

import re
from collections import Counter
from collections.abc import Iterator

from django.test import Client

from lapak.affiliates.models import Commission, Link
from lapak.goods.catalogue.models import Product, Variant
from lapak.money.ledger.models import Transfer
from lapak.money.payouts.models import PayoutBatch
from lapak.testing.cast import Cast
from lapak.testing.rows_read import rows_read
from lapak.trade.orders.models import Order
from lapak.trade.returns.models import Return


def pages_read(cast: Cast) -> Iterator[tuple[str, Counter[str]]]:
    """Each page, and the rows it read by table."""
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
            f"{shop}/balance/{sold.id}", f"{shop}/creators", f"{shop}/move-out",
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
