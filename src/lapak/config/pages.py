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

from lapak.config.proxies import seen_through_proxies

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


class Pages:
    """One worker process's threads for pages."""

    def __init__(self, application: Application, threads: int) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="pages")
        self._waiting = 0

    async def answer(self, scope: Any, protocol: Any, body: IO[bytes] | None = None) -> None:
        """Ask Django, and send what it answers. No thread waits for whoever sends or reads slowly."""
        if self._waiting >= MOST_WAITING:
            protocol.response_empty(HTTPStatus.SERVICE_UNAVAILABLE, [("retry-after", "5")])
            return
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            answer = await loop.run_in_executor(self._threads, _ask, self._application, environ_of(scope, body))
        finally:
            self._waiting -= 1
            if body is not None:
                body.close()
        await _send(protocol, answer)

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


async def _send(protocol: Any, answer: Answer) -> None:
    if isinstance(answer.body, BytesIO):
        protocol.response_bytes(answer.status, answer.headers, answer.body.getvalue())
        return
    with answer.body as file:
        file.seek(0)
        stream = protocol.response_stream(answer.status, answer.headers)
        while chunk := file.read(CHUNK_BYTES):
            await stream.send_bytes(chunk)
