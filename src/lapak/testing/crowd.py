"""Lists as long as real ones, written straight into the tables: for tests of screens, marked `unsound_books`."""

import itertools
from collections.abc import Sequence
from datetime import timedelta

from lapak.affiliates.models import Commission, Creator, Link, Membership, Programme, ProgrammeRate
from lapak.goods.catalogue.models import Product, Variant
from lapak.goods.catalogue.stock import stock_new_variants
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.money.fees.models import FIRST_ID
from lapak.money.ledger.commands import post_transfers
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import AccountKey, NewTransfer, TransferCode
from lapak.money.payments.models import PaymentIntent
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.cast import LISTED, Cast, clocks_of_order
from lapak.trade.orders.models import Order, OrderContract, OrderLine, PaymentAllocation, Purchase


def many_products(shop: Shop, count: int, *, variants: int = 1) -> list[Product]:
    """Published products, each with so many variants of ten pieces."""
    products = Product.objects.bulk_create(
        Product(shop=shop, title=f"Sarung {n}", slug=f"sarung-{n}", status=Product.Status.PUBLISHED, weight_g=300)
        for n in range(count)
    )
    made = Variant.objects.bulk_create(
        Variant(product=product, price_idr=50_000 + n, position=n, option_values=[f"Warna {n}"] if variants > 1 else [])
        for product in products
        for n in range(variants)
    )
    stock_new_variants(shop.id, {variant.id: 10 for variant in made}, LISTED)
    return products


def many_orders(cast: Cast, variant: Variant, count: int, state: str = Order.State.TO_PACK) -> list[Order]:
    """Orders of one piece each, with what every order has: a purchase, a payment, a contract."""
    now = clock.now()
    purchase_ids = [new_id() for _ in range(count)]
    intents = PaymentIntent.objects.bulk_create(
        PaymentIntent(
            pays_for=purchase_id,
            buyer_id=cast.buyer.id,
            provider="sandbox",
            method="qris",
            amount_idr=115_000,
            status="paid",
            created_at=now,
            expires_at=now + timedelta(minutes=30),
            paid_at=now,
            told_at=now,
        )
        for purchase_id in purchase_ids
    )
    address = {
        "recipient": "Buyer", "phone": "081234567890", "street": "Jl. Melati 5", "district": "Tebet",
        "city": "Jakarta Selatan", "province_code": "31", "postal_code": "12810",
    }  # fmt: skip
    purchases = Purchase.objects.bulk_create(
        Purchase(
            id=purchase_id,
            buyer=cast.buyer,
            idempotency_key=new_id(),
            address=address,
            total_idr=115_000,
            placed_at=now,
            pay_by=now + timedelta(minutes=30),
        )
        for purchase_id in purchase_ids
    )
    orders = Order.objects.bulk_create(
        Order(
            id=new_id(),
            purchase=purchase,
            buyer=cast.buyer,
            shop=cast.shop,
            state=state,
            goods_idr=100_000,
            shipping_idr=15_000,
            shipping_service="jne-reg",
            courier="jne",
            placed_at=now,
            pay_by=now + timedelta(minutes=30),
            paid_at=now,
            pack_by=now + timedelta(days=2),
            escrow_idr=115_000,
            fee_schedule_id=FIRST_ID,
            fee_shares=100_000 * 200,
            **clocks_of_order(),
        )
        for purchase in purchases
    )
    PaymentAllocation.objects.bulk_create(
        PaymentAllocation(intent_id=intent.id, order=order, shop_id=cast.shop.id, amount_idr=115_000)
        for intent, order in zip(intents, orders, strict=True)
    )
    OrderContract.objects.bulk_create(
        OrderContract(order=order, shop_id=order.shop_id, body={"delivery": {"service": "JNE Reguler"}})
        for order in orders
    )
    OrderLine.objects.bulk_create(
        OrderLine(
            id=new_id(),
            order=order,
            shop_id=order.shop_id,
            variant=variant,
            title="Sarung",
            quantity=1,
            unit_price_idr=100_000,
            paid_idr=100_000,
            fee_bp=200,
        )
        for order in orders
    )
    return orders


def many_settled(shop: Shop, count: int) -> None:
    """Facts in the shop's statement: goods settled and a fee taken, of orders nobody has ever seen."""
    escrow = AccountKey(AccountKind.ORDER_ESCROW, str(shop.id))
    payable = AccountKey(AccountKind.SELLER_PAYABLE, str(shop.id))
    fees = AccountKey(AccountKind.PLATFORM_FEE, "platform")
    for order_id in [new_id() for _ in range(count)]:
        post_transfers(
            [
                NewTransfer(TransferCode.GOODS_SETTLED, order_id, escrow, payable, 100_000),
                NewTransfer(TransferCode.FEE, order_id, payable, fees, 2_000),
            ]
        )


def many_promoters(programme: Programme, count: int) -> list[Creator]:
    """Creators who have joined the programme."""
    now = clock.now()
    users = User.objects.bulk_create(User(email=f"promoter-{n}@example.com") for n in range(count))
    creators = Creator.objects.bulk_create(
        Creator(user=user, handle=f"promoter-{n}", joined_at=now) for n, user in enumerate(users)
    )
    Membership.objects.bulk_create(
        Membership(programme=programme, creator=creator, joined_at=now) for creator in creators
    )
    return creators


def many_programmes(count: int) -> list[Programme]:
    """Shops with an open programme of 5 % each."""
    now = clock.now()
    shops = Shop.objects.bulk_create(
        Shop(slug=f"toko-{n}", name=f"Toko {n}", city="Solo", province_code="33") for n in range(count)
    )
    programmes = Programme.objects.bulk_create(
        Programme(kind=Programme.Kind.OPEN, shop=shop, created_at=now) for shop in shops
    )
    ProgrammeRate.objects.bulk_create(
        ProgrammeRate(programme=programme, rate_bp=500, announced_at=now) for programme in programmes
    )
    return programmes


def many_links(creator: Creator, product: Product, count: int) -> list[Link]:
    """The creator's links to one product."""
    now = clock.now()
    return Link.objects.bulk_create(
        Link(code=f"c{n:06d}", creator=creator, product=product, shop=product.shop, label="tiktok", created_at=now)
        for n in range(count)
    )


def many_commissions(cast: Cast, link: Link, orders: list[Order], creators: Sequence[Creator] = ()) -> list[Commission]:
    """A pending commission on the line of each order: the cast's creator's, or of the creators in turn."""
    now = clock.now()
    lines = OrderLine.objects.filter(order__in=orders)
    earning = itertools.cycle(creators or [cast.creator])
    return Commission.objects.bulk_create(
        Commission(
            line=line,
            order_id=line.order_id,
            shop=cast.shop,
            creator=creator,
            link=link,
            programme=cast.programme,
            click_id=new_id(),
            clicked_at=now,
            attribution=Commission.Attribution.DIRECT,
            rate_bp=1_000,
            base_idr=100_000,
            amount_idr=10_000,
            created_at=now,
        )
        for line, creator in zip(lines, earning, strict=False)
    )
