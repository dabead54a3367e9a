"""The same few people in every test: buyer, seller, creator, operator, and a stranger who must get nothing."""

import dataclasses
import uuid
from dataclasses import dataclass
from datetime import timedelta

from lapak.affiliates.invitations import AS_USUAL, Offered, accept_creator_invitation, invite_creator
from lapak.affiliates.models import Creator, Link, Membership, Programme, ProgrammeRate
from lapak.affiliates.token import ClickToken
from lapak.goods.catalogue.models import Product, Variant
from lapak.goods.catalogue.stock import Cause, Reason, set_on_hand, stock_new_variants
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.people.shops.commands import open_shop
from lapak.people.shops.models import Shop
from lapak.people.users.models import Address, BankAccount, User
from lapak.people.users.operators import OperatorRole
from lapak.trade.orders.asked import AskedLine, AskedOrder, AskedPurchase
from lapak.trade.orders.rules import Clocks
from lapak.trade.shipping.queries import shipping_quotes

LISTED = Cause(Reason.LISTED)
"""Why goods of tests are on the shelf."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone, and the seller's shop in Cirebon with an open 10 % programme that the creator has joined. Everybody's
    e-mail is confirmed."""

    buyer: User
    seller: User
    creator_user: User
    operator: User
    stranger: User
    shop: Shop
    address: Address
    creator: Creator
    programme: Programme


def assemble_cast() -> Cast:
    """Make everyone, in the current database."""
    users = {
        name: User.objects.create_user(f"{name}@example.com", name=name.title())
        for name in ("buyer", "seller", "creator", "stranger")
    }
    operator = User.objects.create_superuser("operator@example.com", name="Operator")
    shop = open_shop(users["seller"], slug="batik-sekar", name="Batik Sekar", city="Cirebon", province_code="32")
    shop.bank_account = _bank_account(users["seller"], "014", "1234567890")
    shop.save(update_fields=["bank_account"])
    address = Address.objects.create(
        user=users["buyer"],
        recipient="Buyer",
        phone="081234567890",
        street="Jl. Melati 5",
        district="Tebet",
        city="Jakarta Selatan",
        province_code="31",
        postal_code="12810",
    )
    now = clock.now()
    creator = Creator.objects.create(
        user=users["creator"],
        handle="ceu-edoh",
        joined_at=now - timedelta(days=60),
        bank_account=_bank_account(users["creator"], "008", "9876543210"),
    )
    programme = Programme.objects.create(kind=Programme.Kind.OPEN, shop=shop, created_at=now - timedelta(days=60))
    ProgrammeRate.objects.create(programme=programme, rate_bp=1000, announced_at=now - timedelta(days=60))
    Membership.objects.create(programme=programme, creator=creator, joined_at=now - timedelta(days=60))
    return Cast(
        buyer=users["buyer"],
        seller=users["seller"],
        creator_user=users["creator"],
        operator=operator,
        stranger=users["stranger"],
        shop=shop,
        address=address,
        creator=creator,
        programme=programme,
    )


def operator_as(*roles: OperatorRole) -> User:
    """An operator who works in these roles; the same one whenever they are asked for."""
    email = f"{'-'.join(roles)}@operators.example.com"
    found = User.objects.filter(email=email).first()
    return found or User.objects.create_user(email, name="Operator", is_staff=True, operator_roles=[*roles])


def own_rate(cast: Cast, creator: Creator, rate_bp: int, offered: Offered = AS_USUAL) -> Programme:
    """The shop has invited the creator to promote at this rate, and they have accepted; where they had one, it is announced."""
    invitation = invite_creator(cast.seller, cast.shop, creator, rate_bp, offered)
    if invitation is not None:
        return accept_creator_invitation(creator.user, invitation.code)
    return Programme.objects.get(kind=Programme.Kind.INVITED, shop=cast.shop, memberships__creator=creator)


def stocked_variant(shop: Shop, *, price_idr: int = 100_000, on_hand: int = 10, weight_g: int = 300) -> Variant:
    """A published product of one variant, with stock."""
    product = Product.objects.create(
        shop=shop,
        title="Kemeja Batik Kawung",
        slug="kemeja-batik-kawung",
        status=Product.Status.PUBLISHED,
        weight_g=weight_g,
    )
    variant = Variant.objects.create(product=product, price_idr=price_idr)
    stock_new_variants(shop.id, {variant.id: on_hand}, LISTED)
    return variant


def leave_on_shelf(variant: Variant, on_hand: int) -> None:
    """The shelf has so many pieces from now on, as if the shop had counted them."""
    set_on_hand({variant.id: on_hand}, Cause(Reason.TYPED))


def asked_for(cast: Cast, *lines: tuple[Variant, int], key: uuid.UUID | None = None) -> AskedPurchase:
    """What an honest checkout page would send now: today's prices, the first shipping service."""
    by_shop: dict[Shop, list[tuple[Variant, int]]] = {}
    for variant, quantity in lines:
        by_shop.setdefault(variant.product.shop, []).append((variant, quantity))
    orders = []
    for shop, of_shop in by_shop.items():
        weight_g = sum(variant.product.charged_weight_g * quantity for variant, quantity in of_shop)
        quote = shipping_quotes(shop.province_code, cast.address.province_code, weight_g)[0]
        orders.append(
            AskedOrder(
                shop_id=shop.id,
                service_code=quote.service_code,
                shown_shipping_idr=quote.price_idr,
                lines=tuple(AskedLine(variant.id, quantity, variant.price_idr) for variant, quantity in of_shop),
            )
        )
    return AskedPurchase(idempotency_key=key or new_id(), address_id=cast.address.id, orders=tuple(orders))


def clocks_of_order() -> dict[str, int]:
    """The clocks of an order that is made without a purchase, as its columns."""
    return dataclasses.asdict(Clocks())


def link_to(cast: Cast, product: Product) -> Link:
    """The creator's link to a product."""
    return Link.objects.create(
        code=new_id().hex[-10:], creator=cast.creator, product=product, shop=product.shop, created_at=clock.now()
    )


def click_on(link: Link, *, days_ago: float = 0.01) -> ClickToken:
    """A proven click on a link, as the redirect would have signed it: a quarter of an hour ago, as of people who read first."""
    return ClickToken(link_id=link.id, click_id=new_id(), clicked_at=clock.now() - timedelta(days=days_ago))


def _bank_account(user: User, bank_code: str, number: str) -> BankAccount:
    return BankAccount.objects.create(user=user, bank_code=bank_code, number=number, holder=user.name)
