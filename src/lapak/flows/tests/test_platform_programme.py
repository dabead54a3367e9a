"""Lapak's own programme: it is paid out of promotions, and no shop pays what it never agreed to."""

import pytest

from lapak.affiliates.models import Commission, Membership
from lapak.affiliates.programmes import announce_rate, join_programme, open_platform_programme
from lapak.flows.credit_creator import credit_creator
from lapak.flows.refund_return import approve_return
from lapak.flows.review_commission import freeze_commission
from lapak.flows.settle_order import settle_order
from lapak.flows.ship_order import confirm_receipt
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balance_idr, transfers_of_reference
from lapak.money.ledger.transfers import PLATFORM, AccountKey
from lapak.testing.cast import Cast, click_on, link_to
from lapak.testing.findings import deny_for_good
from lapak.testing.histories import asked_return, delivered_order
from lapak.trade.orders.models import Order
from lapak.web.sell.share import share_of_order

pytestmark = pytest.mark.django_db


def balance(kind: AccountKind, owner: object) -> int:
    return balance_idr(AccountKey(kind, str(owner)))


@pytest.fixture
def delivered(cast: Cast, variant: Variant) -> Order:
    """Goods for 100,000 that a creator brought about who is in Lapak's programme alone, at 10 %."""
    Membership.objects.all().delete()
    join_programme(cast.creator_user, open_platform_programme(cast.operator, 1000))
    return delivered_order(cast, (variant, 1), click=click_on(link_to(cast, variant.product)))


@pytest.fixture
def settled(cast: Cast, delivered: Order) -> Order:
    return confirm_receipt(cast.buyer, delivered.id)


def test_the_shop_keeps_its_whole_part(cast: Cast, settled: Order) -> None:
    credit_creator(cast.creator.id)
    assert [(t.code, t.amount_idr) for t in transfers_of_reference(settled.id)] == [
        ("shipping_settled", 15_000),
        ("goods_settled", 100_000),
        ("fee", 2_000),
        ("fee_vat", 220),
        ("platform_commission", 10_000),
        ("commission_credited", 10_000),
        ("commission_pph21", 250),
    ]
    assert balance(AccountKind.SELLER_PAYABLE, cast.shop.id) == 97_780
    assert balance(AccountKind.PROMOTION_COST, PLATFORM) == 10_000
    assert balance(AccountKind.CREATOR_PAYABLE, cast.creator.id) == 9_750
    assert share_of_order(settled).seller_idr == 97_780


def test_what_goes_back_is_the_platforms_again(cast: Cast, settled: Order) -> None:
    credit_creator(cast.creator.id)
    return_ = asked_return(cast, settled)
    approve_return(cast.seller, return_.id, waives_goods=True)
    assert Commission.objects.get().state == "reversed"
    assert balance(AccountKind.PROMOTION_COST, PLATFORM) == 0
    assert balance(AccountKind.CREATOR_PAYABLE, cast.creator.id) == 0


def test_a_denied_one_is_the_platforms_again(cast: Cast, settled: Order) -> None:
    commission_id = Commission.objects.get(order_id=settled.id).id
    freeze_commission(cast.operator, commission_id, "Looked into.")
    deny_for_good(cast.operator, commission_id, "Fraud.")
    assert balance(AccountKind.PROMOTION_COST, PLATFORM) == 0
    assert balance(AccountKind.SELLER_PAYABLE, cast.shop.id) == 97_780


def test_settling_again_pays_nothing_twice(settled: Order) -> None:
    settle_order(settled.id)
    assert balance(AccountKind.PROMOTION_COST, PLATFORM) == 10_000


@pytest.mark.parametrize(("cap_idr", "kept_idr"), [(None, 87_780), (4_000, 93_780)])
def test_a_capped_line_costs_its_shop_no_more(cast: Cast, variant: Variant, cap_idr: int | None, kept_idr: int) -> None:
    announce_rate(cast.seller, cast.programme, 1000, cap_idr=cap_idr)
    Membership.objects.update(joined_at=clock.now())  # who joins after a cut has it at once
    order = delivered_order(cast, (variant, 1), click=click_on(link_to(cast, variant.product)))
    confirm_receipt(cast.buyer, order.id)
    assert balance(AccountKind.SELLER_PAYABLE, cast.shop.id) == kept_idr
