"""What a browser remembers of the links it followed."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from lapak.affiliates.token import make_token
from lapak.lib.ids import new_id
from lapak.web.shop.clicks import (
    COOKIE,
    MOST_REMEMBERED,
    cookie_remembering,
    remember_arriving_click,
    remembered_clicks,
)

browser = RequestFactory()


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
        remember_arriving_click(browser.get(f"/p/x?lp={new}"), response)
        cookie = response.cookies[COOKIE]
        assert cookie.value == f"{new}.{old}"
        assert (cookie["path"], cookie["max-age"], cookie["samesite"]) == ("/", "7776000", "Lax")
        assert cookie["httponly"]

    @pytest.mark.parametrize("kind", ["none", "edited", "known"])
    def test_none_an_edited_or_a_known_one_changes_nothing(self, kind: str) -> None:
        (known,) = tokens(1)
        browser.cookies[COOKIE] = known
        arriving = {"none": "", "edited": "A" + known[1:] if known[0] != "A" else "B" + known[1:], "known": known}[kind]
        response = HttpResponse()
        remember_arriving_click(browser.get(f"/p/x?lp={arriving}"), response)
        assert COOKIE not in response.cookies


class TestCookie:
    def value(self, token: str, remembered: str) -> list[str]:
        return cookie_remembering(token, remembered).partition("=")[2].partition(";")[0].split(".")

    def test_the_newest_eight(self) -> None:
        *old, new = tokens(12)
        assert self.value(new, ".".join(old)) == [new, *old[: MOST_REMEMBERED - 1]]

    def test_one_a_link(self) -> None:
        link = new_id()
        first, again = make_token(link, new_id()), make_token(link, new_id())
        (other,) = tokens(1)
        assert self.value(again, f"{other}.{first}") == [again, other]

    def test_what_cannot_be_a_token_is_forgotten(self) -> None:
        (new,) = tokens(1)
        assert self.value(new, "rubbish..x") == [new]
