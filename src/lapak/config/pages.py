"""Django behind the event loop: its WSGI application in a few threads, each with a request that is complete."""

import asyncio
import sys
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus
from io import BytesIO
from typing import IO, Any
from wsgiref.types import StartResponse, WSGIEnvironment

from django.conf import settings

from lapak.config.compression import LEAST_BYTES, accepted_encoding, compressed_in_private, is_compressible
from lapak.config.proxies import seen_through_proxies
from lapak.web.shell.policy import OF_DOOR

Headers = list[tuple[str, str]]
Application = Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]

CHUNK_BYTES = 64 * 1024
LARGE_BYTES = 2_000_000
"""Larger answers (reports, pictures) wait on disk for whoever fetches them."""

MOST_WAITING = 500
"""Requests that wait for a thread; at the slowest pages that is some 20 s, and whoever comes after hears so at once."""


@dataclass(slots=True)
class Answer:
    """What a page answers, all of it: in memory, or in a file when it is large."""

    status: int = 500
    headers: Headers = field(default_factory=list)
    body: IO[bytes] = field(default_factory=BytesIO)

    @property
    def is_in_memory(self) -> bool:
        return isinstance(self.body, BytesIO)

    def content(self) -> bytes:
        """All of it, when it is in memory."""
        return self.body.getvalue() if isinstance(self.body, BytesIO) else b""

    async def send(self, protocol: Any) -> None:
        """To the browser, at its own pace."""
        if isinstance(self.body, BytesIO):
            protocol.response_bytes(self.status, self.headers, self.body.getvalue())
            return
        with self.body as file:
            file.seek(0)
            stream = protocol.response_stream(self.status, self.headers)
            while chunk := file.read(CHUNK_BYTES):
                await stream.send_bytes(chunk)


class Pages:
    """One worker process's threads for pages."""

    def __init__(self, application: Application, threads: int) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="pages")
        self._waiting = 0

    async def ask(self, scope: Any, body: IO[bytes] | None = None) -> Answer:
        """What Django answers. No thread waits for whoever sends or reads slowly."""
        if self._waiting >= MOST_WAITING:
            return Answer(HTTPStatus.SERVICE_UNAVAILABLE, [*OF_DOOR, ("retry-after", "5")])
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, _ask, self._application, environ_of(scope, body))
        finally:
            self._waiting -= 1
            if body is not None:
                body.close()

    async def shrink(self, scope: Any, answer: Answer) -> Answer:
        """The same, compressed where that is worth it; by a thread, as it takes a while."""
        if scope.method == "HEAD" or not may_shrink(answer, scope.headers.get("accept-encoding", "")):
            return answer
        return await asyncio.get_running_loop().run_in_executor(self._threads, _shrunk, answer)

    def close(self) -> None:
        self._threads.shutdown()


def environ_of(scope: Any, body: IO[bytes] | None) -> WSGIEnvironment:
    """RSGI's scope in WSGI's words (PEP 3333)."""
    host, _, port = scope.server.rpartition(":")
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body or BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if "_" in name:
            continue  # it would pass for another header, which a proxy in front may have vouched for
        key = name.upper().replace("-", "_")
        if key not in {"CONTENT_TYPE", "CONTENT_LENGTH"}:
            key = f"HTTP_{key}"
        apart = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{apart}{value}" if key in environ else value
    if body is not None and "CONTENT_LENGTH" not in environ:  # it came in chunks
        environ["CONTENT_LENGTH"] = str(body.seek(0, 2))
        body.seek(0)
    return seen_through_proxies(environ, settings.PROXIES, settings.BASE_URL)


def _ask(application: Application, environ: WSGIEnvironment) -> Answer:
    """In a thread: all of the answer, so that the thread is free before any of it is sent."""
    answer = Answer()

    def start_response(status: str, headers: Headers, _exc_info: object = None) -> Callable[[bytes], object]:
        answer.status, answer.headers = int(status[:3]), headers
        return answer.body.write

    parts = application(environ, start_response)
    try:
        for part in parts:
            answer.body.write(part)
            if isinstance(answer.body, BytesIO) and answer.body.tell() > LARGE_BYTES:
                answer.body = _on_disk(answer.body)
    finally:
        close = getattr(parts, "close", None)
        if close:
            close()
    return answer


def _on_disk(held: BytesIO) -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it is sent
    file.write(held.getbuffer())
    return file


def may_shrink(answer: Answer, accepted: str) -> bool:
    """Whether it is text, large enough, and not compressed already."""
    headers = {name.lower(): value for name, value in answer.headers}
    return (
        bool(accepted_encoding(accepted))
        and len(answer.content()) >= LEAST_BYTES
        and is_compressible(headers.get("content-type", ""))
        and "content-encoding" not in headers
    )


def _shrunk(answer: Answer) -> Answer:
    headers = [
        (name, value) for name, value in answer.headers if name.lower() not in {"content-length", "vary", "etag"}
    ]
    before = {name.lower(): value for name, value in answer.headers}
    if "etag" in before:  # the same in every encoding, so a weak one
        headers.append(("etag", f"W/{before['etag'].removeprefix('W/')}"))
    vary = ", ".join(filter(None, [before.get("vary"), "Accept-Encoding"]))
    headers += [("vary", vary), ("content-encoding", "gzip")]
    return Answer(answer.status, headers, BytesIO(compressed_in_private(answer.content())))
