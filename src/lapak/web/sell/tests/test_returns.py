"""A shop's returns: whose turn it is, every step the shop takes, and nothing for anybody else."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lapak.flows.receive_dispute import receive_dispute
from lapak.flows.refund_return import approve_return
from lapak.goods.catalogue.models import Stock
from lapak.lib.ids import new_id
from lapak.money.payments.models import PaymentIntent
from lapak.people.shops.commands import open_shop
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import asked_return, delivered_order
from lapak.testing.market import dispute_report
from lapak.testing.pressed import press
from lapak.trade.orders.models import Order
from lapak.trade.returns.asking import escalate_return
from lapak.trade.returns.deciding import decline_return, dismiss_return
from lapak.trade.returns.models import Return
from lapak.trade.returns.sending import receive_return, send_back

pytestmark = pytest.mark.django_db

ATTACK = "<script>alert(1)</script>"
RETURNS = "/sell/batik-sekar/returns"


@pytest.fixture
def order(cast: Cast) -> Order:
    """Two shirts at Rp50.000, in the buyer's hands."""
    return delivered_order(cast, (stocked_variant(cast.shop, price_idr=50_000), 2))


@pytest.fixture
def ask(cast: Cast, order: Order) -> Callable[..., Return]:
    def ask_to_return(pieces: int = 2) -> Return:
        return asked_return(cast, order, pieces, words=f"A seam is open. {ATTACK}")

    return ask_to_return


@pytest.fixture
def asked(ask: Callable[..., Return]) -> Return:
    return ask()


@pytest.fixture
def arrived(cast: Cast, asked: Return) -> Return:
    approve_return(cast.seller, asked.id)
    send_back(cast.buyer, asked.id, "JNE", "JX0001234567")
    return receive_return(cast.seller, asked.id)


def signed_in(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, who))
    return client


def page_of(return_: Return, more: str = "") -> str:
    return f"{RETURNS}/{return_.id}{more}"


def state_of(return_: Return) -> str:
    return Return.objects.get(id=return_.id).state


class TestList:
    def test_without_any(self, seller: Client) -> None:
        assert seller.get(RETURNS).status_code == 200

    @pytest.mark.parametrize("language", ["id", "en"])
    def test_what_waits_for_the_shop_comes_first_and_is_counted(
        self, seller: Client, asked: Return, language: str
    ) -> None:
        seller.cookies["django_language"] = language
        page = seller.get(RETURNS).text
        assert f'href="{page_of(asked)}"' in page
        assert '<span class="count">1</span>' in page
        assert page.count("<h1") == 1

    @pytest.mark.parametrize("turn", ["buyer", "lapak", "over"])
    def test_the_other_turns(self, seller: Client, asked: Return, turn: str) -> None:
        assert page_of(asked) not in seller.get(f"{RETURNS}?turn={turn}").text

    def test_a_turn_that_is_none(self, seller: Client, asked: Return) -> None:
        assert page_of(asked) in seller.get(f"{RETURNS}?turn={ATTACK}").text

    def test_one_that_is_over(self, cast: Cast, seller: Client, asked: Return) -> None:
        approve_return(cast.seller, asked.id, waives_goods=True)
        assert "Rp115.000" in seller.get(f"{RETURNS}?turn=over").text

    def test_many_take_as_many_queries_as_one(
        self, cast: Cast, seller: Client, asked: Return, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        seller.get(RETURNS)
        with django_assert_num_queries(11):
            seller.get(RETURNS)
        for _ in range(3):
            asked_return(cast, delivered_order(cast, (stocked_variant(cast.shop), 1)))
        with django_assert_num_queries(11):
            seller.get(RETURNS)


class TestAnswering:
    def test_the_page_shows_words_as_text_and_the_refund(self, seller: Client, asked: Return) -> None:
        page = seller.get(page_of(asked)).text
        assert "A seam is open." in page
        assert ATTACK not in page
        assert "Rp115.000" in page

    def test_agreeing(self, seller: Client, asked: Return) -> None:
        assert press(seller, page_of(asked, "/approve")).headers["Location"] == page_of(asked)
        assert state_of(asked) == "approved"
        assert seller.get(page_of(asked)).status_code == 200

    def test_letting_the_buyer_keep_the_goods(self, seller: Client, order: Order, asked: Return) -> None:
        press(seller, page_of(asked, "/approve"), {"keep": "1"})
        assert state_of(asked) == "refunded"
        assert "Rp115.000" in seller.get(page_of(asked)).text
        assert seller.get(f"/sell/batik-sekar/orders/{order.id}").status_code == 200
        assert seller.get(f"/sell/batik-sekar/balance/{order.id}").status_code == 200
        assert order.number in seller.get("/sell/batik-sekar/orders?state=refunded").text

    def test_declining_needs_a_reason(self, seller: Client, asked: Return) -> None:
        answer = seller.post(page_of(asked, "/decline"), {"words": " "})
        assert answer.status_code == 200
        assert "field-error" in answer.text
        assert state_of(asked) == "asked"
        press(seller, page_of(asked, "/decline"), {"words": "It was worn."})
        assert state_of(asked) == "declined"
        assert "It was worn." in seller.get(page_of(asked)).text

    def test_thinking_better_of_it(self, cast: Cast, seller: Client, asked: Return) -> None:
        press(seller, page_of(asked, "/decline"), {"words": "It was worn."})
        escalate_return(cast.buyer, asked.id, "It was not.")
        assert "It was not." in seller.get(page_of(asked)).text
        press(seller, page_of(asked, "/approve"))
        assert state_of(asked) == "approved"

    def test_a_part_goes_back_and_the_share_shrinks(
        self, seller: Client, order: Order, ask: Callable[..., Return]
    ) -> None:
        return_ = ask(1)
        press(seller, page_of(return_, "/approve"), {"keep": "1"})
        page = seller.get(f"/sell/batik-sekar/orders/{order.id}").text
        assert "−Rp50.000" in page
        assert "Rp48.890" in page


class TestReceiving:
    def test_arrived_and_accepted_with_one_piece_for_the_shelf(
        self, cast: Cast, seller: Client, order: Order, asked: Return
    ) -> None:
        approve_return(cast.seller, asked.id)
        send_back(cast.buyer, asked.id, "JNE", "JX0001234567")
        assert "JX0001234567" in seller.get(page_of(asked)).text
        seller.post(page_of(asked, "/receive"))
        assert state_of(asked) == "arrived"
        line = order.lines.get()
        assert f'name="shelf_{line.id.hex}" value="0" data-least="0" data-most="2"' in " ".join(
            seller.get(page_of(asked)).text.split()
        )
        press(seller, page_of(asked, "/accept"), {f"shelf_{line.id.hex}": "1"})
        assert state_of(asked) == "refunded"
        assert Stock.objects.get(variant=line.variant_id).on_hand == 9

    @pytest.mark.parametrize("pieces", ["3", "-1", "", ATTACK])
    def test_more_for_the_shelf_than_came(
        self, seller: Client, order: Order, arrived: Return, nothing_written: None, pieces: str
    ) -> None:
        answer = seller.post(page_of(arrived, "/accept"), {f"shelf_{order.lines.get().id.hex}": pieces})
        assert "field-error" in answer.text
        assert ATTACK not in answer.text
        assert state_of(arrived) == "arrived"
        assert Stock.objects.get(variant=order.lines.get().variant_id).on_hand == 8

    def test_not_as_it_should_be(self, seller: Client, arrived: Return) -> None:
        press(seller, page_of(arrived, "/decline"), {"words": "A stone came back."})
        assert state_of(arrived) == "declined"

    def test_a_step_out_of_turn_says_so_and_changes_nothing(
        self, seller: Client, order: Order, asked: Return, nothing_written: None
    ) -> None:
        fields = {f"shelf_{order.lines.get().id.hex}": "0"}
        assert "notice tone-bad" in seller.post(page_of(asked, "/accept"), fields).text
        assert "notice tone-bad" in seller.post(page_of(asked, "/receive"), follow=True).text
        assert state_of(asked) == "asked"


def test_goods_that_are_the_buyer_s_are_sent_again(cast: Cast, seller: Client, arrived: Return) -> None:
    decline_return(cast.seller, arrived.id, "Worn.")
    escalate_return(cast.buyer, arrived.id, "It was not.")
    dismiss_return(cast.operator, arrived.id, "It was.")
    assert "/send-again" in seller.get(page_of(arrived)).text
    wrong = seller.post(page_of(arrived, "/send-again"), {"courier": "JNE", "tracking_number": "1"})
    assert list(wrong.context["send_form"].errors) == ["tracking_number"]
    seller.post(page_of(arrived, "/send-again"), {"courier": "JNE", "tracking_number": "JX0009876543"})
    assert state_of(arrived) == "sent_again"


@pytest.mark.parametrize("act", ["", "/approve", "/decline", "/receive", "/accept", "/send-again"])
def test_strangers_and_visitors_get_nothing(cast: Cast, asked: Return, nothing_written: None, act: str) -> None:
    def status(client: Client, address: str) -> int:
        return (client.post(address, {"words": "No."}) if act else client.get(address)).status_code

    for who in ("stranger", "buyer", "creator_user", "operator"):
        assert status(signed_in(cast, who), page_of(asked, act)) == 404
    assert status(signed_in(cast, "seller"), f"{RETURNS}/{new_id()}{act}") == 404
    assert status(Client(), page_of(asked, act)) == 302
    assert state_of(asked) == "asked"


def test_a_return_of_another_shop_is_not_found_under_ones_own(cast: Cast, asked: Return) -> None:
    open_shop(cast.stranger, slug="lain", name="Lain", city="Bogor", province_code="32")
    rival = signed_in(cast, "stranger")
    assert rival.get(f"/sell/lain/returns/{asked.id}").status_code == 404
    assert rival.post(f"/sell/lain/returns/{asked.id}/approve").status_code == 404
    assert str(asked.id) not in rival.get("/sell/lain/returns").text
    assert state_of(asked) == "asked"


class TestOnlySomeOfThem:
    def test_taken_back_with_a_reason_for_the_others(self, seller: Client, arrived: Return) -> None:
        field = f"taken_{arrived.lines.get().line_id.hex}"
        assert "Only some of them?" in seller.get(page_of(arrived)).text
        page = seller.post(page_of(arrived, "/part"), {field: "1", "words": ""}).text
        assert "Only some of them?" in page
        assert state_of(arrived) == "arrived"
        answer = press(seller, page_of(arrived, "/part"), {field: "1", "words": "One is worn."})
        rest = Return.objects.get(rest_of=arrived)
        assert answer["Location"] == page_of(rest)
        assert (state_of(arrived), rest.state) == ("refunded", "declined")
        assert "One is worn." in seller.get(page_of(rest)).text

    def test_not_of_one_piece_nor_while_goods_are_to_come(self, seller: Client, ask: Callable[..., Return]) -> None:
        assert "Only some of them?" not in seller.get(page_of(ask(1))).text


def test_goods_that_the_bank_left_with_the_shop_go_on_the_shelf(seller: Client, arrived: Return) -> None:
    intent = PaymentIntent.objects.get(pays_for=arrived.order.purchase_id)
    receive_dispute(dispute_report(intent, status="lost", reference="dp1"), intent.provider)
    row = arrived.lines.select_related("line").get()
    before = Stock.objects.get(variant=row.line.variant_id).on_hand
    assert "The goods are yours again" in seller.get(page_of(arrived)).text
    seller.post(page_of(arrived, "/shelve"), {f"shelf_{row.line_id.hex}": "1"})
    assert Stock.objects.get(variant=row.line.variant_id).on_hand == before + 1
    assert "The goods are yours again" not in seller.get(page_of(arrived)).text
