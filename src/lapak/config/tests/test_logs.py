"""No log says who somebody is, whatever went wrong with what they gave."""

import json
import logging
from io import StringIO

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client

from lapak.config.embedded.server import Server
from lapak.config.logs import without_people
from lapak.people.users.models import User
from lapak.people.users.second_factors import code_of, give_app
from lapak.testing.cast import Cast
from lapak.testing.joining import join

PASSWORD = "sandi-panjang-budi"
PERSONAL = ("budi.santoso", "example.org", "081298765432", "Budi Santoso", "Jl. Kenanga", "pbkdf2_sha256$", PASSWORD)


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    """What the handlers of this process write."""
    text = StringIO()
    handlers = [handler for handler in logging.getLogger().handlers if isinstance(handler, logging.StreamHandler)]
    ours = next(handler for handler in handlers if "structlog" in type(handler.formatter).__module__)
    monkeypatch.setattr(ours, "stream", text)
    return text


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("no mailbox budi.santoso@example.org", "no mailbox …@…"),
        ("Not Found: /c/budi%40example.org", "Not Found: /c/…@…"),
        ("call 0812-9876-5432 or +6281298765432.", "call 08… or 08…."),
        ("pbkdf2_sha256$1000000$abc$Zm9v/+=", "…$…"),
        ("duplicate key\nDETAIL:  Key (email)=(budi@x) already exists.\nCONTEXT", "duplicate key\nDETAIL:  …\nCONTEXT"),
        ("Failing row contains (1, Budi, Jl. Kenanga 1).", "Failing row contains …"),
        ("Bad Request: /account/password/new/1-abc-def", "Bad Request: /account/password/new/…"),
        ("/hand-over/eyJ.x:y?a=1", "/hand-over/…?a=1"),
        ("order 0192f3c4-0812-7abc-8def-081234567890", "order 0192f3c4-0812-7abc-8def-081234567890"),
        ("of Rp1.081.234.567", "of Rp1.081.234.567"),
    ],
)  # fmt: skip
def test_what_stands_in_its_place(text: str, without: str) -> None:
    assert without_people(text) == without


def test_what_the_journeys_of_a_person_leave_behind(
    cast: Cast, logged: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They join, sign in wrongly, look for themselves where nothing is, and meet our mistakes and the database's."""
    browser = Client(raise_request_exception=False, headers={"origin": "http://testserver"})
    about = {"name": "Budi Santoso", "email": "budi.santoso@example.org", "password1": PASSWORD}
    join(browser, about)
    browser.get("/account/email/budi.santoso@example.org")
    browser.get("/c/budi.santoso@example.org")
    browser.get("/@081298765432?q=081298765432")
    browser.post("/account/sign-in", {"login": "budi.santoso@example.org", "password": "x"})
    browser.post("/account/sign-in\0", {"login": "budi.santoso@example.org", "password": PASSWORD})

    def fail(*_args: object, **_kwargs: object) -> None:
        with transaction.atomic():
            budi = User.objects.get(email="budi.santoso@example.org")
            User.objects.create(email=budi.email, name=budi.name, password=budi.password)

    monkeypatch.setattr("lapak.web.shop.for_crawlers.public_key", fail)
    assert browser.get("/.well-known/lapak-key").status_code == 500
    lines = [json.loads(line) for line in logged.getvalue().splitlines()]
    assert any("IntegrityError" in str(line) for line in lines), "the mistake itself is in the log"
    assert [word for word in PERSONAL if word in logged.getvalue()] == []


def lines_of(logged: StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in logged.getvalue().splitlines()]


def test_who_came_in_and_who_tried(cast: Cast, logged: StringIO) -> None:
    """By whichever way: a password, an app's code, a new password; each with whose it is, when, and in which session."""
    cast.buyer.set_password(PASSWORD)
    cast.buyer.save()
    browser, theirs, email = Client(), str(cast.buyer.id), cast.buyer.email
    browser.post("/account/sign-in", {"login": email, "password": "x"})
    browser.post("/account/sign-in", {"login": "nobody@example.org", "password": "x"})
    browser.post("/account/sign-in", {"login": email, "password": PASSWORD})
    session = str(cast.buyer.sessions.get().id)
    again = {"oldpassword": PASSWORD, "password1": f"{PASSWORD}-2", "password2": f"{PASSWORD}-2"}
    browser.post("/account/password", again)
    browser.post("/account/sign-out")
    give_app(cast.buyer)
    browser.post("/account/sign-in", {"login": email, "password": f"{PASSWORD}-2"})
    browser.post("/account/two-factors/enter", {"code": "000000"})
    browser.post("/account/two-factors/enter", {"code": code_of(cast.buyer)})
    told = [line for line in lines_of(logged) if line["logger"] == "lapak.web.shell.security_log"]
    assert [(line["event"], line["user"]) for line in told] == [
        ("sign_in_failed", theirs),
        ("sign_in_failed", None),
        ("signed_in", theirs),
        ("password_changed", theirs),
        ("signed_out", theirs),
        ("second_factor_wrong", theirs),
        ("second_factor_shown", theirs),
        ("signed_in", theirs),
    ]
    assert {line["session"] for line in told[2:5]} == {session}
    assert [line.get("factor") for line in told[5:7]] == ["totp", "totp"]
    assert all(str(line["timestamp"]).endswith("Z") for line in told)
    assert email not in logged.getvalue()


def test_who_tries_too_often(cast: Cast, logged: StringIO) -> None:
    for _ in range(6):
        Client().post("/account/sign-in", {"login": cast.buyer.email, "password": "x"})
    told = [line for line in lines_of(logged) if line["logger"] == "lapak.web.shell.security_log"]
    assert [line["event"] for line in told] == [*["sign_in_failed"] * 5, "sign_in_held"]
    assert {line["user"] for line in told} == {str(cast.buyer.id)}


def test_who_was_refused_what(cast: Cast, logged: StringIO) -> None:
    """What is not theirs, what they may not do, and a form of another site's: who asked, how, and what was answered."""
    stranger = Client(raise_request_exception=False)
    stranger.force_login(cast.stranger)
    Client(enforce_csrf_checks=True).post("/cart/add")
    stranger.get(f"/sell/{cast.shop.slug}")
    refused = [line for line in lines_of(logged) if line["logger"] == "django.request"]
    assert [(line["method"], line["status"], line["user"]) for line in refused] == [
        ("POST", 403, None),
        ("GET", 404, str(cast.stranger.id)),
    ]
    assert cast.shop.slug in str(refused[1]["event"])


def test_a_line_is_a_line(logged: StringIO) -> None:
    """Nobody writes one of their own by what they ask for."""
    Client(raise_request_exception=False).get("/nothing%0A%7B%22event%22:%22signed_in%22%7D%1B[2J")
    (line,) = [line for line in lines_of(logged) if line["logger"] == "django.request"]
    assert line["status"] == 404
    assert "\x1b" not in logged.getvalue()


@pytest.mark.skipif("embedded" not in settings.DATABASES["default"]["ENGINE"], reason="the server's log is not ours")
def test_the_database_writes_down_no_row_and_no_statement(cast: Cast) -> None:
    log = Server(settings.HOME).log
    before = log.stat().st_size
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email=cast.buyer.email, name="Budi Santoso", password="pbkdf2_sha256$1$a$b")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE users_user SET email = NULL, name = %s WHERE id = %s", ["Budi Santoso", cast.buyer.id])
    written = log.read_bytes()[before:].decode()
    assert "duplicate key" in written
    assert [word for word in (*PERSONAL, "buyer@example.com") if word in written] == []


def test_mails_are_shown_in_no_terminal() -> None:
    """Without a mail server they are files: a reset link in a log is a password in a log."""
    from lapak.config import settings as ours  # noqa: PLC0415 - as they are without a test's own

    assert ours.EMAIL_BACKEND.endswith("smtp.EmailBackend" if ours.EMAIL_HOST else "filebased.EmailBackend")
    assert ours.EMAIL_FILE_PATH.is_relative_to(ours.HOME)
