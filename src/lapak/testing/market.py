"""A market of two shops, two creators and two buyers: for tests of everyone acting at once, or in any order."""

import dataclasses
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from lapak.affiliates.models import Creator, Link, Membership, Programme, ProgrammeRate
from lapak.affiliates.token import ClickToken
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.money.gateways.contract import ChargeReport, ChargeStatus, DisputeReport, DisputeStatus
from lapak.money.payments.models import PaymentIntent
from lapak.people.shops.commands import open_shop
from lapak.people.shops.models import Shop
from lapak.people.users.models import Address, BankAccount, User
from lapak.testing.cast import Cast, assemble_cast, click_on, link_to, stocked_variant
from lapak.trade.orders.models import Order

if TYPE_CHECKING:
    from lapak.trade.returns.models import Return
    from lapak.trade.reviews.models import Review

PRICES_IDR = (1, 99_999, 345_678, 50_000)
"""Of two goods of each shop: one rupiah, amounts that divide badly, and the worked example's half."""


@dataclasses.dataclass(slots=True)
class Market:
    """Who is there; what is on sale; and which creator's link led to which goods: opposite ones in the two shops."""

    casts: list[Cast]
    sellers: dict[uuid.UUID, User]
    variants: list[Variant]
    links: list[Link]

    def clicks(self) -> list[ClickToken]:
        return [click_on(link) for link in self.links]

    def seller_of(self, row: "Order | Return | Review") -> User:
        return self.sellers[row.shop_id]

    def buyer_of(self, order: Order) -> User:
        return next(cast.buyer for cast in self.casts if cast.buyer.id == order.buyer_id)

    @property
    def operator(self) -> User:
        return self.casts[0].operator


def open_market(on_hand: int = 12) -> Market:
    """With so many pieces of each of the goods."""
    cast = assemble_cast()
    second_seller = User.objects.create_user("seller2@example.com", name="Seller Two")
    second_shop = open_shop(second_seller, slug="kopi-gayo", name="Kopi Gayo", city="Takengon", province_code="11")
    second_shop.bank_account = _bank_account(second_seller, "5550002222")
    second_shop.save(update_fields=["bank_account"])
    second_creator = _second_creator(cast, second_shop)
    variants = [
        stocked_variant(shop, price_idr=price, on_hand=on_hand)
        for shop, price in zip((cast.shop, cast.shop, second_shop, second_shop), PRICES_IDR, strict=True)
    ]
    other = dataclasses.replace(cast, creator=second_creator)
    links = [link_to(who, variant.product) for who, variant in zip((cast, other, other, cast), variants, strict=True)]
    _bank_account(cast.buyer, "5550003333")
    return Market(
        casts=[cast, with_another_buyer(cast)],
        sellers={cast.shop.id: cast.seller, second_shop.id: second_seller},
        variants=variants,
        links=links,
    )


def _second_creator(cast: Cast, second_shop: Shop) -> Creator:
    user = User.objects.create_user("creator2@example.com", name="Creator Two")
    creator = Creator.objects.create(
        user=user, handle="mang-asep", joined_at=cast.creator.joined_at, bank_account=_bank_account(user, "5550004444")
    )
    joined_at = cast.programme.created_at
    programme = Programme.objects.create(kind=Programme.Kind.OPEN, shop=second_shop, created_at=joined_at)
    ProgrammeRate.objects.create(programme=programme, rate_bp=1333, announced_at=joined_at)
    for where in (cast.programme, programme):
        for who in (cast.creator, creator):
            Membership.objects.get_or_create(programme=where, creator=who, defaults={"joined_at": joined_at})
    return creator


def with_another_buyer(cast: Cast) -> Cast:
    """The cast whose buyer is its stranger: with an address, and without a bank account."""
    address = Address.objects.get(id=cast.address.id)
    address.pk, address.user = None, cast.stranger
    address.id = new_id()
    address.save(force_insert=True)
    return dataclasses.replace(cast, buyer=cast.stranger, address=address)


def _bank_account(user: User, number: str) -> BankAccount:
    return BankAccount.objects.create(user=user, bank_code="014", number=number, holder=user.name)


def charge_report(intent: PaymentIntent, status: str = "paid", *, amount_idr: int | None = None) -> ChargeReport:
    """What the gateway says of the attempt now, at its 0.7 %."""
    idr = intent.amount_idr if amount_idr is None else amount_idr
    is_paid = status == "paid"
    return ChargeReport(
        intent.id,
        ChargeStatus(status),
        idr,
        (idr * 7 + 500) // 1000 if is_paid else 0,
        clock.now() if is_paid else None,
    )


def dispute_report(
    intent: PaymentIntent,
    amount_idr: int | None = None,
    status: str = "opened",
    *,
    reference: str = "",
    fee_idr: int | None = None,
) -> DisputeReport:
    """What the gateway says of a dispute of the attempt: of all of it, and a new one, unless told. It takes the money at
    once, gives it back when it is won, wants a week's answer and, unless told, 50,000 for one that is lost."""
    return DisputeReport(
        reference=reference or f"dp{new_id().hex[-12:]}",
        intent_id=intent.id,
        status=DisputeStatus(status),
        amount_idr=intent.amount_idr if amount_idr is None else amount_idr,
        answer_by=clock.now() + timedelta(days=7),
        is_taken=status != "won",
        fee_idr=fee_idr if fee_idr is not None else 50_000 if status == "lost" else 0,
        reason="goods_not_as_described",
    )
