"""What a browser remembers of the links it followed."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from lapak.affiliates.known_clicks.commands import drop_known_clicks
from lapak.affiliates.known_clicks.models import KnownClick
from lapak.affiliates.token import MOST_REMEMBERED, make_token
from lapak.flows.take_consent_back import take_consent_back
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.people.privacy.consents import give_consent
from lapak.people.privacy.rules import Purpose
from lapak.testing.cast import Cast, link_to
from lapak.trade.orders.carts import add_to_cart, cart_of_user
from lapak.web.shop.clicks import COOKIE, cookie_remembering, remember_arriving_click, remembered_clicks

browser = RequestFactory()


def arriving(address: str) -> HttpRequest:
    """A visitor's browser opens it."""
    request = browser.get(address)
    request.user = AnonymousUser()
    return request


def tokens(count: int) -> list[str]:
    """Tokens of different links, oldest first."""
    return [make_token(new_id(), new_id()) for _ in range(count)]


class TestRemembered:
    def test_from_cookie_and_address_newest_first_each_once(self) -> None:
        oldest, middle, newest = tokens(3)
        browser.cookies[COOKIE] = f"{middle}.{oldest}"
        clicks = [
            [make_token(click.link_id, click.click_id) for click in remembered_clicks(browser.get(address))]
            for address in (f"/p/x?lp={newest}", f"/p/x?lp={middle}", "/p/x")
        ]
        assert clicks == [[newest, middle, oldest], [middle, oldest], [middle, oldest]]

    def test_edited_tokens_are_left_out(self) -> None:
        (good,) = tokens(1)
        edited = good[:-1] + ("A" if good[-1] != "A" else "B")
        browser.cookies[COOKIE] = f"{edited}.{good}.rubbish.{'x' * 64}"
        assert len(remembered_clicks(browser.get(f"/?lp={edited}"))) == 1

    def test_without_any(self) -> None:
        browser.cookies.clear()
        assert remembered_clicks(browser.get("/")) == []


class TestArriving:
    def test_a_click_in_the_address_is_put_in_front_of_those_remembered(self) -> None:
        old, new = tokens(2)
        browser.cookies[COOKIE] = old
        response = HttpResponse()
        remember_arriving_click(arriving(f"/p/x?lp={new}"), response)
        cookie = response.cookies[COOKIE]
        assert cookie.value == f"{new}.{old}"
        assert (cookie["path"], cookie["max-age"], cookie["samesite"]) == ("/", "7776000", "Lax")
        assert cookie["httponly"]

    @pytest.mark.parametrize("kind", ["none", "edited", "known"])
    def test_none_an_edited_or_a_known_one_changes_nothing(self, kind: str) -> None:
        (known,) = tokens(1)
        browser.cookies[COOKIE] = known
        token = {"none": "", "edited": "A" + known[1:] if known[0] != "A" else "B" + known[1:], "known": known}[kind]
        response = HttpResponse()
        remember_arriving_click(arriving(f"/p/x?lp={token}"), response)
        assert COOKIE not in response.cookies


class TestCookie:
    def value(self, token: str, remembered: str) -> list[str]:
        return cookie_remembering(token, remembered).partition("=")[2].partition(";")[0].split(".")

    def test_the_newest_eight(self) -> None:
        *old, new = tokens(12)
        assert self.value(new, ".".join(old)) == [new, *old[: MOST_REMEMBERED - 1]]

    def test_of_a_link_the_newest_and_the_first(self) -> None:
        link = new_id()
        first, second, third = (make_token(link, new_id()) for _ in range(3))
        (other,) = tokens(1)
        assert self.value(second, f"{other}.{first}") == [second, other, first]
        assert self.value(third, f"{second}.{other}.{first}") == [third, other, first]

    def test_what_cannot_be_a_token_is_forgotten(self) -> None:
        (new,) = tokens(1)
        assert self.value(new, "rubbish..x") == [new]


@pytest.mark.django_db
class TestOnAnotherDevice:
    """A signed-in buyer's clicks are remembered by the browser on which they are about to order, if they have consented."""

    @pytest.fixture(autouse=True)
    def consent(self, cast: Cast) -> None:
        give_consent(cast.buyer, Purpose.CLICKS, version=1)

    def signed_in(self, cast: Cast) -> Client:
        device = Client()
        device.force_login(cast.buyer)
        return device

    def test_a_click_on_the_phone_is_with_the_computer_at_the_checkout(self, cast: Cast, variant: Variant) -> None:
        phone, computer = self.signed_in(cast), self.signed_in(cast)
        token = make_token(link_to(cast, variant.product).id, new_id())
        phone.get(f"{variant.product.path}?lp={token}")
        add_to_cart(cart_of_user(cast.buyer), variant.id, 1)
        assert computer.get("/checkout").cookies[COOKIE].value == token
        assert COOKIE not in computer.get("/checkout").cookies

    def test_also_one_that_was_made_before_signing_in(self, cast: Cast, variant: Variant) -> None:
        (token,) = tokens(1)
        phone, computer = self.signed_in(cast), self.signed_in(cast)
        phone.cookies[COOKIE] = token
        add_to_cart(cart_of_user(cast.buyer), variant.id, 1)
        phone.get("/checkout")
        assert computer.get("/checkout").cookies[COOKIE].value == token

    def test_nothing_is_known_of_who_has_not_consented_or_does_no_more(self, cast: Cast, variant: Variant) -> None:
        phone = self.signed_in(cast)
        phone.get(f"{variant.product.path}?lp={tokens(1)[0]}")
        take_consent_back(cast.buyer, Purpose.CLICKS)
        phone.get(f"{variant.product.path}?lp={tokens(1)[0]}")
        phone.get("/checkout")
        assert not KnownClick.objects.exists()

    def test_nobody_elses(self, cast: Cast, variant: Variant) -> None:
        phone, other = self.signed_in(cast), Client()
        phone.get(f"{variant.product.path}?lp={tokens(1)[0]}")
        other.force_login(cast.stranger)
        add_to_cart(cart_of_user(cast.stranger), variant.id, 1)
        assert COOKIE not in other.get("/checkout").cookies

    def test_a_visitors_are_known_to_nobody(self, variant: Variant) -> None:
        Client().get(f"{variant.product.path}?lp={tokens(1)[0]}")
        assert not KnownClick.objects.exists()

    def test_the_newest_eight_and_none_that_no_programme_counts(self, cast: Cast, variant: Variant) -> None:
        phone = self.signed_in(cast)
        made = tokens(MOST_REMEMBERED + 2)
        for token in made:
            phone.get(f"{variant.product.path}?lp={token}")
        kept = KnownClick.objects.order_by("click_id")
        assert [make_token(click.link_id, click.click_id) for click in kept] == made[2:]
        with clock.stopped_at(clock.now() + timedelta(days=90)):
            assert drop_known_clicks() == MOST_REMEMBERED
