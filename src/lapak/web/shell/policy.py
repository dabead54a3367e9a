"""What a browser is told with every answer, whoever gives it: a page, a file, an error, or the door by itself."""

from http import HTTPStatus

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

UNUSED_POWERS = (
    "accelerometer", "attribution-reporting", "bluetooth", "browsing-topics", "camera", "display-capture", "geolocation",
    "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
"""Of a browser, that no page of ours asks for: nothing that slips into one can ask for them either."""

HTTPS_ALONE = f"max-age={365 * 24 * 60 * 60}; includeSubDomains"
"""For a year. Of the hosts below ours as well: a page of one of them, forged on the way, could set cookies for ours."""

SHOWS_NOTHING = ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
"""Of an answer without a page: writing the whole policy would cost every purchase and every form a tenth of its time."""


def headers_at(base_url: str) -> dict[str, str]:
    """On every answer of the market at this address."""
    always = {
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{power}=()" for power in UNUSED_POWERS),
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return always | {"Strict-Transport-Security": HTTPS_ALONE} if base_url.startswith("https:") else always


_ALWAYS = headers_at(settings.BASE_URL)

NEVER_FRAMED = ("X-Frame-Options", "DENY")
"""As the policy's `frame-ancestors` says, for browsers that do not read it."""

OWN_READERS, OWN_PAGES = ("Cache-Control", "private, no-store"), ("Cross-Origin-Resource-Policy", "same-origin")
"""What does not say that it is public is its reader's alone: nobody keeps it, and no other site's page may load it."""

OF_DOOR = [*_ALWAYS.items(), NEVER_FRAMED, OWN_READERS, OWN_PAGES, SHOWS_NOTHING]
"""For what is answered without Django, none of which has a page."""


class PolicyMiddleware(CSPMiddleware):
    """The outermost, so that errors and files carry them as well. What a view says of itself stands."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            pass  # a policy of its own would take the place of the one that the page was kept with
        elif 300 <= response.status_code < 400:
            response.headers.setdefault(*SHOWS_NOTHING)
        else:
            super().process_response(request, response)
        kind = response.headers.get("Content-Type", "")
        if kind.startswith("text/") and "charset" not in kind:  # else a browser guesses, and may be made to guess wrong
            response.headers["Content-Type"] = f"{kind}; charset=utf-8"
        response.headers.setdefault(*OWN_READERS)
        is_public = "public" in response.headers["Cache-Control"]
        response.headers.setdefault(OWN_PAGES[0], "cross-origin" if is_public else OWN_PAGES[1])
        if not getattr(response, "xframe_options_exempt", False):
            response.headers.setdefault(*NEVER_FRAMED)
        for name, value in _ALWAYS.items():
            response.headers.setdefault(name, value)
        return response
