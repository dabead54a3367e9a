"""Feeds, as Google and Meta fetch them: files that the clock has written (moving/feeds_out.py); nothing is worked out here."""

from http import HTTPStatus

from django.core.cache import cache
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import re_accepts_gzip
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from lapak.lib import clock
from lapak.moving.feed_files import FeedFile, extension_of, open_feed_file
from lapak.moving.feeds_out import note_fetch
from lapak.moving.queries import feed_at

MOST_A_MINUTE = 30
"""Of one address: Google and Meta ask once an hour at most."""

_MINUTE_S = 60
_TYPES = {
    "xml": "application/xml",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}


@require_safe
def feed(request: HttpRequest, code: str, extension: str) -> HttpResponseBase:
    """The feed's file, by gzip to whoever takes that; to who has it already, that it is the same. It is for whoever knows its
    address, for no search engine, and no cache answers in our place: another address ends this one at once. Who asks for a
    part gets all of it (RFC 9110 14.2)."""
    found = feed_at(code)
    if found is None or extension_of(found) != extension:
        raise Http404
    if _is_too_often(code):
        return _later(HTTPStatus.TOO_MANY_REQUESTS)
    is_gzipped = bool(re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")))
    file = open_feed_file(found, is_gzipped=is_gzipped)
    if file is None:
        return _later(HTTPStatus.SERVICE_UNAVAILABLE)
    note_fetch(found)
    return _answer(request, file, _TYPES[extension], is_gzipped=is_gzipped)


def _answer(request: HttpRequest, file: FeedFile, content_type: str, *, is_gzipped: bool) -> HttpResponseBase:
    known = get_conditional_response(request, etag=file.etag, last_modified=int(file.modified_at.timestamp()))
    response: HttpResponseBase
    if known is None and request.method == "GET":
        response = FileResponse(file.file, content_type=content_type)
    else:
        file.file.close()
        response = known or HttpResponse(content_type=content_type)
    if known is None:
        response["Content-Length"] = str(file.size_bytes)
        if is_gzipped:
            response["Content-Encoding"] = "gzip"
    response["ETag"], response["Last-Modified"] = file.etag, http_date(file.modified_at.timestamp())
    response["Cache-Control"], response["Accept-Ranges"] = "no-cache", "none"
    patch_vary_headers(response, ["Accept-Encoding"])
    return _for_no_search_engine(response)


def _is_too_often(code: str) -> bool:
    """In this minute, whichever process answers."""
    key = f"feed:{code}:{int(clock.now().timestamp()) // _MINUTE_S}"
    asked: int = cache.get(key, 0) + 1
    cache.set(key, asked, _MINUTE_S)
    return asked > MOST_A_MINUTE


def _later(status: HTTPStatus) -> HttpResponseBase:
    return _for_no_search_engine(HttpResponse(status=status, headers={"Retry-After": str(_MINUTE_S)}))


def _for_no_search_engine(response: HttpResponseBase) -> HttpResponseBase:
    response["X-Robots-Tag"] = "noindex"
    return response
