"""Out of a social app's own browser, with the cart and the click, once."""

import time
from datetime import timedelta

import pytest
from django.test import Client

from lapak.affiliates.token import make_token
from lapak.goods.catalogue.models import Variant
from lapak.lib.ids import new_id
from lapak.testing.cast import Cast, link_to
from lapak.trade.orders.carts import add_to_cart, cart_of_user
from lapak.trade.orders.models import Cart, CartLine
from lapak.web.shop.hand_over_token import HandOver, seal, unseal
from lapak.web.shop.tests.conftest import ATTACK, IN_TIKTOK, PHONE, browser

pytestmark = pytest.mark.django_db

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"


@pytest.fixture
def in_app() -> Client:
    return browser(IN_TIKTOK)


def carried_out_of(in_app: Client, address: str = "/cart") -> str:
    """The address that the app's browser is sent to instead of the page."""
    answer = in_app.get(address)
    assert answer.status_code == 303
    return str(answer["Location"])


class TestInsideTheApp:
    def test_everything_may_be_looked_at(self, in_app: Client, variant: Variant) -> None:
        for address in ("/", "/?q=batik", "/c/fashion", "/s/batik-sekar", "/@ceu-edoh", variant.product.path):
            assert in_app.get(address).status_code == 200

    @pytest.mark.parametrize("address", ["/cart", "/checkout", "/pay/00000000-0000-0000-0000-000000000001"])
    def test_from_the_cart_on_it_shows_the_way_out(self, in_app: Client, address: str) -> None:
        way_out = in_app.get(carried_out_of(in_app, address))
        assert way_out.status_code == 200
        assert "inside TikTok" in way_out.text
        assert way_out["Cache-Control"] == "private, no-store"

    def test_posting_too(self, in_app: Client, variant: Variant) -> None:
        for address in ("/checkout", f"/cart/lines/{variant.id}", f"/pay/{new_id()}/cancel"):
            assert in_app.post(address)["Location"].startswith("/hand-over/")

    def test_goods_go_into_the_cart_and_along(self, in_app: Client, variant: Variant) -> None:
        in_app.post("/cart/add", {"variant": variant.id, "quantity": 2, "then": "checkout"})
        way_out = in_app.get(carried_out_of(in_app, f"/checkout?only={variant.id}"))
        assert "Kemeja Batik Kawung" in way_out.text
        assert "2 × Rp100.000" in way_out.text
        assert CartLine.objects.exists()

    def test_android_opens_by_a_tap(self, in_app: Client) -> None:
        way_out = in_app.get(carried_out_of(in_app)).text
        assert 'href="intent://localhost:8000/hand-over/' in way_out
        assert "scheme=http;action=android.intent.action.VIEW;category=android.intent.category.BROWSABLE;" in way_out

    def test_a_browser_that_only_looks_like_an_app_goes_on_here(self, variant: Variant) -> None:
        home_screen = browser(IPHONE)
        way_out = carried_out_of(home_screen)
        assert f'action="{way_out}/here"' in home_screen.get(way_out).text
        assert home_screen.post(f"{way_out}/here")["Location"] == "/cart"
        assert home_screen.get("/cart").status_code == 200

    def test_an_app_that_names_itself_does_not(self, in_app: Client) -> None:
        way_out = carried_out_of(in_app)
        assert "/here" not in in_app.get(way_out).text
        in_app.post(f"{way_out}/here")
        assert in_app.get("/cart").status_code == 303
        assert in_app.post("/hand-over/nonsense/here").status_code == 410

    def test_an_iphone_is_told_the_steps(self) -> None:
        instagram = browser(f"{IPHONE} Instagram 300.0")
        way_out = instagram.get(carried_out_of(instagram)).text
        assert "Open in Safari" in way_out
        assert "intent://" not in way_out
        assert '<svg viewBox="0 0' in way_out  # the QR code
        assert "data-copy=" in way_out

    def test_words_are_text_not_markup(self, in_app: Client, variant: Variant) -> None:
        variant.product.title = ATTACK
        variant.product.save()
        in_app.post("/cart/add", {"variant": variant.id, "quantity": 1})
        assert ATTACK not in in_app.get(carried_out_of(in_app)).text


class TestInARealBrowser:
    def test_the_cart_and_the_click_are_there(
        self, in_app: Client, visitor: Client, cast: Cast, variant: Variant
    ) -> None:
        token = make_token(link_to(cast, variant.product).id, new_id())
        in_app.get(f"{variant.product.path}?lp={token}")
        in_app.post("/cart/add", {"variant": variant.id, "quantity": 2})
        answer = visitor.get(carried_out_of(in_app))
        assert (answer.status_code, answer["Location"]) == (303, "/cart")
        assert answer.cookies["lapak_clicks"].value == token
        assert "Kemeja Batik Kawung" in visitor.get("/cart").text
        assert visitor.session["cart_count"] == 1

    def test_once(self, in_app: Client, visitor: Client, variant: Variant) -> None:
        in_app.post("/cart/add", {"variant": variant.id, "quantity": 2})
        address = carried_out_of(in_app)
        visitor.get(address)
        second = browser().get(address)
        assert second.status_code == 410
        assert "This address works no more" in second.text
        assert Cart.objects.count() == 1

    def test_going_back_to_it_is_no_second_time(self, in_app: Client, visitor: Client, variant: Variant) -> None:
        in_app.post("/cart/add", {"variant": variant.id, "quantity": 2})
        address = carried_out_of(in_app)
        assert [visitor.get(address).status_code for _ in range(2)] == [303, 303]
        assert CartLine.objects.get().quantity == 2

    def test_into_the_cart_that_is_there(self, in_app: Client, buyer: Client, cast: Cast, variant: Variant) -> None:
        add_to_cart(cart_of_user(cast.buyer), variant.id, 5)
        in_app.post("/cart/add", {"variant": variant.id, "quantity": 2})
        address = carried_out_of(in_app)
        asked = buyer.get(address)
        assert "Put these goods into your cart?" in asked.text
        assert "2 × Rp100.000" in asked.text
        assert CartLine.objects.count() == 2  # opening a link, which anybody can send, mixes nothing
        assert buyer.get(f"{address}/take")["Location"] == address
        assert buyer.post(f"{address}/take")["Location"] == "/cart"
        cart = Cart.objects.get()
        assert (cart.user, cart.lines.get().quantity) == (cast.buyer, 5)
        assert buyer.get(address)["Location"] == "/cart"  # going back to it asks nothing again

    def test_a_visitor_with_goods_is_asked_too(self, in_app: Client, visitor: Client, variant: Variant) -> None:
        for client in (in_app, visitor):
            client.post("/cart/add", {"variant": variant.id, "quantity": 2})
        address = carried_out_of(in_app)
        assert "Put these goods into your cart?" in visitor.get(address).text
        visitor.post(f"{address}/take")
        assert Cart.objects.count() == 1

    def test_who_is_signed_in_is_asked_though_their_cart_is_empty(
        self, in_app: Client, buyer: Client, variant: Variant
    ) -> None:
        in_app.post("/cart/add", {"variant": variant.id, "quantity": 2})
        address = carried_out_of(in_app)
        assert "Put these goods into your cart?" in buyer.get(address).text
        browser().get(address)  # another browser was first
        assert buyer.get(address).status_code == buyer.post(f"{address}/take").status_code == 410

    def test_a_users_cart_is_given_to_nobody(
        self, in_app: Client, visitor: Client, cast: Cast, variant: Variant
    ) -> None:
        in_app.force_login(cast.buyer)
        add_to_cart(cart_of_user(cast.buyer), variant.id, 1)
        answer = visitor.get(carried_out_of(in_app, "/checkout"))
        assert answer["Location"] == "/account/sign-in?next=%2Fcheckout"
        assert "Your cart is empty" in visitor.get("/cart").text

    def test_a_preview_is_no_opening(self, in_app: Client, visitor: Client, variant: Variant) -> None:
        in_app.post("/cart/add", {"variant": variant.id, "quantity": 2})
        address = carried_out_of(in_app)
        assert browser("WhatsApp/2.23").get(address).status_code == 200
        assert visitor.get(address).status_code == 303


class TestToken:
    HELD = HandOver(new_id(), ["newest", "first"], "/checkout")

    def test_what_goes_in_comes_out(self) -> None:
        assert unseal(seal(self.HELD)) == self.HELD

    @pytest.mark.parametrize("token", ["", "x", "a:b:c", "…"])
    def test_forged(self, token: str) -> None:
        assert unseal(token) is None
        assert unseal(seal(self.HELD)[:-1]) is None

    def test_edited_or_unknown_answers_that_it_works_no_more(self, visitor: Client) -> None:
        assert visitor.get(f"/hand-over/{seal(self.HELD)}x").status_code == 410
        assert visitor.get(f"/hand-over/{seal(self.HELD)}").status_code == 410  # no such cart

    @pytest.mark.parametrize(("minutes", "is_valid"), [(29, True), (31, False)])
    def test_half_an_hour(self, monkeypatch: pytest.MonkeyPatch, minutes: int, is_valid: bool) -> None:
        token = seal(self.HELD)
        later = time.time() + timedelta(minutes=minutes).total_seconds()
        monkeypatch.setattr("django.core.signing.time.time", lambda: later)
        assert (unseal(token) is not None) == is_valid


def test_a_real_browser_goes_straight_on(db: None) -> None:
    assert browser(PHONE).get("/cart").status_code == 200
