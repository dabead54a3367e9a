"""Joining: a code by mail, and the same answers whoever is known by the e-mail."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import signing
from django.test import Client

from lapak.lib import clock
from lapak.people.notices.models import Mail
from lapak.people.users.email_changes import note_email_change
from lapak.people.users.joining import MOST_AN_HOUR, MOST_SENT, MOST_TRIES, forget_old_joinings
from lapak.people.users.models import Joining, User
from lapak.testing.cast import Cast
from lapak.testing.joining import code_mailed_to, join
from lapak.web.shop.tests.conftest import browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_passwords")]

PASSWORD = "sandi-panjang-sari"
SARI = {"name": "Sari Wulandari", "email": "Sari@Lapak.test", "password1": PASSWORD, "next": "/help"}
CODE_PAGE = "/account/join/code"


@pytest.fixture
def known() -> User:
    return User.objects.create_user("sari@lapak.test", "sandi-yang-lama", name="Sari")


def letters() -> list[str]:
    return list(Mail.objects.filter(to="sari@lapak.test").order_by("written_at").values_list("text", flat=True))


def test_with_the_code_of_the_mail_one_is_in_and_goes_on(visitor: Client) -> None:
    sent = visitor.post("/account/join", SARI)
    assert sent["Location"] == f"{CODE_PAGE}?next=%2Fhelp"
    page = visitor.get(sent["Location"])
    assert "sari@lapak.test" in page.text
    assert page["Cache-Control"] == "private, no-store"
    assert not User.objects.exists()
    done = visitor.post(CODE_PAGE, {"code": f" {code_mailed_to('sari@lapak.test')} ", "next": "/help"})
    assert done["Location"] == "/help"
    user = User.objects.get()
    assert (user.name, user.email, user.language) == ("Sari Wulandari", "sari@lapak.test", "en")
    assert user.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=user).verified
    assert "Sari Wulandari" in visitor.get("/account").text
    assert not Joining.objects.exists()
    for page_of_joining in ("/account/join?next=/help", f"{CODE_PAGE}?next=/help"):
        assert visitor.get(page_of_joining)["Location"] == "/help"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("email", "sari"),
        ("email", "a" * 250 + "@example.com"),
        ("email", "sari@\uff47mail.com"),
        ("email", "sari@x\u3002com"),
        ("password1", "pendek"),
        ("password1", "password123"),
        ("password1", "sari wulandari"),
    ],
)
def test_what_is_unfit_is_told_beside_its_field(visitor: Client, nothing_written: None, field: str, value: str) -> None:
    page = visitor.post("/account/join", {**SARI, field: value})
    assert page.status_code == 200
    assert f'id="id_{field}_error"' in page.text


def test_who_is_known_is_told_in_the_mailbox_alone(known: User) -> None:
    of_known, of_nobody = browser(), browser()
    first = of_known.post("/account/join", SARI)
    second = of_nobody.post("/account/join", {**SARI, "email": "baru@lapak.test"})
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert kept_by(of_known) == kept_by(of_nobody)
    for posted in ({"code": "123456"}, {"again": ""}):
        pages = [client.post(CODE_PAGE, posted, follow=True).text for client in (of_known, of_nobody)]
        assert told(pages[0]).replace("sari@", "…@") == told(pages[1]).replace("baru@", "…@")
    assert Mail.objects.filter(to="baru@lapak.test").count() == len(letters()) == 2
    assert "/account/sign-in" in letters()[0]
    assert "/account/password/forgotten" in letters()[0]
    assert code_mailed_to("sari@lapak.test") == ""
    known.refresh_from_db()
    assert (known.name, known.check_password("sandi-yang-lama")) == ("Sari", True)


def kept_by(client: Client) -> set[str]:
    """What the cookie of the session says, but for the id: whoever has it can read it."""
    said = signing.loads(client.cookies["sessionid"].value, salt="django.contrib.sessions.backends.signed_cookies")
    assert len(said.pop("lapak_joining")) == 36
    return {str(said)}


def told(page: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value|nonce|content)="[^"]*"', "", page)


def test_a_code_has_five_tries(visitor: Client) -> None:
    visitor.post("/account/join", SARI)
    code = code_mailed_to("sari@lapak.test")
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(MOST_TRIES):
        assert 'id="id_code_error"' in visitor.post(CODE_PAGE, {"code": wrong}).text
    late = visitor.post(CODE_PAGE, {"code": code}, follow=True)
    assert "no longer good" in late.text
    assert not User.objects.exists()


def test_an_old_cookie_gives_no_more_tries(visitor: Client) -> None:
    visitor.post("/account/join", SARI)
    code, cookie = code_mailed_to("sari@lapak.test"), visitor.cookies["sessionid"].value
    for _ in range(MOST_TRIES):
        visitor.cookies["sessionid"] = cookie
        visitor.post(CODE_PAGE, {"code": "not-it"})
    visitor.cookies["sessionid"] = cookie
    visitor.post(CODE_PAGE, {"code": code})
    assert not User.objects.exists()


@pytest.mark.parametrize(("minutes", "joined"), [(9, True), (10, False)])
def test_a_code_is_good_for_ten_minutes(visitor: Client, minutes: int, joined: bool) -> None:
    visitor.post("/account/join", SARI)
    with clock.stopped_at(clock.now() + timedelta(minutes=minutes)):
        visitor.post(CODE_PAGE, {"code": code_mailed_to("sari@lapak.test")})
    assert User.objects.exists() is joined


def test_of_two_codes_the_newer_counts(visitor: Client) -> None:
    visitor.post("/account/join", SARI)
    first = code_mailed_to("sari@lapak.test")
    visitor.post(CODE_PAGE, {"again": ""})
    second = code_mailed_to("sari@lapak.test")
    assert len(letters()) == 2
    if first != second:
        visitor.post(CODE_PAGE, {"code": first})
        assert not User.objects.exists()
    visitor.post(CODE_PAGE, {"code": second})
    assert User.objects.exists()


def test_nobody_s_mailbox_is_filled(visitor: Client) -> None:
    visitor.post("/account/join", SARI)
    for _ in range(MOST_SENT + 2):
        page = visitor.post(CODE_PAGE, {"again": ""}, follow=True)
    assert "The code of the newest message counts" in page.text
    assert len(letters()) == MOST_SENT
    for _ in range(MOST_AN_HOUR):
        last = visitor.post("/account/join", SARI)
    assert "several messages" in last.text
    assert Joining.objects.count() == MOST_AN_HOUR
    with clock.stopped_at(clock.now() + timedelta(hours=1, minutes=1)):
        assert visitor.post("/account/join", SARI).status_code == 302


def test_nor_by_forgotten_passwords(cast: Cast) -> None:
    for _ in range(8):
        browser().post("/account/password/forgotten", {"email": cast.buyer.email})
    assert Mail.objects.filter(to=cast.buyer.email).count() == 5


def test_of_two_who_join_with_one_e_mail_the_first_to_type_a_code_is_it(visitor: Client) -> None:
    other = browser()
    visitor.post("/account/join", SARI)
    first = code_mailed_to("sari@lapak.test")
    join(other, {**SARI, "name": "Orang"})
    assert "no longer good" in visitor.post(CODE_PAGE, {"code": first}, follow=True).text
    assert User.objects.get().name == "Orang"


def test_an_e_mail_that_somebody_may_return_to_is_told_there_alone(visitor: Client, known: User) -> None:
    note_email_change(known, old="dulu@lapak.test", new=known.email)
    visitor.post("/account/join", {**SARI, "email": "dulu@lapak.test"})
    assert "may still return to it" in Mail.objects.get(to="dulu@lapak.test").text
    assert code_mailed_to("dulu@lapak.test") == ""


def test_whoever_began_nothing_begins(visitor: Client) -> None:
    assert visitor.get(f"{CODE_PAGE}?next=/help")["Location"] == "/account/join?next=%2Fhelp"


def test_what_nobody_finished_is_forgotten(visitor: Client) -> None:
    visitor.post("/account/join", SARI)
    with clock.stopped_at(clock.now() + timedelta(hours=23)):
        assert forget_old_joinings() == 0
    with clock.stopped_at(clock.now() + timedelta(hours=25)):
        assert forget_old_joinings() == 1
