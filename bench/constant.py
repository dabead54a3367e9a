"""The raw limit of answering over HTTP: the same server, and nothing behind it."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment


def redirect(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """A constant 302."""
    start_response("302 Found", [("Location", "/p/kemeja-batik"), ("Content-Length", "0")])
    return []
