"""The clicks a browser remembers: in a first-party cookie, and in the `lp` parameter that brought it here."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from lapak.affiliates.attribution import LONGEST_WINDOW
from lapak.affiliates.known_clicks.commands import know_clicks
from lapak.affiliates.known_clicks.queries import known_clicks
from lapak.affiliates.token import LINK_LENGTH, MOST_REMEMBERED, TOKEN_LENGTH, ClickToken, make_token, read_token
from lapak.people.users.models import User

COOKIE = f"{settings.COOKIE_PREFIX}lapak_clicks"
PARAMETER = "lp"

_COOKIE_ATTRIBUTES = f"Max-Age={int(LONGEST_WINDOW.total_seconds())}; Path=/; HttpOnly; SameSite=Lax" + (
    "; Secure" if settings.IS_ENCRYPTED else ""
)


def remembered_clicks(request: HttpRequest) -> list[ClickToken]:
    """Every click this browser can prove, newest first, each once; edited and expired tokens are left out."""
    tokens = {request.GET.get(PARAMETER, ""), *_split(request.COOKIES.get(COOKIE, ""))}
    clicks = {click.click_id: click for token in tokens if (click := read_token(token))}
    return sorted(clicks.values(), key=lambda click: (click.clicked_at, click.click_id), reverse=True)


def remember_arriving_click(request: HttpRequest, response: HttpResponse) -> None:
    """A click that came in the address is remembered in the cookie, where it survives leaving the page.

    That is how it outlives the hop from an in-app browser, whose cookies the real browser never sees. Every page that
    a link can lead to calls this; without a valid token that is new here it does nothing. Of who is signed in it is known
    on their other devices too.
    """
    token = request.GET.get(PARAMETER, "")
    remembered = request.COOKIES.get(COOKIE, "")
    if token not in _split(remembered) and (click := read_token(token)):
        response.cookies.load(cookie_remembering(token, remembered))
        if isinstance(request.user, User):
            know_clicks(request.user, [click])


def share_clicks_among_devices(request: HttpRequest, user: User, response: HttpResponse) -> None:
    """What the user clicked elsewhere is remembered by this browser, and what it remembers is known elsewhere: when they are
    about to order, so that ordering itself asks nobody."""
    here, known = remembered_clicks(request), known_clicks(user)
    new_here = [click for click in known if click not in here]
    new_elsewhere = [click for click in here if click not in known]
    if new_elsewhere:
        know_clicks(user, new_elsewhere)
    if new_here:
        newest_first = sorted([*here, *new_here], key=lambda click: (click.clicked_at, click.click_id), reverse=True)
        response.cookies.load(_cookie([make_token(click.link_id, click.click_id) for click in newest_first]))


def cookie_remembering(token: str, remembered: str) -> str:
    """The `Set-Cookie` value that puts a click in front of those remembered: of a link the newest and the first, as either may
    win; the newest `MOST_REMEMBERED` in all."""
    link, known = token[:LINK_LENGTH], _split(remembered)
    of_link = [other for other in known if other[:LINK_LENGTH] == link]
    return _cookie([token, *(other for other in known if other not in of_link[:-1])])


def cookie_joining(tokens: Sequence[str], remembered: str) -> str:
    """The same with several clicks, newest first, in front of those remembered."""
    return _cookie(list(dict.fromkeys([*tokens, *_split(remembered)])))


def _cookie(tokens: list[str]) -> str:
    return f"{COOKIE}={'.'.join(tokens[:MOST_REMEMBERED])}; {_COOKIE_ATTRIBUTES}"


def _split(remembered: str) -> list[str]:
    """Tokens by their length alone: a seal is checked when it matters, not on every hop."""
    return [token for token in remembered.split(".") if len(token) == TOKEN_LENGTH]
