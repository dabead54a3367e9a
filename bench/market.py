"""What `checkout` and `hot-sku` are measured on: a shop, buyers who are signed in, and what their browsers send."""

import itertools
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import connection

from bench.load import post_request
from lapak.affiliates.models import Link
from lapak.affiliates.token import make_token
from lapak.goods.catalogue.models import Product, Variant
from lapak.goods.catalogue.stock import stock_new_variants
from lapak.lib.ids import new_id
from lapak.lib.owner import as_owner
from lapak.people.users.models import Address, User
from lapak.testing.cast import LISTED, Cast, assemble_cast, link_to
from lapak.trade.orders.rules import unpaid_limits
from lapak.web.shell.session_user import signed_session

ORDERS_A_BUYER = unpaid_limits(is_verified=True).purchases
"""More than these a buyer cannot leave unpaid: there must be a new one."""

CSRF = "b" * 32
PASSWORD = "!bench"
"""Nobody signs in with it; their sessions carry its hash."""


@dataclass(frozen=True, slots=True)
class Market:
    """A shop whose goods cost Rp100.000 each, and a creator's link to one of them. After the buyers come as many again for
    whom only pgbench writes."""

    cast: Cast
    link: Link
    buyers: int

    def purchases(self, variants: Iterator[int]) -> Iterator[bytes]:
        """The checkout form of one buyer after the other, each with the token of a click on the creator's link."""
        sessions = [_session(User(id=buyer_id(n), password=PASSWORD)) for n in range(self.buyers)]
        for _, (n, session) in itertools.product(range(ORDERS_A_BUYER), enumerate(sessions)):
            form = urlencode(
                {
                    "csrfmiddlewaretoken": CSRF,
                    "key": new_id(),
                    "address": address_id(n),
                    "line": f"{variant_id(next(variants))}:1:100000:{self.cast.shop.id}",
                    f"service.{self.cast.shop.id}": "jne-reg:15000",
                }
            )
            clicks = make_token(self.link.id, new_id())
            cookies = f"{session}; {settings.CSRF_COOKIE_NAME}={CSRF}; lapak_clicks={clicks}"
            yield post_request("/checkout", form, f"Cookie: {cookies}")


def open_market(*, buyers: int, on_hand: Sequence[int]) -> Market:
    """Goods of one variant each, so many pieces of each, and buyers whose addresses are confirmed."""
    cast = assemble_cast()
    products = Product.objects.bulk_create(
        Product(
            shop=cast.shop,
            title=f"Kemeja Batik {n}",
            slug=f"kemeja-batik-{n}",
            status=Product.Status.PUBLISHED,
            weight_g=300,
        )
        for n in range(len(on_hand))
    )
    Variant.objects.bulk_create(
        Variant(id=variant_id(n), product=product, price_idr=100_000) for n, product in enumerate(products)
    )
    stock_new_variants(cast.shop.id, {variant_id(n): pieces for n, pieces in enumerate(on_hand)}, LISTED)
    _bring_buyers(2 * buyers)
    return Market(cast, link_to(cast, products[0]), buyers)


def variant_id(n: int) -> uuid.UUID:
    """Known to pgbench without a look-up: see `checkout_limit.sql`."""
    return uuid.UUID(f"00000000-0000-7000-8000-{n:012x}")


def buyer_id(n: int) -> uuid.UUID:
    """Likewise."""
    return uuid.UUID(f"00000000-0000-7000-9000-{n:012x}")


def address_id(n: int) -> uuid.UUID:
    return uuid.UUID(f"00000000-0000-7000-a000-{n:012x}")


def analyse() -> None:
    """What autovacuum does within its first minute, done now: the plans are made on tables that are no longer empty."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _bring_buyers(count: int) -> None:
    User.objects.bulk_create(
        User(id=buyer_id(n), email=f"bench-{n}@example.com", name=f"Buyer {n}", password=PASSWORD) for n in range(count)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user_id=buyer_id(n), email=f"bench-{n}@example.com", verified=True, primary=True)
        for n in range(count)
    )
    Address.objects.bulk_create(
        Address(
            id=address_id(n), user_id=buyer_id(n), recipient=f"Buyer {n}", phone="081234567890", street="Jl. Melati 5",
            district="Tebet", city="Jakarta Selatan", province_code="31", postal_code="12810",
        )
        for n in range(count)
    )  # fmt: skip


def _session(user: User) -> str:
    return f"{settings.SESSION_COOKIE_NAME}={signed_session(user).session_key}"
