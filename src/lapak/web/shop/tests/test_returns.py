"""A buyer's returns: asked for on the order's page, followed on their own; and nothing for anybody else."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from lapak.flows.refund_return import approve_return
from lapak.flows.send_refund import receive_refund
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.money.gateways.contract import RefundReport, RefundStatus
from lapak.money.payments.models import Refund
from lapak.people.shops.models import Shop
from lapak.people.users.commands import add_bank_account
from lapak.testing.books import rows_everywhere
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import asked_return, delivered_order, paid_order
from lapak.trade.orders.models import Order
from lapak.trade.returns.deciding import decline_return
from lapak.trade.returns.models import Return
from lapak.trade.returns.sending import receive_return, send_back
from lapak.web.shop.tests.conftest import ATTACK, browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(cast: Cast) -> Order:
    """Two shirts at Rp50.000, in the buyer's hands."""
    return delivered_order(cast, (stocked_variant(cast.shop, price_idr=50_000), 2))


@pytest.fixture
def asked(cast: Cast, order: Order) -> Return:
    """One of the shirts is to go back."""
    return asked_return(cast, order, 1, words=f"A seam is open. {ATTACK}")


@pytest.fixture
def approved(cast: Cast, asked: Return) -> Return:
    return approve_return(cast.seller, asked.id)


def filled_in(order: Order, **changes: Any) -> dict[str, Any]:
    """What an honest return page sends."""
    pieces = {f"pieces_{line.id.hex}": 1 for line in order.lines.all()}
    return {**pieces, "reason": "faulty", "words": "It tore.", "goods_come_back": "yes", **changes}


def page_of(return_: Return, more: str = "") -> str:
    return f"/returns/{return_.id}{more}"


class TestAsking:
    @pytest.mark.parametrize("language", ["id", "en"])
    def test_the_order_leads_there_and_the_form_to_the_returns_page(
        self, buyer: Client, order: Order, language: str
    ) -> None:
        buyer.cookies["django_language"] = language
        assert f'href="/orders/{order.id}/return"' in buyer.get(f"/orders/{order.id}").text
        form = buyer.get(f"/orders/{order.id}/return")
        assert f'name="pieces_{order.lines.get().id.hex}" value="0" data-least="0" data-most="2"' in " ".join(
            form.text.split()
        )
        assert form.text.count("<h1") == 1
        answer = buyer.post(f"/orders/{order.id}/return", filled_in(order))
        return_ = Return.objects.get()
        assert (answer.status_code, answer.headers["Location"]) == (303, page_of(return_))
        assert (return_.reason, return_.words, return_.lines.get().quantity) == ("faulty", "It tore.", 1)
        page = buyer.get(page_of(return_)).text
        assert all(words in page for words in ("It tore.", "Rp50.000", "Batik Sekar"))

    def test_a_single_piece_is_chosen_already(self, cast: Cast, buyer: Client) -> None:
        order = delivered_order(cast, (stocked_variant(cast.shop), 1))
        assert 'value="1" data-least="0" data-most="1"' in " ".join(
            buyer.get(f"/orders/{order.id}/return").text.split()
        )

    def test_while_one_is_open_the_order_can_neither_complete_nor_be_returned_again(
        self, buyer: Client, order: Order, asked: Return
    ) -> None:
        page = buyer.get(f"/orders/{order.id}").text
        assert f'href="{page_of(asked)}"' in page
        assert f"/orders/{order.id}/return" not in page
        assert f"/orders/{order.id}/received" not in page
        assert 'name="words"' not in buyer.get(f"/orders/{order.id}/return").text

    @pytest.mark.parametrize(
        "changes",
        [
            {"reason": ""},
            {"reason": "bored"},
            {"words": " "},
            {"words": "x" * 1001},
            {"goods_come_back": "perhaps"},
        ],
    )
    def test_what_is_missing_or_unfit_is_said_and_the_rest_kept(
        self, buyer: Client, order: Order, nothing_written: None, changes: dict[str, str]
    ) -> None:
        answer = buyer.post(f"/orders/{order.id}/return", filled_in(order, **changes))
        assert answer.status_code == 200
        assert "field-error" in answer.text
        assert 'value="1" data-least="0" data-most="2"' in " ".join(answer.text.split())

    @pytest.mark.parametrize("pieces", ["0", "3", "-1", "1e9", ATTACK, ""])
    def test_pieces_that_are_not_there(self, buyer: Client, order: Order, nothing_written: None, pieces: str) -> None:
        line = order.lines.get()
        answer = buyer.post(f"/orders/{order.id}/return", filled_in(order, **{f"pieces_{line.id.hex}": pieces}))
        assert answer.status_code == 200
        assert "field-error" in answer.text or "notice tone-bad" in answer.text
        assert ATTACK not in answer.text

    def test_too_late(self, buyer: Client, order: Order, nothing_written: None) -> None:
        with clock.stopped_at(clock.now() + timedelta(days=7)):
            assert 'name="words"' not in buyer.get(f"/orders/{order.id}/return").text
            answer = buyer.post(f"/orders/{order.id}/return", filled_in(order))
        assert "notice tone-bad" in answer.text

    def test_before_it_arrived(self, cast: Cast, buyer: Client) -> None:
        order = paid_order(cast, (stocked_variant(cast.shop), 1))
        assert "/return" not in buyer.get(f"/orders/{order.id}").text
        assert "notice tone-bad" in buyer.post(f"/orders/{order.id}/return", filled_in(order)).text
        assert not Return.objects.exists()


class TestFollowing:
    def test_what_the_buyer_wrote_is_shown_as_text(self, buyer: Client, asked: Return) -> None:
        assert ATTACK not in buyer.get(page_of(asked)).text

    def test_withdrawing(self, buyer: Client, order: Order, asked: Return) -> None:
        answer = buyer.post(page_of(asked, "/withdraw"))
        assert answer.headers["Location"] == page_of(asked)
        asked.refresh_from_db()
        assert asked.state == "closed"
        assert f'href="/orders/{order.id}/return"' in buyer.get(f"/orders/{order.id}").text

    def test_one_that_has_ended_can_be_read_when_the_goods_went_back_by_another(
        self, cast: Cast, buyer: Client, order: Order
    ) -> None:
        withdrawn = asked_return(cast, order)
        buyer.post(page_of(withdrawn, "/withdraw"))
        approve_return(cast.seller, asked_return(cast, order).id, waives_goods=True)
        seller = browser()
        seller.force_login(cast.seller)
        for client, address in (
            (buyer, page_of(withdrawn)),
            (seller, f"/sell/{cast.shop.slug}/returns/{withdrawn.id}"),
        ):
            page = client.get(address)
            assert page.status_code == 200
            assert "over without a refund" in page.text or "ended without a refund" in page.text

    def test_a_refusal_is_read_and_taken_to_lapak(self, cast: Cast, buyer: Client, asked: Return) -> None:
        decline_return(cast.seller, asked.id, "It was worn.")
        page = buyer.get(page_of(asked)).text
        assert "It was worn." in page
        assert '<dt class="total">Asked back</dt>' in page  # nobody has granted it
        assert "field-error" in buyer.post(page_of(asked, "/escalate"), {"words": ""}).text
        assert buyer.post(page_of(asked, "/escalate"), {"words": "It was not."}).status_code == 303
        asked.refresh_from_db()
        assert asked.state == "escalated"
        assert "It was not." in buyer.get(page_of(asked)).text

    def test_sending_it_back(self, buyer: Client, approved: Return) -> None:
        Shop.objects.update(phone="081320004512", postal_code="45154")
        page = buyer.get(page_of(approved)).text
        assert all(
            words in page for words in ("Cirebon 45154", "081320004512", "Jawa Barat", '<option value="JNE Reguler">')
        )
        wrong = buyer.post(page_of(approved, "/send"), {"courier": "JNE", "tracking_number": "12"})
        assert wrong.status_code == 200
        assert 'value="12"' in wrong.text
        assert list(wrong.context["send_form"].errors) == ["tracking_number"]
        sent = buyer.post(page_of(approved, "/send"), {"courier": "JNE", "tracking_number": "jx0001234567"})
        assert sent.status_code == 303
        approved.refresh_from_db()
        assert (approved.state, approved.tracking_number) == ("sent_back", "JX0001234567")
        assert "JX0001234567" in buyer.get(page_of(approved)).text

    def test_what_sending_it_back_cost_comes_with_its_receipt(
        self, buyer: Client, approved: Return, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        own = FileSystemStorage(location=tmp_path)
        monkeypatch.setattr("lapak.trade.returns.sending.private_storage", lambda: own)
        picture = io.BytesIO()
        Image.new("RGB", (200, 300), "white").save(picture, "JPEG")
        parcel = {"courier": "JNE", "tracking_number": "JX0001234567", "way_back_idr": "12.000"}
        assert list(buyer.post(page_of(approved, "/send"), parcel).context["send_form"].errors) == ["way_back_idr"]
        receipt = SimpleUploadedFile("kuitansi.jpg", picture.getvalue(), "image/jpeg")
        buyer.post(page_of(approved, "/send"), {**parcel, "receipt": receipt})
        approved.refresh_from_db()
        assert (approved.state, approved.way_back_stated_idr, approved.way_back_borne_idr) == (
            "sent_back",
            12_000,
            12_000,
        )
        page = buyer.get(page_of(approved)).text
        assert "Rp12.000" in page
        assert f"/returns/{approved.id}/receipt" in page

    def test_back_at_the_shop(self, cast: Cast, buyer: Client, approved: Return) -> None:
        assert '<dt class="total">Refund</dt>' in buyer.get(page_of(approved)).text
        send_back(cast.buyer, approved.id, "JNE", "JX0001234567")
        receive_return(cast.seller, approved.id)
        assert "data-countdown" in buyer.get(page_of(approved)).text

    def test_refunded_in_part(self, cast: Cast, buyer: Client, order: Order, asked: Return) -> None:
        approve_return(cast.seller, asked.id, waives_goods=True)
        assert "Rp50.000" in buyer.get(page_of(asked)).text
        buyer.cookies["django_language"] = "en"
        page = buyer.get(f"/orders/{order.id}").text
        assert "The goods were returned." in page
        assert '<span class="strong number">Rp50.000</span>' in page
        assert "Refund for 1 piece" in page

    def test_where_its_money_is(self, cast: Cast, buyer: Client, asked: Return) -> None:
        """As on every other page: by the way it goes, and until it has arrived."""
        approve_return(cast.seller, asked.id, waives_goods=True)
        buyer.cookies["django_language"] = "en"
        page = buyer.get(page_of(asked)).text
        assert "It goes back to where you paid from" in page
        assert "Refund granted" in page
        assert "Refunded" not in page  # it has not been sent yet
        assert "bank account" not in page
        refund = Refund.objects.get()
        receive_refund(RefundReport(refund.id, RefundStatus.ARRIVED, refund.amount_idr), "sandbox")
        assert "Arrived on" in buyer.get(page_of(asked)).text

    def test_money_that_waits_for_a_bank_account_asks_for_it_there(
        self, cast: Cast, buyer: Client, asked: Return
    ) -> None:
        approve_return(cast.seller, asked.id, waives_goods=True)
        refund = Refund.objects.get()
        receive_refund(RefundReport(refund.id, RefundStatus.FAILED, refund.amount_idr, failure="closed"), "sandbox")
        page = buyer.get(page_of(asked)).text
        assert f"/account/bank-accounts/new?next={page_of(asked)}" in page
        assert "notice tone-warn" in page
        add_bank_account(cast.buyer, bank_code="014", number="1234567890", holder="Buyer")
        page = buyer.get(page_of(asked)).text
        assert "/account/bank-accounts/new" not in page
        assert "notice tone-warn" not in page

    def test_refunded_whole(self, cast: Cast, buyer: Client, order: Order) -> None:
        return_ = asked_return(cast, order)
        approve_return(cast.seller, return_.id, waives_goods=True)
        for address in (f"/orders/{order.id}", "/orders?state=refunded"):
            page = buyer.get(address)
            assert (page.status_code, order.number in page.text) == (200, True)

    def test_a_step_out_of_turn_says_so_and_changes_nothing(
        self, buyer: Client, asked: Return, nothing_written: None
    ) -> None:
        for more, fields in (
            ("/escalate", {"words": "Please."}),
            ("/send", {"courier": "JNE", "tracking_number": "JX0001234567"}),
        ):
            assert "notice tone-bad" in buyer.post(page_of(asked, more), fields).text

    def test_the_page_takes_as_many_queries_for_many_lines(
        self, cast: Cast, buyer: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        order = delivered_order(cast, *[(stocked_variant(cast.shop), 1) for _ in range(6)])
        return_ = asked_return(cast, order)
        with django_assert_max_num_queries(14):
            buyer.get(page_of(return_))


@pytest.mark.parametrize("act", ["", "/withdraw", "/escalate", "/send"])
def test_strangers_and_visitors_get_nothing(
    stranger: Client, asked: Return, order: Order, nothing_written: None, act: str
) -> None:
    def ask(client: Client, address: str) -> int:
        fields = {"words": "x", "courier": "JNE", "tracking_number": "JX0001234567"}
        return (client.post(address, fields) if act else client.get(address)).status_code

    assert ask(stranger, page_of(asked, act)) == 404
    assert ask(stranger, f"/returns/{new_id()}{act}") == 404
    assert stranger.get(f"/orders/{order.id}/return").status_code == 404
    assert stranger.post(f"/orders/{order.id}/return", filled_in(order)).status_code == 404
    assert ask(browser(), page_of(asked, act)) == 302


def test_the_shops_own_seller_is_a_stranger_here(cast: Cast, asked: Return) -> None:
    seller = browser()
    seller.force_login(cast.seller)
    before = rows_everywhere()
    assert seller.get(page_of(asked)).status_code == 404
    assert seller.post(page_of(asked, "/withdraw")).status_code == 404
    assert rows_everywhere() == before
