"""The little of HTTP this program needs: requests, responses, routes, over plain WSGI."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from sandbox_gateway.errors import Refused, not_found

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

LONGEST_BODY = 64 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked. `query` holds the last value of each name; header names are in lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Response:
    """What is answered."""

    status: HTTPStatus
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[..., Response]


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a path such as `/v1/charges/{id}`, and who answers: called with the request and the path's parts."""

    method: str
    path: str
    handler: Handler

    def match(self, method: str, path: str) -> dict[str, str] | None:
        """The path's parts, or None when the request is not for this route."""
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[A-Za-z0-9_-]+)", self.path)
        found = re.fullmatch(pattern, path)
        return found.groupdict() if found and method == self.method else None


def as_json(content: Mapping[str, Any], status: HTTPStatus = HTTPStatus.OK) -> Response:
    """A JSON answer."""
    return Response(status, json.dumps(content).encode(), {"content-type": "application/json"})


def application(routes: Iterable[Route], refusal: Callable[[Request, Refused], Response]) -> "WSGIApplication":
    """The WSGI callable that answers by the first route that matches; what is refused is worded by `refusal`."""
    routes = tuple(routes)

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        request = _request(environ)
        try:
            response = _routed(routes, request)
        except Refused as refused:
            response = refusal(request, refused)
        headers = {**response.headers, "content-length": str(len(response.body)), "cache-control": "no-store"}
        start_response(f"{response.status.value} {response.status.phrase}", list(headers.items()))
        return [response.body]

    return answer


def _request(environ: "WSGIEnvironment") -> Request:
    names = {name: value for name, value in environ.items() if name.startswith("HTTP_")}
    length = environ.get("CONTENT_LENGTH", "")
    return Request(
        method=environ["REQUEST_METHOD"],
        path=environ["PATH_INFO"],
        query={name: values[-1] for name, values in parse_qs(environ.get("QUERY_STRING", "")).items()},
        headers={name.removeprefix("HTTP_").replace("_", "-").lower(): value for name, value in names.items()},
        body=environ["wsgi.input"].read(min(int(length), LONGEST_BODY + 1) if length.isdecimal() else 0),
    )


def _routed(routes: Iterable[Route], request: Request) -> Response:
    if len(request.body) > LONGEST_BODY:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", "This request is too large.")
    for route in routes:
        parts = route.match(request.method, request.path)
        if parts is not None:
            return route.handler(request, **parts)
    raise not_found("address")
