"""The market of two shops with four creators, every kind of programme, and links to everything."""

from dataclasses import dataclass, replace
from datetime import timedelta

from lapak.affiliates.invitations import Offered
from lapak.affiliates.models import Creator, Link, Membership, Programme, ProgrammeRate
from lapak.goods.catalogue.models import Category, Product
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.people.shops.models import Shop
from lapak.people.users.models import BankAccount, User
from lapak.testing.cast import own_rate
from lapak.testing.market import Market, open_market, with_another_buyer

HANDLES = ("teh-rini", "kang-dadan")


@dataclass(slots=True)
class Promotion:
    """Who promotes what in a market: each creator has a link to each product and to each shop. The last of the three who buy
    is a creator."""

    market: Market
    creators: list[Creator]
    links: list[Link]
    programmes: list[Programme]
    categories: list[Category]
    products: list[Product]

    def by(self, programme: Programme) -> User:
        """Who may change it."""
        return self.market.sellers[programme.shop_id] if programme.shop_id else self.market.operator


def open_promotion() -> Promotion:
    """Everybody is in the shops' programmes, two in Lapak's own, one at a rate of their own that ends after twenty days."""
    market = open_market(on_hand=40)
    for cast in market.casts:
        BankAccount.objects.get_or_create(
            user=cast.buyer, bank_code="014", number=f"777{cast.buyer.pk.int % 10**7:07d}"
        )
    creators = [*Creator.objects.order_by("joined_at", "handle"), *map(_creator, HANDLES)]
    first = market.casts[0]
    platforms = Programme.objects.create(kind=Programme.Kind.PLATFORM, created_at=first.programme.created_at)
    ProgrammeRate.objects.create(programme=platforms, rate_bp=700, announced_at=platforms.created_at)
    for creator in creators:
        for programme in Programme.objects.all():
            if programme.shop_id or creator in creators[2:]:
                Membership.objects.get_or_create(
                    creator=creator, programme=programme, defaults={"joined_at": programme.created_at}
                )
    own_rate(first, creators[1], 1250, Offered(rate_ends_on=clock.today() + timedelta(days=20)))
    _choose_who_earns(first.shop)
    products = list(Product.objects.order_by("id"))
    categories = _categories(products)
    market.casts.append(with_another_buyer(replace(first, stranger=creators[0].user)))
    return Promotion(
        market=market,
        creators=creators,
        links=[link for creator in creators for link in _links(creator, products)],
        programmes=list(Programme.objects.order_by("created_at", "id")),
        categories=categories,
        products=products,
    )


def _choose_who_earns(first: Shop) -> None:
    """Of one shop they share, of the other the first does, of all else the newest."""
    opened = Programme.objects.filter(kind=Programme.Kind.OPEN)
    opened.filter(shop=first).update(won_by=Programme.WonBy.SHARED)
    opened.exclude(shop=first).update(won_by=Programme.WonBy.FIRST)


def _creator(handle: str) -> Creator:
    user = User.objects.create_user(f"{handle}@example.com", name=handle)
    account = BankAccount.objects.create(user=user, bank_code="014", number=f"666{user.pk.int % 10**7:07d}")
    joined_at = clock.now() - timedelta(days=60)
    return Creator.objects.create(user=user, handle=handle, joined_at=joined_at, bank_account=account)


def _categories(products: list[Product]) -> list[Category]:
    """A category in another, with the second product and the last; the first is in neither."""
    above = Category.objects.create(code="promoted", name_id="Batik", name_en="Batik")
    below = Category.objects.create(code="promoted.below", parent=above, name_id="Kain", name_en="Cloth")
    for product, category in ((products[1], below), (products[-1], above)):
        product.category = category
        product.save(update_fields=["category"])
    return [above, below]


def _links(creator: Creator, products: list[Product]) -> list[Link]:
    shops: dict[Shop, None] = {product.shop: None for product in products}
    targets = [*((product.shop, product) for product in products), *((shop, None) for shop in shops)]
    return [
        Link.objects.create(
            code=new_id().hex[-10:], creator=creator, product=product, shop=shop, created_at=clock.now()
        )
        for shop, product in targets
    ]
