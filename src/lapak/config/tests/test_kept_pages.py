"""Public pages kept in front of Django: for their time, for whom they are, and never anything personal."""

import asyncio
import gzip
import time
from collections.abc import Iterable
from http import HTTPStatus
from wsgiref.types import StartResponse, WSGIEnvironment

import brotli
import pytest
from django.conf import settings

from lapak.config import kept_pages
from lapak.config.door import Door
from lapak.config.tests.test_door import Answered, Protocol, Scope

PUBLIC = {"Cache-Control": "max-age=60, public", "Content-Type": "text/html; charset=utf-8", "ETag": '"abc"'}
TEXT = "Batik tulis dari Trusmi. " * 200


class Site:
    """In place of Django: answers the number of the request, with these headers."""

    def __init__(self, **headers: str) -> None:
        self.headers = PUBLIC | {name.replace("_", "-"): value for name, value in headers.items()}
        self.asked = 0
        self.status = "200 OK"
        self.delay_s = 0.0

    def __call__(self, _environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self.asked += 1
        time.sleep(self.delay_s)
        body = f"{self.asked}: {TEXT}".encode()
        start_response(self.status, [*self.headers.items(), ("Content-Length", str(len(body)))])
        return [body]


def ask_all(site: Site, *scopes: Scope, at_once: bool = False) -> list[Answered]:
    """Through one door, one after the other."""
    door, protocols = Door(site), [Protocol() for _ in scopes]

    async def answer() -> None:
        if at_once:
            await asyncio.gather(*(door.__rsgi__(each, to) for each, to in zip(scopes, protocols, strict=True)))
        else:
            for each, to in zip(scopes, protocols, strict=True):
                await door.__rsgi__(each, to)

    asyncio.run(answer())
    return [protocol.answer for protocol in protocols if protocol.answer]


def numbers(answers: list[Answered]) -> list[int]:
    return [int(body.split(b":")[0]) for _status, _headers, body in answers]


class TestKept:
    def test_a_public_page_is_asked_of_django_once(self) -> None:
        site = Site()
        first, second = ask_all(site, Scope("/p/a?v=1"), Scope("/p/a?v=1"))
        assert site.asked == 1
        assert first == second
        assert second[1]["age"] == "0"
        assert "content-length" not in second[1]

    def test_those_who_come_while_it_is_made_wait_for_it(self) -> None:
        site = Site()
        site.delay_s = 0.05
        assert numbers(ask_all(site, *[Scope("/p/a")] * 5, at_once=True)) == [1] * 5

    def test_not_for_longer_than_it_says(self, monkeypatch: pytest.MonkeyPatch) -> None:
        site, moment = Site(), [1000.0]
        monkeypatch.setattr(time, "monotonic", lambda: moment[0])
        door = Door(site)

        def ask() -> Answered:
            protocol = Protocol()
            asyncio.run(door.__rsgi__(Scope("/p/a"), protocol))
            assert protocol.answer
            return protocol.answer

        answers = []
        for moment[0] in (1000.0, 1059.9, 1060.0):
            answers.append(ask())
        assert numbers(answers) == [1, 1, 2]
        assert answers[1][1]["age"] == "59"

    def test_apart_for_each_address_host_and_language(self) -> None:
        different = [
            Scope("/p/a"), Scope("/p/b"), Scope("/p/a?v=1"), Scope("/p/a", host="127.0.0.1"),
            Scope("/p/a", accept_language="en-GB,en;q=0.9"), Scope("/p/a", x_forwarded_proto="https"),
        ]  # fmt: skip
        same = [
            Scope("/p/a", accept_language="id-ID"), Scope("/p/a", cookie="django_language=id"),
            Scope("/p/a", accept_language="en-US", user_agent="Mozilla"),
        ]  # fmt: skip
        site = Site()
        assert numbers(ask_all(site, *different, *same)) == [1, 2, 3, 4, 5, 6, 1, 1, 5]

    def test_nothing_new_for_who_has_it(self) -> None:
        site = Site()
        _first, second = ask_all(site, Scope("/p/a"), Scope("/p/a", if_none_match='W/"abc"'))
        assert (second[0], second[2]) == (HTTPStatus.NOT_MODIFIED, b"")
        assert second[1]["etag"] == 'W/"abc"'
        assert second[1]["cache-control"] == PUBLIC["Cache-Control"]

    def test_so_many_and_no_more(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(kept_pages, "MOST_BYTES", 3 * len(TEXT))
        site = Site()
        asked = [Scope(f"/p/{name}") for name in "abacab"]  # when c comes, b has not been asked for longest
        assert numbers(ask_all(site, *asked)) == [1, 2, 1, 3, 1, 4]


class TestNotKept:
    @pytest.mark.parametrize(
        "headers",
        [
            {"Cache_Control": "private, no-cache"},
            {"Cache_Control": "public"},
            {"Cache_Control": ""},
            {"Set_Cookie": "a=1"},
            {"Content_Type": "image/png"},
            {"Content_Encoding": "gzip"},
        ],
    )
    def test_what_does_not_say_so_or_sets_a_cookie(self, headers: dict[str, str]) -> None:
        assert numbers(ask_all(Site(**headers), Scope("/p/a"), Scope("/p/a"))) == [1, 2]

    def test_what_is_not_there(self) -> None:
        site = Site()
        site.status = "404 Not Found"
        assert numbers(ask_all(site, Scope("/p/a"), Scope("/p/a"))) == [1, 2]

    @pytest.mark.parametrize(
        "headers",
        [
            {"cookie": f"{settings.SESSION_COOKIE_NAME}=x"},
            {"hx_request": "true"},
            {"range": "bytes=0-9"},
            {"authorization": "Basic x"},
        ],
    )
    def test_is_not_shown_to_who_gets_their_own(self, headers: dict[str, str]) -> None:
        site = Site()
        assert numbers(ask_all(site, Scope("/p/a"), Scope("/p/a", **headers), Scope("/p/a"))) == [1, 2, 1]

    def test_is_not_kept_as_somebody_with_cookies_was_answered(self) -> None:
        site = Site()
        assert numbers(ask_all(site, Scope("/p/a", cookie="csrftoken=x"), Scope("/p/a"), Scope("/p/a"))) == [1, 2, 2]

    def test_only_what_is_read(self) -> None:
        site = Site()
        assert [answer[0] for answer in ask_all(site, Scope("/p/a", "HEAD"), Scope("/p/a"))] == [200, 200]
        assert site.asked == 2


class TestStatic:
    def test_is_the_same_for_everybody(self) -> None:
        path = f"{settings.STATIC_URL}shell/css/base.css"
        site = Site(Content_Type="text/css")
        readers = [Scope(path), Scope(path, cookie="sessionid=x"), Scope(path, accept_language="en")]
        assert numbers(ask_all(site, *readers)) == [1, 1, 1]


class TestCompression:
    def test_a_public_page_is_kept_in_each_encoding(self) -> None:
        site = Site()
        accepted = ["gzip, deflate, br", "gzip", "identity", "br;q=0, gzip"]
        answers = ask_all(site, *(Scope("/p/a", accept_encoding=each) for each in accepted))
        assert site.asked == 1
        assert [headers.get("content-encoding") for _, headers, _ in answers] == ["br", "gzip", None, "gzip"]
        assert all(headers["vary"] == "Accept-Encoding" for _, headers, _ in answers)
        whole = answers[2][2]
        assert brotli.decompress(answers[0][2]) == gzip.decompress(answers[1][2]) == whole
        assert len(answers[0][2]) < len(whole) / 10

    def test_a_private_page_s_length_is_hidden(self) -> None:
        site = Site(Cache_Control="private, no-store", Vary="Cookie")
        answers = ask_all(site, *[Scope("/orders", cookie="sessionid=x", accept_encoding="br, gzip")] * 20)
        assert {headers["content-encoding"] for _, headers, _ in answers} == {"gzip"}
        assert {headers["vary"] for _, headers, _ in answers} == {"Cookie, Accept-Encoding"}
        assert len({len(body) for _, _, body in answers[:9]}) > 3  # their texts are as long as each other
        assert gzip.decompress(answers[0][2]).startswith(b"1: Batik")

    @pytest.mark.parametrize("headers", [{"Content_Type": "image/png"}, {"Content_Encoding": "br"}])
    def test_what_is_small_already_stays_as_it_is(self, headers: dict[str, str]) -> None:
        private = {"Cache_Control": "private"} | headers
        ((_status, answered, body),) = ask_all(Site(**private), Scope("/a", accept_encoding="gzip"))
        assert {name.lower(): value for name, value in answered.items()}.get("content-encoding") == headers.get(
            "Content_Encoding"
        )
        assert body.startswith(b"1: Batik")
