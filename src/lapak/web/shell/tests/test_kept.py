"""What was typed outlives the session and the token, comes from our own pages only, and is sent as whoever one is now."""

import re
import uuid
from html import unescape
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lapak.people.users.models import User
from lapak.testing.cast import Cast, stocked_variant
from lapak.web.shell import kept

pytestmark = pytest.mark.django_db

PASSWORD = "sandi-panjang-sari"
ADDRESS_PAGE = "/account/addresses/new"
TYPED = {"recipient": 'Sari "S" <b>', "phone": "081234567890", "street": "Jl. Kenanga 4"}


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True, headers={"origin": "http://testserver", "accept-language": "en"})


def hidden(page: str) -> dict[str, str]:
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in fields}


def form_of(browser: Client, address: str) -> dict[str, str]:
    return {"csrfmiddlewaretoken": hidden(browser.get(address).text)["csrfmiddlewaretoken"]}


def test_signed_in_again_in_another_tab(browser: Client, cast: Cast) -> None:
    browser.force_login(cast.buyer)
    form = form_of(browser, "/account/profile") | {"name": "Sari <Baru>"}
    browser.cookies["csrftoken"] = "x" * 32  # as signing in again changes it
    asked = browser.post("/account/profile", form)
    assert asked.status_code == 409
    assert asked["Cache-Control"] == "private, no-store"
    assert 'action="/account/profile"' in asked.text
    again = hidden(asked.text)
    assert again["name"] == "Sari <Baru>"
    cast.buyer.refresh_from_db()
    assert cast.buyer.name != "Sari <Baru>"
    assert browser.post("/account/profile", again).status_code == 302
    cast.buyer.refresh_from_db()
    assert cast.buyer.name == "Sari <Baru>"


def test_the_session_ended_while_typing(browser: Client, cast: Cast) -> None:
    cast.buyer.set_password(PASSWORD)
    cast.buyer.save()
    browser.force_login(cast.buyer)
    form = form_of(browser, ADDRESS_PAGE) | TYPED
    browser.cookies.pop("sessionid")
    to_sign_in = browser.post(ADDRESS_PAGE, form)
    assert to_sign_in["Location"] == "/account/sign-in?next=/again"
    signing_in = form_of(browser, to_sign_in["Location"]) | {"login": cast.buyer.email, "password": PASSWORD}
    assert browser.post(to_sign_in["Location"], signing_in)["Location"] == "/again"
    page = browser.get("/again")
    assert page.status_code == 200
    again = hidden(page.text)
    assert {name: again[name] for name in TYPED} == TYPED
    assert "<b>" not in page.text.split("again", 1)[1].replace("&lt;b&gt;", "")
    assert browser.post(ADDRESS_PAGE, again).status_code == 200  # the form, with the rest still to be filled in
    assert browser.get("/again")["Location"] == "/"  # shown once


def of_part(address: str) -> dict[str, str]:
    """The headers of htmx, on a page of this address."""
    return {"HX-Request": "true", "HX-Current-URL": f"http://testserver{address}"}


def test_the_session_ended_before_a_part_was_sent(browser: Client, cast: Cast) -> None:
    variant = stocked_variant(cast.shop)
    page, row = f"/sell/{cast.shop.slug}/products/{variant.product_id}", f"/sell/{cast.shop.slug}/variants/{variant.id}"
    browser.force_login(cast.seller)
    form = form_of(browser, page) | {"price_idr": "125.000", "initial-price_idr": "100000"}
    form |= {"on_hand": "10", "initial-on_hand": "10"}
    browser.cookies.pop("sessionid")
    answer = browser.post(row, form, headers=of_part(page))
    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/account/sign-in?next=%2Fagain")
    assert "Location" not in answer
    variant.refresh_from_db()
    assert variant.price_idr == 100_000
    browser.force_login(cast.seller)
    assert browser.post(row, hidden(browser.get("/again").text)).status_code == 302
    variant.refresh_from_db()
    assert variant.price_idr == 125_000


def test_the_session_ended_before_a_part_was_looked_at(browser: Client, cast: Cast) -> None:
    part, page = f"/sell/{cast.shop.slug}/products/{uuid.uuid4()}/variants", f"/sell/{cast.shop.slug}/products?page=2"
    answer = browser.get(part, headers=of_part(page))
    assert (answer.status_code, answer["HX-Redirect"]) == (200, f"/account/sign-in?{urlencode({'next': page})}")
    elsewhere = browser.get(part, headers={"HX-Request": "true", "HX-Current-URL": "https://evil.example/x"})
    assert elsewhere["HX-Redirect"] == "/account/sign-in?next=%2Fx"


def test_a_part_whose_token_is_another_s_is_asked_for_on_the_whole_page(browser: Client, cast: Cast) -> None:
    browser.force_login(cast.buyer)
    form = form_of(browser, "/account/profile") | {"name": "Sari"}
    browser.cookies["csrftoken"] = "x" * 32
    asked = browser.post("/account/profile", form, headers=of_part("/account/profile"))
    assert (asked.status_code, asked["HX-Retarget"], asked["HX-Reselect"]) == (200, "main", "main")
    assert asked.text.count("<main") == 1
    assert hidden(asked.text)["name"] == "Sari"
    cast.buyer.refresh_from_db()
    assert cast.buyer.name == "Buyer"


def test_what_others_kept_is_nobody_s_else(browser: Client, cast: Cast) -> None:
    browser.post(ADDRESS_PAGE, form_of(browser, "/account/sign-in") | TYPED)
    other = Client()
    other.force_login(cast.stranger)
    assert other.get("/again")["Location"] == "/"
    other.cookies[kept.COOKIE] = browser.cookies[kept.COOKIE].value.partition(":")[0]
    assert other.get("/again")["Location"] == "/"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
def test_another_site_lays_no_words_into_anybody_s_mouth(cast: Cast, origin: str) -> None:
    browser = Client(enforce_csrf_checks=True, headers={"origin": origin} if origin else {})
    browser.force_login(cast.buyer)
    refused = browser.post("/account/profile", {"name": "Evil"})
    assert refused.status_code == 403
    assert "Evil" not in refused.text
    visitor = Client(headers={"origin": origin} if origin else {})
    assert visitor.post(ADDRESS_PAGE, TYPED)["Location"] == f"/account/sign-in?next={ADDRESS_PAGE}"
    assert kept.COOKIE not in visitor.cookies


def test_a_second_tab_to_sign_in(browser: Client, cast: Cast) -> None:
    form = form_of(browser, "/account/sign-in")
    browser.force_login(cast.buyer)
    browser.cookies["csrftoken"] = "x" * 32
    answer = browser.post("/account/sign-in?next=/orders", form | {"login": cast.buyer.email, "password": PASSWORD})
    assert answer["Location"] == "/orders"


def test_secrets_are_typed_and_files_chosen_anew(browser: Client, cast: Cast) -> None:
    User.objects.create_user("dewi@lapak.test", PASSWORD)
    refused = browser.post("/account/sign-in", {"login": "dewi@lapak.test", "password": PASSWORD})
    assert refused.status_code == 409
    assert PASSWORD not in refused.text
    assert 'type="password" id="again-password" name="password"' in " ".join(refused.text.split())
    browser.force_login(cast.seller)
    picture = SimpleUploadedFile("foto.jpg", b"\xff\xd8", "image/jpeg")
    asked = browser.post(f"/sell/{cast.shop.slug}/move-in", {"given": picture})
    assert 'enctype="multipart/form-data"' in asked.text
    assert 'type="file" id="again-given" name="given"' in " ".join(asked.text.split())


def test_what_is_larger_than_a_form_is_not_kept(browser: Client, cast: Cast) -> None:
    browser.force_login(cast.buyer)
    assert browser.post("/account/profile", {"name": "x" * kept.LARGEST}).status_code == 403
