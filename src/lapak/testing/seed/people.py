"""Who is in the big market: small shops beside the cast's, creators with links, buyers."""

import itertools
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from lapak.affiliates.models import Creator, Link, Membership, Programme, ProgrammeRate
from lapak.lib import clock
from lapak.people.shops.models import Member, Shop
from lapak.people.users.models import BankAccount, User
from lapak.testing.cast import Cast

PASSWORD = "lapak-demo"  # noqa: S105 - of a market in which nothing is real

MOST_SMALL_SHOPS, GOODS_OF_A_SMALL_SHOP = 500, 10
ORDERS_A_BUYER, ORDERS_A_CREATOR = 10, 100
MOST_CREATORS, MOST_LINKS_OF_ONE = 20_000, 5_000
LINKS_OF_OTHERS = 3
TOWNS = ("Cirebon", "Bandung", "Bogor", "Garut", "Sukabumi", "Tasikmalaya")
"""All in the cast's shop's province: a parcel costs the same from everywhere."""


@dataclass(frozen=True, slots=True)
class Seller:
    """A shop, who works in it, and the programme that is open to all."""

    shop: Shop
    user_id: uuid.UUID
    programme_id: uuid.UUID


@dataclass(slots=True)
class People:
    """The first of each kind is the cast's."""

    sellers: list[Seller]
    creators: list[Creator]
    buyers: list[User]
    links: list[Link]

    @property
    def shops(self) -> list[Shop]:
        return [seller.shop for seller in self.sellers]


def bring_people(cast: Cast, products: int, orders: int) -> People:
    """Everyone that so many products and orders need; the links come with the goods. All sign in with `PASSWORD`."""
    password = make_password(PASSWORD)
    for user in (cast.buyer, cast.seller, cast.creator_user, cast.operator, cast.stranger):
        user.password = password
        user.save(update_fields=["password"])
    sellers = [Seller(cast.shop, cast.seller.id, cast.programme.id)]
    sellers += _small_shops(min(MOST_SMALL_SHOPS, products // 2 // GOODS_OF_A_SMALL_SHOP), password)
    buyers = _users("pembeli", orders // ORDERS_A_BUYER, password)
    _bank_accounts(buyers, "009")
    creators = _creators(min(MOST_CREATORS, 2 + orders // ORDERS_A_CREATOR), password)
    people = People(sellers, [cast.creator, *creators], [cast.buyer, *buyers], [])
    _join(people)
    return people


def link_goods(people: People, product_of_shop: list[list[uuid.UUID]], chance: random.Random) -> None:
    """Links to goods of the shops: many of the first creator's, a few of each other's."""
    now = clock.now()
    pairs = [(shop, product) for shop, products in enumerate(product_of_shop) for product in products]
    first = chance.sample(pairs, min(MOST_LINKS_OF_ONE, 1 + len(pairs) // 10))
    others = ((creator, chance.choice(pairs)) for creator in people.creators[1:] for _ in range(LINKS_OF_OTHERS))
    people.links += Link.objects.bulk_create(
        (
            Link(
                code=f"s{n:07d}",
                creator=creator,
                product_id=product,
                shop=people.sellers[shop].shop,
                label=("tiktok", "ig-bio", "youtube")[n % 3],
                created_at=now - timedelta(days=80, seconds=n),
            )
            for n, (creator, (shop, product)) in enumerate(
                itertools.chain(((people.creators[0], pair) for pair in first), others)
            )
        ),
        batch_size=5_000,
    )


def _small_shops(count: int, password: str) -> Iterator[Seller]:
    users = _users("penjual", count, password)
    accounts = _bank_accounts(users, "014")
    shops = Shop.objects.bulk_create(
        Shop(
            slug=f"toko-{n:03d}",
            name=f"Toko {user.name}",
            city=TOWNS[n % len(TOWNS)],
            province_code="32",
            bank_account=accounts[n],
        )
        for n, user in enumerate(users)
    )
    Member.objects.bulk_create(
        Member(shop=shop, user=user, role=Member.Role.OWNER) for shop, user in zip(shops, users, strict=True)
    )
    then = clock.now() - timedelta(days=120)
    programmes = Programme.objects.bulk_create(
        Programme(kind=Programme.Kind.OPEN, shop=shop, created_at=then) for shop in shops
    )
    ProgrammeRate.objects.bulk_create(
        ProgrammeRate(programme=programme, rate_bp=1_000, announced_at=then) for programme in programmes
    )
    for shop, user, programme in zip(shops, users, programmes, strict=True):
        yield Seller(shop, user.id, programme.id)


def _creators(count: int, password: str) -> list[Creator]:
    users = _users("kreator", count, password)
    accounts = _bank_accounts(users, "008")
    then = clock.now() - timedelta(days=120)
    return Creator.objects.bulk_create(
        (
            Creator(user=user, handle=f"kreator-{n:05d}", joined_at=then, bank_account=account)
            for n, (user, account) in enumerate(zip(users, accounts, strict=True))
        ),
        batch_size=5_000,
    )


def _join(people: People) -> None:
    """The first creator is in every programme, the others in the first and in one of a small shop."""
    joined = {(people.creators[0], seller.programme_id) for seller in people.sellers[1:]}
    for n, creator in enumerate(people.creators[1:]):
        joined |= {
            (creator, people.sellers[0].programme_id),
            (creator, people.sellers[n % len(people.sellers)].programme_id),
        }
    then = clock.now() - timedelta(days=110)
    Membership.objects.bulk_create(
        (Membership(programme_id=programme, creator=creator, joined_at=then) for creator, programme in joined),
        batch_size=5_000,
    )


def _users(kind: str, count: int, password: str) -> list[User]:
    users = User.objects.bulk_create(
        (
            User(email=f"{kind}-{n:06d}@example.com", name=f"{kind.title()} {n}", password=password)
            for n in range(count)
        ),
        batch_size=5_000,
    )
    confirmed = (EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users)
    EmailAddress.objects.bulk_create(confirmed, batch_size=5_000)
    return users


def _bank_accounts(users: list[User], bank_code: str) -> list[BankAccount]:
    return BankAccount.objects.bulk_create(
        (
            BankAccount(user=user, bank_code=bank_code, number=f"77{n:08d}", holder=user.name)
            for n, user in enumerate(users)
        ),
        batch_size=5_000,
    )
