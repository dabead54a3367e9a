"""The clicks a browser remembers: in a first-party cookie, and in the `lp` parameter that brought it here."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from lapak.affiliates.attribution import LONGEST_WINDOW
from lapak.affiliates.token import LINK_LENGTH, TOKEN_LENGTH, ClickToken, read_token

COOKIE = "lapak_clicks"
PARAMETER = "lp"
MOST_REMEMBERED = 8
"""Newest links a browser remembers: half a kilobyte in each request, and more than one purchase can use."""

_COOKIE_ATTRIBUTES = f"Max-Age={int(LONGEST_WINDOW.total_seconds())}; Path=/; HttpOnly; SameSite=Lax" + (
    "; Secure" if settings.SESSION_COOKIE_SECURE else ""
)


def remembered_clicks(request: HttpRequest) -> list[ClickToken]:
    """Every click this browser can prove, newest first, each once; edited and expired tokens are left out."""
    tokens = {request.GET.get(PARAMETER, ""), *_split(request.COOKIES.get(COOKIE, ""))}
    clicks = {click.click_id: click for token in tokens if (click := read_token(token))}
    return sorted(clicks.values(), key=lambda click: (click.clicked_at, click.click_id), reverse=True)


def remember_arriving_click(request: HttpRequest, response: HttpResponse) -> None:
    """A click that came in the address is remembered in the cookie, where it survives leaving the page.

    That is how it outlives the hop from an in-app browser, whose cookies the real browser never sees. Every page that
    a link can lead to calls this; without a valid token that is new here it does nothing.
    """
    token = request.GET.get(PARAMETER, "")
    remembered = request.COOKIES.get(COOKIE, "")
    if token not in _split(remembered) and read_token(token):
        response.cookies.load(cookie_remembering(token, remembered))


def cookie_remembering(token: str, remembered: str) -> str:
    """The `Set-Cookie` value that puts a click in front of those remembered: one a link, the newest eight."""
    link = token[:LINK_LENGTH]
    others = [other for other in _split(remembered) if other[:LINK_LENGTH] != link]
    value = ".".join([token, *others[: MOST_REMEMBERED - 1]])
    return f"{COOKIE}={value}; {_COOKIE_ATTRIBUTES}"


def _split(remembered: str) -> list[str]:
    """Tokens by their length alone: a seal is checked when it matters, not on every hop."""
    return [token for token in remembered.split(".") if len(token) == TOKEN_LENGTH]
