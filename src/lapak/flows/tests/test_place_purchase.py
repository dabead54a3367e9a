"""Placing a purchase: whole or not at all."""

import dataclasses
import uuid
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from allauth.account.models import EmailAddress

from lapak.affiliates.models import Commission, Creator, Membership, Programme, ProgrammeRate
from lapak.flows.cancel_order import cancel_unpaid_purchase
from lapak.flows.place_purchase import place_purchase
from lapak.goods.catalogue.models import Product, ProductChange, Variant
from lapak.lib import clock, pipeline
from lapak.lib.ids import new_id
from lapak.money.payments.models import PaymentIntent
from lapak.people.shops.commands import open_shop
from lapak.people.users.models import BankAccount, User
from lapak.testing.cast import Cast, asked_for, click_on, link_to, stocked_variant
from lapak.testing.refused import refused
from lapak.trade.orders.asked import AskedPurchase
from lapak.trade.orders.carts import add_to_cart, cart_of_user
from lapak.trade.orders.errors import (
    AddressMissing,
    GoodsGone,
    GoodsHeld,
    MethodUnavailable,
    PiecesLimited,
    PriceChanged,
    PurchaseMalformed,
    PurchaseRefused,
    PurchaseTooLarge,
    ShippingChanged,
    ShopClosed,
    StockGone,
    UnpaidLimited,
)
from lapak.trade.orders.models import Order, OrderEvent, Purchase

pytestmark = pytest.mark.django_db


def refusal_of(cast: Cast, asked: AskedPurchase) -> Any:
    """What it is refused with, leaving every table as it was."""
    with refused(PurchaseRefused, of_this_family=True) as refusal:
        place_purchase(cast.buyer.id, asked)
    return refusal.value


class TestPlaced:
    def test_everything_is_there(self, cast: Cast, variant: Variant) -> None:
        add_to_cart(cart_of_user(cast.buyer), variant.id, 2)
        purchase = Purchase.objects.get(id=place_purchase(cast.buyer.id, asked_for(cast, (variant, 2))))
        order = purchase.orders.get()
        assert (order.state, order.goods_idr, order.shipping_idr) == ("awaiting_payment", 200_000, 15_000)
        assert purchase.total_idr == PaymentIntent.objects.get(pays_for=purchase.id).amount_idr == 215_000
        assert purchase.pay_by - purchase.placed_at == timedelta(minutes=30)
        assert purchase.address["street"] == "Jl. Melati 5"
        assert order.lines.get().title == "Kemeja Batik Kawung"
        assert OrderEvent.objects.get(order=order).actor == cast.buyer
        variant.stock.refresh_from_db()
        assert (variant.stock.on_hand, variant.stock.reserved) == (10, 2)
        assert not cart_of_user(cast.buyer).lines.exists()

    def test_the_contract_has_the_nine_items(self, cast: Cast, variant: Variant) -> None:
        purchase_id = place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)))
        contract = Order.objects.get(purchase_id=purchase_id).contract
        assert set(contract) == {
            "parties", "specification", "legality", "value", "payment", "delivery", "arrival", "return",
            "cancellation", "choice_of_law", "version",
        }  # fmt: skip
        assert contract["parties"]["seller"]["name"] == "Batik Sekar"
        assert contract["specification"][0]["unit_price_idr"] == 100_000

    def test_the_same_key_twice_is_the_same_purchase(self, cast: Cast, variant: Variant) -> None:
        asked = asked_for(cast, (variant, 1))
        first = place_purchase(cast.buyer.id, asked)
        assert place_purchase(cast.buyer.id, asked) == first
        assert Purchase.objects.count() == 1
        variant.stock.refresh_from_db()
        assert variant.stock.reserved == 1

    def test_the_same_key_of_another_buyer_is_another_purchase(self, cast: Cast, variant: Variant) -> None:
        asked = asked_for(cast, (variant, 1))
        place_purchase(cast.buyer.id, asked)
        with refused(AddressMissing):
            place_purchase(cast.stranger.id, asked)

    def test_two_shops_are_two_orders_and_one_payment(self, cast: Cast, variant: Variant) -> None:
        other = open_shop(cast.stranger, slug="kopi", name="Kopi", city="Denpasar", province_code="51")
        coffee = stocked_variant(other, price_idr=45_000, weight_g=600)
        asked = asked_for(cast, (variant, 1), (coffee, 2))
        purchase = Purchase.objects.get(id=place_purchase(cast.buyer.id, asked))
        amounts = sorted(purchase.orders.values_list("goods_idr", "shipping_idr"))
        assert amounts == [(90_000, 28_000 + 24_000), (100_000, 15_000)]
        assert purchase.total_idr == 90_000 + 52_000 + 115_000

    def test_search_is_told_when_the_last_piece_is_sold_and_when_it_is_free_again(
        self, cast: Cast, variant: Variant
    ) -> None:
        place_purchase(cast.buyer.id, asked_for(cast, (variant, 9)))
        assert not ProductChange.objects.exists()
        last = place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)))
        assert ProductChange.objects.get().product_id == variant.product_id
        cancel_unpaid_purchase(cast.buyer, last, "")
        assert ProductChange.objects.count() == 2

    def test_two_round_trips(self, cast: Cast, variant: Variant) -> None:
        asked = asked_for(cast, (variant, 1))
        with mock.patch.object(pipeline, "run", side_effect=pipeline.run) as run:
            place_purchase(cast.buyer.id, asked)
        assert run.call_count == 2


class TestUnpaid:
    """Goods that nobody has paid for are kept from others only so far."""

    def test_what_was_not_paid_is_in_the_cart_again(self, cast: Cast, variant: Variant) -> None:
        other = stocked_variant(cast.shop)
        cart = cart_of_user(cast.buyer)
        add_to_cart(cart, variant.id, 2)
        purchase_id = place_purchase(cast.buyer.id, asked_for(cast, (variant, 2), (other, 1)))
        add_to_cart(cart, other.id, 5)
        cancel_unpaid_purchase(cast.buyer, purchase_id, "")
        held = cart.lines.values_list("variant_id", "quantity", "price_idr")
        assert set(held) == {(variant.id, 2, 100_000), (other.id, 5, 100_000)}

    def test_what_the_buyer_holds_already_is_named(self, cast: Cast, variant: Variant) -> None:
        held_in = place_purchase(cast.buyer.id, asked_for(cast, (variant, 9)))
        refusal = refusal_of(cast, asked_for(cast, (variant, 2)))
        assert isinstance(refusal, GoodsHeld)
        assert refusal.unpaid == [held_in]
        assert [line.available for line in refusal.lines] == [1]

    @pytest.mark.parametrize(("is_verified", "most"), [(True, 50), (False, 10)])
    def test_a_share_of_what_is_on_the_shelf(self, cast: Cast, is_verified: bool, most: int) -> None:
        EmailAddress.objects.update(verified=is_verified)
        plenty = stocked_variant(cast.shop, on_hand=100, price_idr=1_000)
        refusal = refusal_of(cast, asked_for(cast, (plenty, most + 1)))
        assert isinstance(refusal, PiecesLimited)
        assert [line.available for line in refusal.lines] == [most]
        place_purchase(cast.buyer.id, asked_for(cast, (plenty, most)))
        assert isinstance(refusal_of(cast, asked_for(cast, (plenty, 1))), GoodsHeld)

    @pytest.mark.parametrize(("is_verified", "most"), [(True, 5), (False, 2)])
    def test_so_many_purchases(self, cast: Cast, is_verified: bool, most: int) -> None:
        EmailAddress.objects.update(verified=is_verified)
        placed = [place_purchase(cast.buyer.id, asked_for(cast, (stocked_variant(cast.shop), 1))) for _ in range(most)]
        asked = asked_for(cast, (stocked_variant(cast.shop), 1))
        refusal = refusal_of(cast, asked)
        assert isinstance(refusal, UnpaidLimited)
        assert refusal.unpaid == placed[:1]
        assert (refusal.message == UnpaidLimited.TO_CONFIRM) is not is_verified
        cancel_unpaid_purchase(cast.buyer, placed[0], "")
        place_purchase(cast.buyer.id, asked)


class TestRefused:
    def test_another_way_to_pay(self, cast: Cast, variant: Variant) -> None:
        asked = dataclasses.replace(asked_for(cast, (variant, 1)), method="cod")
        assert isinstance(refusal_of(cast, asked), MethodUnavailable)

    def test_a_changed_price_names_the_new_one(self, cast: Cast, variant: Variant) -> None:
        asked = asked_for(cast, (variant, 1))
        Variant.objects.filter(id=variant.id).update(price_idr=120_000)
        refusal = refusal_of(cast, asked)
        assert isinstance(refusal, PriceChanged)
        assert [(line.shown_price_idr, line.price_idr) for line in refusal.lines] == [(100_000, 120_000)]

    def test_stock_gone_says_what_is_left(self, cast: Cast, variant: Variant) -> None:
        plenty = stocked_variant(cast.shop, price_idr=5_000, on_hand=100)
        refusal = refusal_of(cast, asked_for(cast, (plenty, 1), (variant, 11)))
        assert isinstance(refusal, StockGone)
        assert [(line.variant_id, line.available) for line in refusal.lines] == [(variant.id, 10)]

    def test_a_variant_without_stock(self, cast: Cast, variant: Variant) -> None:
        variant.stock.delete()
        assert isinstance(refusal_of(cast, asked_for(cast, (variant, 1))), StockGone)

    def test_goods_no_longer_on_sale(self, cast: Cast, variant: Variant) -> None:
        asked = asked_for(cast, (variant, 1))
        Product.objects.update(status=Product.Status.ARCHIVED)
        assert isinstance(refusal_of(cast, asked), GoodsGone)

    def test_a_closed_shop(self, cast: Cast, variant: Variant) -> None:
        asked = asked_for(cast, (variant, 1))
        cast.shop.is_open = False
        cast.shop.save()
        assert isinstance(refusal_of(cast, asked), ShopClosed)

    def test_another_shipping_price(self, cast: Cast, variant: Variant) -> None:
        asked = asked_for(cast, (variant, 1))
        cheaper = dataclasses.replace(asked.orders[0], shown_shipping_idr=1)
        assert isinstance(refusal_of(cast, dataclasses.replace(asked, orders=(cheaper,))), ShippingChanged)

    def test_a_large_light_parcel_is_charged_by_its_volume(self, cast: Cast, variant: Variant) -> None:
        by_weight = asked_for(cast, (variant, 1))
        Product.objects.update(length_cm=60, width_cm=40, height_cm=20)  # 8 kg of 300 g
        assert isinstance(refusal_of(cast, by_weight), ShippingChanged)
        large = Variant.objects.get(id=variant.id)
        assert large.product.charged_weight_g == 8_000
        order = Order.objects.get(purchase=place_purchase(cast.buyer.id, asked_for(cast, (large, 1))))
        assert order.shipping_idr == by_weight.orders[0].shown_shipping_idr + 7 * 12_000
        Product.objects.update(height_cm=None)  # one side is not known: its weight counts
        assert Variant.objects.get(id=variant.id).product.charged_weight_g == 300

    def test_anothers_address(self, cast: Cast, variant: Variant) -> None:
        cast.address.user = cast.stranger
        cast.address.save()
        assert isinstance(refusal_of(cast, asked_for(cast, (variant, 1))), AddressMissing)

    def test_more_than_qris_takes(self, cast: Cast) -> None:
        dear = stocked_variant(cast.shop, price_idr=9_990_000)
        assert isinstance(refusal_of(cast, asked_for(cast, (dear, 1))), PurchaseTooLarge)

    def test_a_line_under_another_shop(self, cast: Cast, variant: Variant) -> None:
        other = open_shop(cast.stranger, slug="kopi", name="Kopi", city="Bogor", province_code="32")
        asked = asked_for(cast, (variant, 1))
        moved = dataclasses.replace(asked.orders[0], shop_id=other.id)
        assert isinstance(refusal_of(cast, dataclasses.replace(asked, orders=(moved,))), PurchaseMalformed)

    @pytest.mark.parametrize(
        ("quantity", "price_idr"), [(0, 100_000), (-1, 100_000), (1000, 1), (1, 0), (1, -5), (1, 10**15)]
    )
    def test_absurd_amounts(self, cast: Cast, variant: Variant, quantity: int, price_idr: int) -> None:
        asked = asked_for(cast, (variant, 1))
        line = dataclasses.replace(asked.orders[0].lines[0], quantity=quantity, shown_price_idr=price_idr)
        order = dataclasses.replace(asked.orders[0], lines=(line,))
        assert isinstance(refusal_of(cast, dataclasses.replace(asked, orders=(order,))), PurchaseMalformed)

    def test_no_lines(self, cast: Cast) -> None:
        asked = AskedPurchase(idempotency_key=new_id(), address_id=cast.address.id, orders=())
        assert isinstance(refusal_of(cast, asked), PurchaseMalformed)


class TestAttribution:
    def commission(self, cast: Cast, variant: Variant, *clicks: object) -> Commission | None:
        place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)), clicks)  # type: ignore[arg-type]  # tokens
        return Commission.objects.order_by("-created_at").first()

    def test_the_linked_product_is_direct(self, cast: Cast, variant: Variant) -> None:
        found = self.commission(cast, variant, click_on(link_to(cast, variant.product)))
        assert found is not None
        assert (found.creator, found.attribution, found.rate_bp, found.base_idr, found.state) == (
            cast.creator, "direct", 1000, 100_000, "pending",
        )  # fmt: skip

    def test_another_product_of_the_shop_is_indirect(self, cast: Cast, variant: Variant) -> None:
        other = stocked_variant(cast.shop)
        found = self.commission(cast, variant, click_on(link_to(cast, other.product)))
        assert found is not None
        assert found.attribution == "indirect"

    def test_the_newest_click_wins(self, cast: Cast, variant: Variant) -> None:
        link = link_to(cast, variant.product)
        older, newer = click_on(link, days_ago=3), click_on(link, days_ago=1)
        found = self.commission(cast, variant, older, newer)
        assert found is not None
        assert found.click_id == newer.click_id

    def test_a_click_beyond_the_window_earns_nothing(self, cast: Cast, variant: Variant) -> None:
        assert self.commission(cast, variant, click_on(link_to(cast, variant.product), days_ago=7.01)) is None

    def test_a_click_on_nothing_known_earns_nothing(self, cast: Cast, variant: Variant) -> None:
        click = dataclasses.replace(click_on(link_to(cast, variant.product)), link_id=uuid.uuid4())
        assert self.commission(cast, variant, click) is None

    def test_nobody_earns_on_their_own_purchase(self, cast: Cast, variant: Variant) -> None:
        Creator.objects.filter(id=cast.creator.id).update(user=cast.buyer)
        assert self.commission(cast, variant, click_on(link_to(cast, variant.product))) is None

    def test_nor_into_the_buyers_own_bank_account(self, cast: Cast, variant: Variant) -> None:
        account = cast.creator.bank_account
        assert account is not None
        BankAccount.objects.create(user=cast.buyer, bank_code=account.bank_code, number=account.number, holder="x")
        assert self.commission(cast, variant, click_on(link_to(cast, variant.product))) is None

    def test_nothing_is_earned_once_the_account_is_closed(self, cast: Cast, variant: Variant) -> None:
        click = click_on(link_to(cast, variant.product))
        Creator.objects.filter(id=cast.creator.id).update(closed_from=clock.now())
        assert self.commission(cast, variant, click) is None

    def test_until_its_day_a_closing_takes_nothing(self, cast: Cast, variant: Variant) -> None:
        Creator.objects.filter(id=cast.creator.id).update(closed_from=clock.now() + timedelta(hours=1))
        assert self.commission(cast, variant, click_on(link_to(cast, variant.product)))

    def test_nor_by_a_user_who_may_not_sign_in(self, cast: Cast, variant: Variant) -> None:
        click = click_on(link_to(cast, variant.product))
        User.objects.filter(id=cast.creator_user.id).update(is_active=False)
        assert self.commission(cast, variant, click) is None

    def test_the_best_applicable_rate_wins(self, cast: Cast, variant: Variant) -> None:
        invited = Programme.objects.create(kind="invited", shop=cast.shop, created_at=clock.now())
        ProgrammeRate.objects.create(programme=invited, rate_bp=1500, announced_at=clock.now())
        Membership.objects.create(programme=invited, creator=cast.creator, joined_at=clock.now())
        found = self.commission(cast, variant, click_on(link_to(cast, variant.product)))
        assert found is not None
        assert (found.rate_bp, found.programme) == (1500, invited)

    @pytest.mark.parametrize(("cut_days_ago", "rate_bp"), [(29, 1000), (31, 400)])
    def test_a_cut_reaches_those_already_promoting_after_thirty_days(
        self, cast: Cast, variant: Variant, cut_days_ago: int, rate_bp: int
    ) -> None:
        cut_at = clock.now() - timedelta(days=cut_days_ago)
        ProgrammeRate.objects.update(superseded_at=cut_at)
        ProgrammeRate.objects.create(programme=cast.programme, rate_bp=400, announced_at=cut_at)
        found = self.commission(cast, variant, click_on(link_to(cast, variant.product)))
        assert found is not None
        assert found.rate_bp == rate_bp
