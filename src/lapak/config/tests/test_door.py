"""The door: what is answered before Django, and what never gets as far as a thread."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterable, Iterator
from http import HTTPStatus
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.signed_cookies import SessionStore
from granian.rsgi import ProtocolClosed  # type: ignore[attr-defined] # the name that its documentation gives

from lapak.config import body
from lapak.config.door import Door
from lapak.lib.ids import new_id
from lapak.testing.cast import assemble_cast, link_to, stocked_variant
from lapak.web.shell.session_user import ROW
from lapak.web.shop import redirect

Answered = tuple[int, dict[str, str], bytes]


PHONE = "Mozilla/5.0 (Linux; Android 13; SM-A536E) AppleWebKit/537.36 Chrome/117.0.0.0 Mobile Safari/537.36"


class Scope:
    """A request as the server tells of it."""

    proto, http_version, scheme = "http", "1.1", "http"
    client, server = "127.0.0.1:40000", "127.0.0.1:8000"

    def __init__(self, path: str, method: str = "GET", **headers: str) -> None:
        self.path, _, self.query_string = path.partition("?")
        self.method = method
        self.headers = {"host": "localhost"} | {name.replace("_", "-"): value for name, value in headers.items()}


class Protocol:
    """What the server hands over to read the body and to answer. `pace_s` passes before each part of the body."""

    def __init__(self, *parts: bytes, pace_s: float = 0) -> None:
        self.parts = parts
        self.pace_s = pace_s
        self.answer: Answered | None = None
        self.streamed = b""

    async def __call__(self) -> bytes:
        return b"".join([part async for part in self])

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self.parts:
            await asyncio.sleep(self.pace_s)
            yield part

    def response_empty(self, status: int, headers: Iterable[tuple[str, str]]) -> None:
        self.response_bytes(status, headers, b"")

    def response_bytes(self, status: int, headers: Iterable[tuple[str, str]], content: bytes) -> None:
        assert self.answer is None
        self.answer = int(status), dict(headers), content

    def response_stream(self, status: int, headers: Iterable[tuple[str, str]]) -> "Protocol":
        self.response_bytes(status, headers, b"")
        return self

    async def send_bytes(self, content: bytes) -> None:
        self.streamed += content


class Gone(Protocol):
    """Of somebody who closes the connection before the body has come."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"half"
        raise ProtocolClosed


class Django:
    """In place of Django: keeps what it was asked, and answers with the body it was sent."""

    def __init__(self) -> None:
        self.asked: list[WSGIEnvironment] = []

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        assert threading.current_thread().name.startswith("pages")
        self.asked.append(environ)
        start_response("200 OK", [("X-Django", "yes")])
        return iter([environ["wsgi.input"].read()])

    @property
    def paths(self) -> list[str]:
        return [environ["PATH_INFO"] for environ in self.asked]


@pytest.fixture
def django() -> Django:
    return Django()


def ask(django: Django, scope: Scope, protocol: Protocol | None = None) -> Answered:
    protocol = protocol or Protocol()

    async def answer() -> None:
        await Door(django).__rsgi__(scope, protocol)

    asyncio.run(answer())
    assert protocol.answer is not None
    return protocol.answer


def signed_in() -> str:
    """The cookie of somebody's session."""
    session = SessionStore()
    session[SESSION_KEY], session[ROW], session[HASH_SESSION_KEY] = str(new_id()), str(new_id()), "0" * 64
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.save()
    return f"sessionid={session.session_key}"


class TestLinks:
    @pytest.fixture
    def code(self, transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
        monkeypatch.setattr(redirect, "store_click_soon", lambda _: None)
        redirect._known.clear()
        cast = assemble_cast()
        yield link_to(cast, stocked_variant(cast.shop).product).code
        redirect._known.clear()

    @pytest.mark.django_db(transaction=True)
    def test_only_a_known_link_that_is_followed_or_looked_at(self, django: Django, code: str) -> None:
        for method in ("GET", "HEAD", "GET"):
            assert ask(django, Scope(f"/r/{code}", method))[0] == HTTPStatus.FOUND
        assert django.paths == []
        tapped = Scope(f"/r/{code}", user_agent=PHONE)
        fetched_ahead = Scope(f"/r/{code}", user_agent=PHONE, sec_purpose="prefetch;prerender")
        assert "?" in ask(django, tapped)[1]["Location"]
        assert "?" not in ask(django, fetched_ahead)[1]["Location"]
        others = [(f"/r/{code}", "POST"), ("/r/unknown", "GET"), ("/r/", "GET"), ("/r", "GET"), ("/", "GET")]
        for path, method in others:
            ask(django, Scope(path, method))
        assert django.paths == [path for path, _ in others]


class TestPages:
    def test_the_request_in_djangos_words(self, django: Django) -> None:
        scope = Scope("/p/é?a=%20b", "GET", cookie="a=1", x_forwarded_for="10.0.0.1")
        scope.headers["x_forwarded_for"] = "6.6.6.6"
        assert ask(django, scope) == (200, {"X-Django": "yes"}, b"")
        (environ,) = django.asked
        assert environ["PATH_INFO"].encode("latin-1").decode() == "/p/é"
        assert (environ["QUERY_STRING"], environ["HTTP_COOKIE"]) == ("a=%20b", "a=1")
        assert (environ["REMOTE_ADDR"], environ["HTTP_X_FORWARDED_FOR"]) == ("127.0.0.1", "10.0.0.1")

    def test_a_body_arrives_whole_in_parts_or_not(self, django: Django) -> None:
        text = b"x" * 200_000
        told = Scope("/cart/add", "POST", content_length="200000", cookie=signed_in())
        in_chunks = Scope("/cart/add", "POST", transfer_encoding="chunked", cookie=signed_in())
        for scope in (told, in_chunks):
            assert ask(django, scope, Protocol(text[:50_000], text[50_000:]))[2] == text
        assert [environ["CONTENT_LENGTH"] for environ in django.asked] == ["200000", "200000"]

    def test_a_large_answer_is_sent_as_fast_as_it_is_read(self, django: Django) -> None:
        text = b"x" * 2_900_000
        protocol = Protocol(text)
        assert ask(django, Scope("/a", "POST", content_length="2900000", cookie=signed_in()), protocol)[2] == b""
        assert protocol.streamed == text


class TestUnread:
    """What is answered without a thread."""

    @pytest.mark.parametrize("headers", [{"content_length": "3000001"}, {"transfer_encoding": "chunked"}])
    def test_too_much(self, django: Django, headers: dict[str, str]) -> None:
        protocol = Protocol(b"x" * 1_500_000, b"x" * 1_500_001)
        scope = Scope("/cart/add", "POST", cookie=signed_in(), **headers)
        assert ask(django, scope, protocol)[0] == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        assert django.asked == []

    @pytest.mark.parametrize("headers", [{"content_length": "65537"}, {"transfer_encoding": "chunked"}])
    def test_a_visitor_sends_no_more_than_a_form(self, django: Django, headers: dict[str, str]) -> None:
        protocol = Protocol(b"x" * 60_000, b"x" * 5_537)
        answer = ask(django, Scope("/account/sign-in", "POST", **headers), protocol)
        assert answer[0] == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        assert answer[1]["X-Content-Type-Options"] == "nosniff"
        assert django.asked == []
        told = Scope("/account/sign-in", "POST", content_length="65536")
        assert ask(django, told, Protocol(b"x" * 65_536))[0] == HTTPStatus.OK

    @pytest.mark.parametrize("headers", [{"content_length": "50"}, {"transfer_encoding": "chunked"}])
    def test_too_slow(self, django: Django, headers: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(body, "WITHIN_S", 0.05)
        slow = Protocol(*[b"x"] * 50, pace_s=0.02)
        assert ask(django, Scope("/cart/add", "POST", **headers), slow)[0] == HTTPStatus.REQUEST_TIMEOUT
        assert django.asked == []

    @pytest.mark.parametrize(
        ("path", "most_bytes"),
        [("/sell/toko/move-in", 2_200_000_000), ("/sell", 2_200_000_000), ("/orders/1/return", 100_000_000)],
    )
    def test_files_are_taken_from_who_is_signed_in(self, django: Django, path: str, most_bytes: int) -> None:
        def status(length: int, cookie: str) -> int:
            form = {"content_type": "multipart/form-data; boundary=x", "content_length": str(length), "cookie": cookie}
            return ask(django, Scope(path, "POST", **form), Protocol(b"x"))[0]

        cookie = signed_in()
        assert status(most_bytes, cookie) == HTTPStatus.OK
        assert status(most_bytes + 1, cookie) == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        for visitors in ("", f"{cookie}x"):
            assert status(most_bytes, visitors) == HTTPStatus.REQUEST_ENTITY_TOO_LARGE

    @pytest.mark.parametrize("headers", [{"content_length": "50"}, {"transfer_encoding": "chunked"}])
    def test_who_has_gone_meanwhile(self, django: Django, headers: dict[str, str]) -> None:
        """It is nobody's fault, and fills no log."""
        gone = Gone()
        asyncio.run(Door(django).__rsgi__(Scope("/cart/add", "POST", **headers), gone))
        assert (gone.answer, django.asked) == (None, [])

    def test_a_length_that_is_none(self, django: Django) -> None:
        assert ask(django, Scope("/cart/add", "POST", content_length="-1"))[0] == HTTPStatus.BAD_REQUEST
        assert django.asked == []
