"""One order's page, and every step the shop takes with it."""

from datetime import timedelta

import pytest
from django.test import Client

from lapak.flows.cancel_order import cancel_paid_order, cancel_unpaid_purchase
from lapak.flows.place_purchase import place_purchase
from lapak.flows.receive_dispute import receive_dispute
from lapak.goods.catalogue.models import Stock, StockChange, Variant
from lapak.lib import clock
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payments.models import PaymentIntent
from lapak.testing.cast import Cast, asked_for, click_on, link_to, stocked_variant
from lapak.testing.histories import delivered_order, paid_order
from lapak.testing.market import dispute_report
from lapak.testing.pressed import press
from lapak.trade.orders.cancelling import ask_to_cancel
from lapak.trade.orders.commands import pack_order, show_handed_over
from lapak.trade.orders.models import Order
from lapak.trade.shipping.models import Parcel
from lapak.web.sell.tests.conftest import said


def page_of(order: Order) -> str:
    return f"/sell/batik-sekar/orders/{order.id}"


def state_of(order: Order) -> str:
    order.refresh_from_db()
    return order.state


@pytest.fixture
def packed(cast: Cast, order: Order) -> Order:
    return pack_order(cast.seller, order.id)


def test_the_address_shows_once_it_is_paid(seller: Client, cast: Cast, variant: Variant, order: Order) -> None:
    assert "Jl. Melati 5" in seller.get(page_of(order)).text
    purchase_id = place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)))
    unpaid = Order.objects.get(purchase_id=purchase_id)
    page = seller.get(page_of(unpaid)).text
    assert "Jl. Melati 5" not in page
    assert "081234567890" not in page
    assert seller.get(f"{page_of(unpaid)}/slip").status_code == 404
    cancel_unpaid_purchase(cast.buyer, purchase_id, "Not paid in time.")
    assert "Jl. Melati 5" not in seller.get(page_of(unpaid)).text


def test_the_share_is_what_settlement_will_book(seller: Client, cast: Cast, variant: Variant) -> None:
    """The worked example (docs/concepts/money.md), PPh 22 aside: 100,000 less 2,000, 220 and 10,000."""
    order = paid_order(cast, (variant, 1), click=click_on(link_to(cast, variant.product)))
    page = seller.get(page_of(order)).text
    for figure in ("Rp100.000", "−Rp2.000", "−Rp220", "−Rp10.000", "@ceu-edoh"):
        assert figure in page


def test_pack_ship_deliver(seller: Client, order: Order) -> None:
    seller.post(f"{page_of(order)}/pack")
    assert state_of(order) == "packed"
    seller.post(f"{page_of(order)}/ship", {"tracking_number": "jne8812-00001"})
    assert state_of(order) == "shipped"
    assert Parcel.objects.get(order_id=order.id).tracking_number == "JNE8812-00001"
    assert "JNE8812-00001" in said(seller, page_of(order))
    press(seller, f"{page_of(order)}/delivered")
    assert state_of(order) == "shipped"  # no parcel is there in the second of its shipping
    with clock.stopped_at(clock.now() + timedelta(days=3)):
        press(seller, f"{page_of(order)}/delivered")
        assert state_of(order) == "delivered"
        assert "completes by itself" in said(seller, page_of(order))


@pytest.mark.parametrize("number", ["", "12", "x" * 41, "JNE 88<script>", "   "])
def test_a_refused_tracking_number_stays_in_its_field(
    seller: Client, packed: Order, number: str, nothing_written: None
) -> None:
    page = seller.post(f"{page_of(packed)}/ship", {"tracking_number": number})
    assert page.status_code == 200
    assert state_of(packed) == "packed"
    assert "<script>" not in page.text.replace("<script src", "")
    if number == "12":
        assert 'value="12"' in page.text
        assert "no tracking number of this courier" in page.text


def test_a_tracking_number_is_used_once(seller: Client, cast: Cast, variant: Variant, packed: Order) -> None:
    other = pack_order(cast.seller, paid_order(cast, (variant, 1)).id)
    seller.post(f"{page_of(packed)}/ship", {"tracking_number": "JNE88120001"})
    page = seller.post(f"{page_of(other)}/ship", {"tracking_number": "JNE88120001"}).text
    assert "already on another parcel" in page
    assert state_of(other) == "packed"


def test_a_wrong_tracking_number_is_put_right(seller: Client, packed: Order) -> None:
    seller.post(f"{page_of(packed)}/ship", {"tracking_number": "JNE88120001"})
    refused = seller.post(f"{page_of(packed)}/number", {"tracking_number": "12"})
    assert "no tracking number of this courier" in refused.text
    assert "<details open>" in refused.text
    seller.post(f"{page_of(packed)}/number", {"tracking_number": "JNE88120002"})
    page = said(seller, page_of(packed))
    assert "JNE88120001 → JNE88120002" in page
    assert Parcel.objects.get(order_id=packed.id).tracking_number == "JNE88120002"


@pytest.mark.parametrize("act", ["ship", "delivered", "keep", "agree", "number"])
def test_a_step_out_of_turn_changes_nothing(seller: Client, order: Order, act: str, nothing_written: None) -> None:
    page = seller.post(f"{page_of(order)}/{act}", {"tracking_number": "JNE88120001"}, follow=True).text
    assert "moved on" in page
    assert state_of(order) == "to_pack"


def test_a_cancelled_order_frees_stock_and_owes_the_buyer(
    seller: Client, cast: Cast, variant: Variant, order: Order
) -> None:
    press(seller, f"{page_of(order)}/cancel", {"why": "price"})
    assert state_of(order) == "cancelled"
    stock = Stock.objects.get(variant=variant)
    assert (stock.on_hand, stock.reserved) == (10, 0)
    owed = AccountKey(AccountKind.BUYER_REFUND_PAYABLE, str(cast.buyer.id))
    assert balance_idr(owed) == order.total_idr
    assert "The price was a mistake." in said(seller, page_of(order))


class TestWhatIsNotThere:
    """Who orders next what a shop has just called sold out would be cancelled as well."""

    def on_hand(self, *variants: Variant) -> list[tuple[int, int]]:
        found = {stock.variant_id: (stock.on_hand, stock.reserved) for stock in Stock.objects.all()}
        return [found[variant.id] for variant in variants]

    def test_sold_out_nothing_is_left_but_what_others_were_promised(
        self, seller: Client, cast: Cast, variant: Variant, order: Order
    ) -> None:
        paid_order(cast, (variant, 2))
        press(seller, f"{page_of(order)}/cancel", {"why": "sold_out"})
        assert self.on_hand(variant) == [(2, 2)]
        change = StockChange.objects.latest("id")
        assert (change.reason, change.actor, change.reference) == ("gone", cast.seller, order.id)
        assert "The goods are sold out." in said(seller, page_of(order))

    def test_damaged_so_many_fewer(self, seller: Client, variant: Variant, order: Order) -> None:
        press(seller, f"{page_of(order)}/cancel", {"why": "damaged", "words": "Terkena air."})
        assert self.on_hand(variant) == [(9, 0)]
        assert "Terkena air." in said(seller, page_of(order))

    def test_of_several_goods_only_those_ticked(self, seller: Client, cast: Cast, variant: Variant) -> None:
        other = stocked_variant(cast.shop, price_idr=20_000)
        order = paid_order(cast, (variant, 1), (other, 1))
        page = seller.post(f"{page_of(order)}/cancel", {"why": "sold_out"}).text
        assert "Tick what is not there any more." in page
        assert state_of(order) == "to_pack"
        gone = order.lines.get(variant=other)
        press(seller, f"{page_of(order)}/cancel", {"why": "sold_out", "gone": gone.id})
        assert self.on_hand(variant, other) == [(10, 0), (0, 0)]


@pytest.mark.parametrize("typed", [{}, {"why": "other"}, {"why": "other", "words": "x" * 201}, {"why": "nonsense"}])
def test_cancelling_needs_a_reason(seller: Client, order: Order, typed: dict[str, str], nothing_written: None) -> None:
    page = seller.post(f"{page_of(order)}/cancel", typed).text
    assert '<details class="card card-fold" open>' in page
    assert state_of(order) == "to_pack"


def test_a_shipped_order_is_not_cancelled(seller: Client, cast: Cast, variant: Variant) -> None:
    order = delivered_order(cast, (variant, 1))
    assert (
        "moved on" in seller.post(f"{page_of(order)}/cancel", {"why": "other", "words": "Too late."}, follow=True).text
    )
    assert state_of(order) == "delivered"


def test_the_buyer_s_wish_is_declined(seller: Client, packed: Order) -> None:
    ask_to_cancel(packed.buyer, packed.id, "The buyer needs another address.")
    page = said(seller, page_of(packed))
    assert "would like to cancel" in page
    assert page.count("The buyer needs another address.") == 2  # at the question, and in the story
    seller.post(f"{page_of(packed)}/keep")
    packed.refresh_from_db()
    assert (packed.state, packed.cancel_asked_at) == ("packed", None)


def test_the_buyer_s_wish_is_granted(seller: Client, packed: Order) -> None:
    ask_to_cancel(packed.buyer, packed.id)
    press(seller, f"{page_of(packed)}/agree")
    assert state_of(packed) == "cancelled"
    assert "the shop agreed" in said(seller, page_of(packed))


def test_the_courier_has_it_without_a_number_yet(seller: Client, packed: Order) -> None:
    seller.post(f"{page_of(packed)}/handed-over", {"receipt": ""})
    assert "pick-up receipt, in up to 200" in said(seller, page_of(packed))
    seller.post(f"{page_of(packed)}/handed-over", {"receipt": "Manifest 0815"})
    packed.refresh_from_db()
    assert packed.handed_over_at
    page = said(seller, page_of(packed))
    assert "You have shown that the courier has it." in page
    assert "Manifest 0815" in page


def test_while_the_buyer_waits_for_an_answer_there_is_no_field_for_a_number(seller: Client, packed: Order) -> None:
    ask_to_cancel(packed.buyer, packed.id)
    assert 'name="tracking_number"' not in said(seller, page_of(packed))


def test_a_parcel_that_has_left_goes_on_with_what_the_bank_left(seller: Client, cast: Cast, packed: Order) -> None:
    show_handed_over(cast.seller, packed.id, "Manifest 7")
    intent = PaymentIntent.objects.get(pays_for=packed.purchase_id)
    receive_dispute(dispute_report(intent, 25_000, "lost", reference="dp1"), intent.provider)
    page = seller.get(page_of(packed)).text
    assert "has taken money back for good" in page
    assert "Rp25.000 of this order. The parcel has left your shop" in page
    assert "Goods with the courier" not in page
    cancel_paid_order(cast.seller, packed.id, "Came back.")
    assert "Goods with the courier" in seller.get(page_of(packed)).text


def test_some_goods_are_not_there(seller: Client, cast: Cast, variant: Variant) -> None:
    order = paid_order(cast, (variant, 3))
    line = order.lines.get()
    assert "Some goods are not there?" in seller.get(page_of(order)).text
    page = seller.post(f"{page_of(order)}/missing", {f"missing_{line.id.hex}": "0", "why": "sold_out"}).text
    assert "Say how many pieces you do not have" in page
    press(seller, f"{page_of(order)}/missing", {f"missing_{line.id.hex}": "2", "why": "sold_out"})
    page = seller.get(page_of(order)).text
    assert "2 pieces were not there" in page
    assert "You took goods out that you do not have" in page
    assert "Some goods are not there?" not in page
    assert '<td class="end big">1</td>' in seller.get(f"{page_of(order)}/slip").text
    assert Stock.objects.get(variant=variant).reserved == 1


def test_of_one_piece_nothing_can_be_taken_out(seller: Client, order: Order) -> None:
    assert "Some goods are not there?" not in seller.get(page_of(order)).text
