"""Behind proxies the visitor is whom ours saw: nobody becomes somebody else by a header, and nobody locks out the others."""

from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client
from pytest_django import Settings

from lapak.config.pages import environ_of
from lapak.config.tests.test_door import Scope

VISITOR, LIAR, OUTER, INNER = "203.0.113.9", "198.51.100.7", "10.0.0.1", "10.0.0.2"


class Repeating(dict[str, str]):
    """Headers as the server has them: the same name may stand in several lines."""

    def __init__(self, *lines: tuple[str, str]) -> None:
        super().__init__(lines)
        self.lines = [("host", "localhost"), *lines]

    def items(self) -> list[tuple[str, str]]:  # type: ignore[override]  # all there is of the server's mapping
        return self.lines


def seen(*lines: tuple[str, str]) -> WSGIRequest:
    scope = Scope("/")
    scope.client = f"{INNER}:40000"
    scope.headers = Repeating(*lines)
    return WSGIRequest(environ_of(scope, BytesIO()))


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, [], INNER),
        (0, [LIAR], INNER),  # nobody in front: anybody may write it
        (1, [VISITOR], VISITOR),
        (1, [f"{LIAR}, {VISITOR}"], VISITOR),
        (1, [LIAR, VISITOR], VISITOR),  # a proxy that adds a line of its own
        (2, [f"{VISITOR}, {OUTER}"], VISITOR),
        (2, [f"{LIAR}, {LIAR}, {VISITOR}, {OUTER}"], VISITOR),
        (2, [VISITOR], VISITOR),  # asked past the outer one
        (1, [f"{VISITOR}:51234"], VISITOR),
        (1, ["[2001:db8::9]:51234"], "2001:db8::9"),
        (1, ["2001:DB8::9"], "2001:db8::9"),
        (1, ["unknown"], INNER),
        (1, [f"{VISITOR}, "], INNER),
        (1, [], INNER),
    ],
)
def test_the_address_is_the_one_that_the_outermost_of_ours_saw(
    settings: Settings, proxies: int, forwarded: list[str], address: str
) -> None:
    settings.PROXIES = proxies
    assert seen(*(("x-forwarded-for", line) for line in forwarded)).META["REMOTE_ADDR"] == address


@pytest.mark.parametrize(
    ("proxies", "said", "scheme"),
    [
        (0, ["https"], "http"),
        (1, ["https"], "https"),
        (1, ["HTTPS"], "https"),
        (1, ["http"], "http"),
        (1, ["http", "https"], "https"),
        (2, ["https"], "https"),
        (2, ["http, https, http"], "https"),
        (1, ["gopher"], "https"),  # as the site's address has it
        (1, [], "https"),
    ],
)
def test_absolute_addresses_begin_as_the_visitor_s_do(
    settings: Settings, proxies: int, said: list[str], scheme: str
) -> None:
    settings.PROXIES, settings.BASE_URL = proxies, "https://lapak.test"
    request = seen(*(("x-forwarded-proto", line) for line in said))
    assert request.build_absolute_uri("/pay") == f"{scheme}://localhost/pay"
    assert request.is_secure() is (scheme == "https")


@pytest.mark.django_db
def test_wrong_passwords_lock_one_account_and_not_whoever_shares_the_address() -> None:
    users = get_user_model()
    for name in ("sari", "dewi"):
        users.objects.create_user(f"{name}@lapak.test", "sandi-panjang-sari")

    def signs_in(name: str, password: str) -> bool:
        sent = {"login": f"{name}@lapak.test", "password": password}
        return Client(REMOTE_ADDR=VISITOR).post("/account/sign-in", sent).status_code == 302

    for _ in range(25):
        assert not signs_in("sari", "salah-sekali")
    assert not signs_in("sari", "sandi-panjang-sari")
    assert signs_in("dewi", "sandi-panjang-sari")


@pytest.mark.django_db
def test_another_address_does_not_help_who_guesses_one_account() -> None:
    get_user_model().objects.create_user("sari@lapak.test", "sandi-panjang-sari")

    def signs_in(address: str, password: str) -> bool:
        sent = {"login": "sari@lapak.test", "password": password}
        return Client(REMOTE_ADDR=address).post("/account/sign-in", sent).status_code == 302

    for n in range(5):
        assert not signs_in(f"203.0.113.{n}", "salah-sekali")
    assert not signs_in("203.0.113.77", "sandi-panjang-sari")


@pytest.mark.django_db
def test_another_port_of_the_host_does_not_help_either() -> None:
    """A browser names the port it asks, and nobody has to ask the one that they name."""
    get_user_model().objects.create_user("sari@lapak.test", "sandi-panjang-sari")

    def signs_in(port: int, password: str) -> bool:
        sent = {"login": "sari@lapak.test", "password": password}
        return Client().post("/account/sign-in", sent, headers={"host": f"localhost:{port}"}).status_code == 302

    for port in range(5):
        assert not signs_in(8000 + port, "salah-sekali")
    assert not signs_in(8077, "sandi-panjang-sari")


@pytest.mark.django_db
def test_a_stranger_s_tries_keep_nobody_out_of_a_browser_that_knows_them() -> None:
    for name in ("sari", "dewi"):
        get_user_model().objects.create_user(f"{name}@lapak.test", "sandi-panjang-sari")
    own, other = Client(), Client()

    def signs_in(browser: Client, password: str, name: str = "sari") -> bool:
        sent = {"login": f"{name}@lapak.test", "password": password}
        return browser.post("/account/sign-in", sent).status_code == 302

    assert signs_in(own, "sandi-panjang-sari")
    assert signs_in(other, "sandi-panjang-sari", "dewi")
    for browser in (own, other):
        browser.post("/account/sign-out")
    for _ in range(6):
        assert not signs_in(Client(), "salah-sekali")
    assert not signs_in(other, "sandi-panjang-sari"), "known to somebody else's browser, a stranger is one"
    assert signs_in(own, "sandi-panjang-sari")
    own.post("/account/sign-out")
    for _ in range(5):
        assert not signs_in(own, "salah-sekali")
    assert not signs_in(own, "sandi-panjang-sari"), "whoever has the browser has no more tries than others"
    own.cookies["lapak_known"] = own.cookies["lapak_known"].value.replace(":", "x:", 1)
    assert not signs_in(own, "sandi-panjang-sari"), "nobody writes one for themselves"


def test_limits_are_kept_where_every_process_sees_them(settings: Settings) -> None:
    assert settings.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"
