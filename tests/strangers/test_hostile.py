"""Hostile values in every address, form, header and file name, by everyone: whatever is answered, it is never our mistake.

Each of the site's URLs is opened by everyone who is there; each query parameter that its links and forms know, and each
field of its forms, is then sent what no person types. What is done by it is undone again, so that all meet the same market.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from html import unescape
from itertools import count
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import resolve

from lapak.lib.ids import new_id
from lapak.testing.cast import assemble_cast
from lapak.testing.forms_on import forms_on
from lapak.testing.network import mocked_network
from tests.strangers.places import PEOPLE, browser_of, every_place, peopled

pytestmark = pytest.mark.django_db

VALUES = (
    "a\0b", "9" * 31, "-1", "0", "1e999", "NaN", "x" * 10_000, "\N{GRINNING FACE}" * 300, "[" * 5_000 + "]" * 5_000,
    "word", "../../etc/passwd", "' OR 1=1 --", "{{ 7 * 7 }}%s%(a)s", "9999-12-31", "0001-01-01", "99999-99-99",
    "9999-12-31T23:59",    "00000000-0000-0000-0000-000000000000", "\u202egnp.\u200bx\ufeff", "//evil.example",
    "\r\nSet-Cookie: a=b", "",
    "a" * 250 + "@example.com", "http://[", "9223372036854775808", "2147483648", "1,2,3", "١٢٣", "½",
)  # fmt: skip
FAR_OFF = ("9999-12-31", "0001-01-01", "9999-12-31T23:59", "0001-01-01T00:00")
"""What a clock is added to, or taken from, in vain."""
RAW = ("%ED%A0%80", "%00", "%", "%FF%FE", "%u0041", "&&==", "a[b][c]=1", ";".join("ab"))
"""As they stand in an address, where they stand for no letter."""

ALWAYS_TRIED = {
    "q",
    "page",
    "next",
    "state",
    "show",
    "sort",
    "days",
    "older_than",
    "as",
    "only",
    "variant",
    "lp",
    "v",
    "o",
    "e",
}

HEADERS = (
    {"referer": "http://[broken"}, {"origin": "http://["}, {"hx-request": "true", "hx-current-url": "http://["},
    {"accept-language": "x" * 3_000}, {"cookie": "sessionid=; lapak_clicks=\x7f..; django_language=xx; a"},
    {"user-agent": ""}, {"if-none-match": '"' * 500}, {"range": "bytes=9-1,,"}, {"if-modified-since": "9" * 40},
    {"accept": "\x01"},
)  # fmt: skip


LATER = 503
"""Come again: nothing is wrong with what was asked, nor with us."""


@pytest.fixture(autouse=True)
def nobody_answers() -> Iterator[None]:
    """No partner is asked."""
    with mocked_network():
        yield


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    """How many of the values each form and address is sent: another one each time in the short suite, all with --long."""
    return len(VALUES) if request.config.getoption("long") else 1


def test_everywhere(rounds: int) -> None:
    """Each address by the first who may see it; with --long by everyone who may."""
    cast = peopled()
    turn, faults, forms_sent, tried, alone = count(), list[str](), 0, set[str](), set[str]()
    for person in PEOPLE:
        browser = browser_of(cast, person)
        for place in every_place(cast):
            if rounds == 1 and place.name in tried:
                continue
            page = _read(browser.get(place.path))
            faults += _fault(page.status_code, place.path, "")
            if page.status_code >= 300:
                continue
            text = page.text if not page.streaming and "html" in page.get("Content-Type", "") else ""
            faults += _asked(browser, place.path, text, turn, rounds)
            for action, fields in _forms_in(text, place.path):
                forms_sent += 1
                for value in _next(VALUES, turn, rounds):
                    faults += _fault(_sent(browser, action, fields, value), action, value)
            faults += _sent_with_one_wrong(browser, place.path, text, turn, alone)
            tried.add(place.name)
    assert "\n".join(faults) == ""
    assert len(tried) > 100
    assert forms_sent > 100


def _asked(browser: Client, path: str, text: str, turn: "count[int]", rounds: int) -> Iterator[str]:
    """The faults of the page's address with the values behind it."""
    parameters = sorted(ALWAYS_TRIED | _parameters_in(text))
    for value in _next(VALUES, turn, rounds):
        answer = _read(browser.get(path, dict.fromkeys(parameters, value)))
        yield from _fault(answer.status_code, path, value)
    for raw in _next(RAW, turn, 1):
        answer = _read(browser.get(path, QUERY_STRING="&".join(f"{name}={raw}" for name in parameters)))
        yield from _fault(answer.status_code, path, raw)


def _sent_with_one_wrong(browser: Client, path: str, text: str, turn: "count[int]", alone: set[str]) -> Iterator[str]:
    """The faults of the page's forms with a value in one field and the rest as it stands there: what is wrong in one hides
    what is wrong in the next. Once for each view, which `alone` remembers; and all that is far off where a day is asked."""
    for form in forms_on(text, path):
        view = resolve(urlsplit(form.action).path).view_name
        if view in alone:
            continue
        alone.add(view)
        for name in form.fields:
            for value in FAR_OFF if name in form.days else _next(VALUES, turn, 1):
                status = _posted(browser, form.action, form.fields | {name: value})
                yield from _fault(status, f"{form.action} {name}", value)


NO_IDS = ("none", "%00", "9" * 40, "x" * 2_000, quote("½\u202e"), str(new_id()))


def test_addresses_that_are_none(rounds: int) -> None:
    """An id is not one, has a NUL in it, is endless: nothing is there."""
    cast = peopled()
    browser, known = browser_of(cast, "operator"), re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}")
    turn, faults = count(), list[str]()
    for place in every_place(cast):
        for value in _next(NO_IDS, turn, rounds):
            for path in sorted({known.sub(value, place.path), f"{place.path.rstrip('/')}/{value}"}):
                faults += _fault(_read(browser.get(path)).status_code, path, value)
    assert "\n".join(faults) == ""


def test_more_parameters_than_any_page_has() -> None:
    cast = peopled()
    many = "&".join(f"a{n}=1" for n in range(1_001))
    for person in ("visitor", "operator"):
        browser = browser_of(cast, person)
        for path in ("/", "/nothing-here", "/account/sign-in", "/staff/", "/orders", "/checkout"):
            answer = browser.get(path, QUERY_STRING=many)
            assert (path, answer.status_code) == (path, 400)
            assert "could not read" in answer.text or "tidak bisa" in answer.text or "tidak dapat" in answer.text
            sent = browser.post(path, many, content_type="application/x-www-form-urlencoded")
            assert sent.status_code < 500, path


@pytest.mark.parametrize("headers", HEADERS, ids=lambda headers: next(iter(headers)))
def test_headers(headers: dict[str, str]) -> None:
    cast = peopled()
    for person in PEOPLE:
        browser = browser_of(cast, person)
        for path in (
            "/",
            "/?q=batik",
            "/cart",
            "/checkout",
            "/orders",
            "/nothing-here",
            "/language",
            "/account/sign-in",
            "/create",
            "/sell",
            "/staff/",
        ):
            assert browser.get(path, headers=headers).status_code < 500, (person, path)
            assert (
                browser.post(path, {"language": "id", "login": "a", "next": "word"}, headers=headers).status_code < 500
            ), (person, path)


def test_messages_of_partners_that_nobody_sent() -> None:
    browser = browser_of(assemble_cast(), "visitor")
    for body in (
        b"",
        b"\0",
        b"\xff",
        b"[" * 30_000,
        b'{"a":' * 10_000,
        b"{}",
        b'{"type": "\\ud800", "data": {}}',
        b"9" * 60_000,
    ):
        for kind in (
            "application/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "multipart/form-data",
        ):
            answer = browser.post("/hooks/payments/sandbox", body, content_type=kind)
            assert answer.status_code in {400, 401}, (body[:20], kind)


def test_forms_that_are_none() -> None:
    """The body does not fit what it says it is."""
    cast = peopled()
    bodies = (
        b"",
        b"\0",
        b"\xff\xfe",
        b"--x\r\n",
        b"a=" + b"9" * 3_000_000,
        b"&".join(b"a%d=1" % n for n in range(1_001)),
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n',
    )
    kinds = (
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "multipart/form-data; boundary=" + "y" * 500,
        "multipart/form-data",
        "text/plain; charset=utf-16",
    )
    for person in PEOPLE:
        browser = browser_of(cast, person)
        for path in ("/cart/add", "/checkout", "/account/sign-in", "/language", f"/sell/{cast.shop.slug}/move-in"):
            for body in bodies:
                for kind in kinds:
                    with undone():
                        answer = browser.generic("POST", path, body, content_type=kind)
                    assert answer.status_code < 500, (person, path, body[:20], kind)


def _sent(browser: Client, action: str, fields: dict[str, str], value: str) -> int:
    """The form with this value in all that can be typed and chosen, and a file of that name where it takes one."""
    typed: dict[str, object] = dict.fromkeys(fields, value)
    for name, kind in fields.items():
        if kind == "file":
            typed[name] = SimpleUploadedFile(
                (value or "x")[:300].replace("\0", "") + ".jpg", b"\xff\xd8\xff\xe0" + b"\0" * 50
            )
    return _posted(browser, action, typed)


def _posted(browser: Client, action: str, typed: Mapping[str, object]) -> int:
    """What is answered; and all is as if it had not been asked, for a browser that was signed out by it, too."""
    cookies = deepcopy(browser.cookies)
    with undone():
        status = browser.post(action, typed).status_code
    browser.cookies = cookies
    return status


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done within is undone."""
    whole = transaction.atomic()
    whole._from_testcase = True  # what speaks over the network must be in no transaction, but in a test's own
    with whole:
        yield
        transaction.set_rollback(True)


def _read(answer: Any) -> Any:
    """To its end, so that a file is closed."""
    if answer.streaming:
        list(answer.streaming_content)
    return answer


def _fault(status: int, path: str, value: str) -> list[str]:
    return [f"{status} at {path[:120]} with {value[:40]!r}"] if status >= 500 and status != LATER else []


def _next(values: tuple[str, ...], turn: "count[int]", how_many: int) -> Iterator[str]:
    return (values[next(turn) % len(values)] for _ in range(min(how_many, len(values))))


def _parameters_in(text: str) -> set[str]:
    """What links to the page itself, and its forms that ask, put behind its address."""
    queries = [urlsplit(unescape(href)).query for href in re.findall(r'(?:href|hx-get)="([^"]*\?[^"]*)"', text)]
    asked = re.findall(r'<form\b(?![^>]*method="post")[^>]*>(.*?)</form>', text, re.DOTALL | re.IGNORECASE)
    names = {name for form in asked for name in re.findall(r'\bname="([^"]+)"', form)}
    return names | {name for query in queries for name, _value in parse_qsl(query)}


def _forms_in(text: str, path: str) -> list[tuple[str, dict[str, str]]]:
    """Every form that posts: its address, and its fields with their kinds; each address once."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for attributes, inside in re.findall(r"<form\b([^>]*)>(.*?)</form>", text, re.DOTALL | re.IGNORECASE):
        if 'method="post"' not in attributes.lower():
            continue
        action = re.search(r'\baction="([^"]*)"', attributes)
        address = unescape(action[1]) if action and action[1] else path
        if urlsplit(address).netloc:
            continue
        for tag in re.findall(r"<(?:input|select|textarea|button)\b[^>]*>", inside):
            name, kind = re.search(r'\bname="([^"]+)"', tag), re.search(r'\btype="(\w+)"', tag)
            if name and name[1] != "csrfmiddlewaretoken":
                found[address][unescape(name[1])] = kind[1] if kind else "text"
        found[address].setdefault("next", "text")
    return list(found.items())
