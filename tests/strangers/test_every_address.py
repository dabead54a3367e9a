"""Every address, opened by everyone, from a forged host: the one long walk, looked at in three ways.

What every answer tells the browser; that opening an address, or being led to open it, changes nothing; and that where Lapak is
its settings say, never who asks.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.cookies import Morsel
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client, override_settings
from django.urls import get_resolver

from lapak.people.notices.models import Mail
from lapak.testing.books import contents_everywhere
from lapak.web.shell.policy import OF_DOOR, UNUSED_POWERS, headers_at
from tests.strangers.places import PEOPLE, browser_of, every_place, named, peopled

pytestmark = pytest.mark.django_db

EVIL = "evil.example"

NOTES_A_LIMIT = {"django_cache", "procrastinate_events", "users_session"}
"""How often somebody tried, what was typed before signing in, when a session was last seen, and what became of a job."""

MAY_WRITE: dict[str, tuple[set[str], str]] = {
    "pay": (
        {"procrastinate_jobs"},
        "what was ordered waits for its code, which a job fetches: asked twice it is fetched once",
    ),
}
"""By view: which tables, and why looking cannot do without."""

WITHOUT_TOKEN = {
    "gateway_message": "the partner's signature",
    "unsubscribe": "the link's signature",
    "cart_add": "the browser's word of the page (`Origin`)",
    "set_language": "nothing: a forged change of language harms nobody",
}
"""By view, what is posted to it without a token of ours, and what says instead who sent it."""

FRAMED_BY_ANYBODY = {"promo"}
"""The one page made to be shown within others (docs/concepts/law-and-practice.md)."""

KEPT_BY_ITS_READER = "private, no-cache"
"""A public page as somebody saw it who is signed in: shown again only after it was asked for again."""


def faults_of(answer: HttpResponseBase, *, may_be_framed: bool = False) -> list[str]:
    """What is missing, in words."""
    told = answer.headers
    policy, caching = told.get("Content-Security-Policy", ""), told.get("Cache-Control", "")
    framing = "frame-ancestors *" if may_be_framed else "frame-ancestors 'none'"
    expected = {
        "whom it lets frame it": framing in policy and (may_be_framed or told.get("X-Frame-Options") == "DENY"),
        "what it may load": "default-src 'self'" in policy or "default-src 'none'" in policy,
        "no other site": "http" not in policy and "//" not in policy,
        "its kind": told.get("X-Content-Type-Options") == "nosniff",
        "its referrer": told.get("Referrer-Policy") == "same-origin",
        "its openers": told.get("Cross-Origin-Opener-Policy") == "same-origin",
        "who may load it": told.get("Cross-Origin-Resource-Policy")
        == ("cross-origin" if "public" in caching else "same-origin"),
        "powers": told.get("Permissions-Policy", "").count("=()") == len(UNUSED_POWERS),
        "who keeps it": "no-store" in caching or "public" in caching or caching in {KEPT_BY_ITS_READER, "no-cache"},
        "which other site reads it": "Access-Control-Allow-Origin" not in told or "public" in caching,
        "in which letters": not told.get("Content-Type", "").startswith("text/") or "charset=" in told["Content-Type"],
        "whose its cookies are": all(map(is_kept_to_us, answer.cookies.values())),
    }
    return [what for what, holds in expected.items() if not holds]


def is_kept_to_us(cookie: Morsel[str]) -> bool:
    """No script reads it, no other host gets it, and no form on another site's page sends it."""
    ends = cookie["max-age"] == 0
    at_home = cookie["path"] == "/" and not cookie["domain"] and cookie["samesite"] == "Lax"
    return at_home and bool(cookie["httponly"] or ends)


@override_settings(ALLOWED_HOSTS=["*"])
def test_every_address_as_everyone() -> None:
    """The host is let in, as by an operator who wrote a star: only then does the question come up."""
    cast = peopled()
    places = every_place(cast)
    assert len(places) > 250
    faults: list[str] = []
    written: dict[str, Counter[str]] = {}
    for person in PEOPLE:
        browser, before = browser_of(cast, person), contents_everywhere()
        for place in places:
            with tables_written() as tables:
                answer = browser.get(place.path, headers={"host": EVIL, "origin": f"http://{EVIL}"})
            found = faults_of(answer, may_be_framed=place.name in FRAMED_BY_ANYBODY)
            found += ["names the host that asked"] if EVIL in said_by(answer) else []
            if answer.streaming:
                list(answer.streaming_content)  # so that the file is closed
            faults += [f"{person} {place.path} {answer.status_code}: {each}" for each in found]
            written.setdefault(place.name, Counter()).update(tables)
        excused = set().union(NOTES_A_LIMIT, *(tables for tables, _why in MAY_WRITE.values()))
        changed = {table for table, content in contents_everywhere().items() if content != before.get(table)}
        faults += [f"{person} changed {table}" for table in changed - excused]
    for name, tables in written.items():
        surprising = set(tables) - NOTES_A_LIMIT - MAY_WRITE.get(name, (set(), ""))[0]
        faults += [f"opening {name} writes to {table}" for table in surprising]
    faults += [
        f"{name} needs no excuse" for name, (tables, _why) in MAY_WRITE.items() if not tables & set(written[name])
    ]
    assert "\n".join(faults) == ""


def said_by(answer: Any) -> str:
    """Its headers, and its text."""
    is_text = not answer.streaming and answer.get("Content-Type", "").startswith(("text/", "application/"))
    return str(dict(answer.headers)) + (answer.content.decode(errors="replace") if is_text else "")


_WRITES = re.compile(
    r'\b(?:INSERT INTO|UPDATE|DELETE FROM|TRUNCATE)\s+(?:ONLY\s+)?"?(\w+)"?|\b(procrastinate_defer)', re.IGNORECASE
)
_LOCKS = re.compile(r"\bFOR (?:NO KEY )?UPDATE\b", re.IGNORECASE)


@contextmanager
def tables_written() -> Iterator[Counter[str]]:
    """Which tables the statements of this process write to; a job that is put off is a row of procrastinate's."""
    written = Counter[str]()

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Mapping[str, Any]) -> Any:
        for table, job in _WRITES.findall(_LOCKS.sub("", sql)):
            written["procrastinate_jobs" if job else table] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield written


def test_a_write_is_seen_and_a_lock_is_none() -> None:
    with tables_written() as written, connection.cursor() as cursor:
        cursor.execute('SELECT 1 FROM "users_user" FOR NO KEY UPDATE')
        cursor.execute("SELECT 1 FROM users_user FOR UPDATE OF users_user")
        cursor.execute('WITH gone AS (DELETE FROM "orders_cart" RETURNING id) SELECT id FROM gone')
        cursor.execute("UPDATE users_user SET name = name")
    assert written == {"orders_cart": 1, "users_user": 1}


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/nothing-here", {}, 404),
        ("/?q=%00", {}, 400),
        ("/help", {"host": "evil.example"}, 400),
        (f"{settings.STATIC_URL}shell/js/shell.js", {}, 200),
        (f"{settings.STATIC_URL}shell.css", {}, 200),
        (f"{settings.STATIC_URL}none.js", {}, 404),
        ("/favicon.ico", {}, 302),
        *(
            (path, {}, 404)
            for path in ("/.git/config", "/static/", settings.STATIC_URL, "/media/", "/media/../secret_key")
        ),
    ],
)
def test_errors_and_files(path: str, headers: dict[str, str], status: int) -> None:
    answer = Client(raise_request_exception=False).get(path, headers=headers)
    answer.close()
    assert (answer.status_code, faults_of(answer)) == (status, [])


def test_what_is_posted_comes_from_a_page_of_ours() -> None:
    """But for what proves otherwise who sent it (a partner's signature, a mail's link), and for the language of visitors."""
    exempt = {name for name, pattern in named(get_resolver(), "") if getattr(pattern.callback, "csrf_exempt", False)}
    assert exempt == set(WITHOUT_TOKEN)


@pytest.mark.parametrize("method", ["TRACE", "PUT", "PATCH", "DELETE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/account/sign-in", "/staff/", "/hooks/payments/sandbox"])
def test_what_no_page_and_no_form_asks_with(method: str, path: str) -> None:
    answer = Client().generic(method, path, headers={"cookie": "sessionid=told-by-nobody"})
    assert (answer.status_code, faults_of(answer), answer.content) == (405, [], b"")


def test_our_own_mistakes(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("lapak.web.shop.for_crawlers.public_key", fail)
    answer = Client(raise_request_exception=False).get("/.well-known/lapak-key")
    assert (answer.status_code, faults_of(answer)) == (500, [])


def test_what_the_door_answers_by_itself() -> None:
    answer = HttpResponseBase()
    for name, value in OF_DOOR:
        answer.headers[name] = value
    assert faults_of(answer) == []


def test_a_page_that_came_encrypted_is_asked_for_so_from_then_on() -> None:
    assert "Strict-Transport-Security" not in headers_at("http://localhost:8000")
    assert headers_at("https://lapak.example")["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_scripts_are_named_one_by_one(client: Client) -> None:
    """A nonce of each answer's own: what somebody smuggles in does not know it."""
    first, second = (client.get("/account/sign-in")["Content-Security-Policy"] for _ in range(2))
    assert "unsafe" not in first
    if "nonce-" in first:
        assert first != second


@override_settings(ALLOWED_HOSTS=["*"])
def test_no_mail_that_lets_somebody_in_leads_there() -> None:
    cast = peopled()
    cast.buyer.set_password("sandi-panjang-budi")
    cast.buyer.save()
    caches["default"].clear()
    forged = {"host": EVIL, "origin": f"http://{EVIL}"}
    visitor, buyer = browser_of(cast, "visitor"), browser_of(cast, "buyer")
    visitor.post("/account/password/forgotten", {"email": cast.buyer.email}, headers=forged)
    visitor.post("/account/password/forgotten", {"email": "nobody@example.com"}, headers=forged)
    about = {"name": "Budi", "email": "baru@example.com", "password1": "sandi-panjang-budi"}
    for email in ("baru@example.com", cast.buyer.email):
        visitor.post("/account/join", about | {"email": email}, headers=forged)
    buyer.post("/account/confirm", {"password": "sandi-panjang-budi"}, headers=forged)
    buyer.post("/account/email", {"email": "lain@example.com", "action_add": ""}, headers=forged)
    texts = [mail.text + mail.html for mail in Mail.objects.all()]
    assert any("/account/password/new/" in text for text in texts)
    assert any("/account/email/" in text for text in texts)
    assert [text for text in texts if EVIL in text] == []
