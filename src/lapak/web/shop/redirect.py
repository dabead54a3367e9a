"""`/r/<code>`, answered before Django's stack: a link is followed thousands of times a second in a live sale.

A constant Django view answers a seventh of what the server alone can; this answers most of it (docs/reference/speed.md).
"""

import re
import time
from dataclasses import dataclass, replace

import django.db
import psycopg
from django.db import connection

from lapak.affiliates.clicks.buffer import store_click_soon
from lapak.affiliates.clicks.storing import ClickRow, Followed
from lapak.affiliates.clicks.visitors import network_of
from lapak.affiliates.link_rules import LONGEST_CODE, code_meant
from lapak.affiliates.queries import LinkTarget, link_for_code
from lapak.affiliates.token import sealed
from lapak.goods.catalogue.models import path_of_product
from lapak.lib.ids import new_id_bytes
from lapak.web.shell.in_app import LONGEST_AGENT, in_app_browser
from lapak.web.shell.policy import OF_DOOR
from lapak.web.shop.clicks import COOKIE, PARAMETER, cookie_remembering
from lapak.web.shop.devices import BOT, device_of

PREFIX = "/r/"

REMEMBERED_S = 60
"""A link's target is looked up this seldom per process: withdrawn goods are still linked to for a minute at most."""

MOST_KNOWN = 50_000
"""Links and misses one process remembers, some 20 MB; then it starts anew."""

_CODE = re.compile(rf"[0-9a-z-]{{1,{LONGEST_CODE}}}", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a code stood for when it was looked up; no link: a miss, which costs a query as well."""

    looked_up_at: float = 0.0
    link: Followed | None = None
    path: str = ""
    joint: str = "?"
    """What stands between the path, with its link's UTM values, and the token."""


_known: dict[str, _Known] = {}


def is_remembered(path: str) -> bool:
    """Whether the link at this address is in memory: then the answer waits for nothing."""
    known = _known.get(_code_at(path))
    return known is not None and time.monotonic() - known.looked_up_at < REMEMBERED_S


def answer_click(
    path: str, address: str, user_agent: str, cookies: str, only_looks: bool = False
) -> list[tuple[str, str]] | None:
    """The headers of a 302 to where the link leads, with a signed token in the address and in the cookie; none for an
    unknown code.

    Who `only_looks` (a HEAD, a browser that fetches ahead of a tap) is neither counted nor given a token. A bot is stored
    as one and given no token, so that no search engine spreads it.
    """
    known = _look_up(_code_at(path))
    if known.link is None:
        return None
    headers = [*OF_DOOR, ("Content-Length", "0")]
    location = known.path
    if not only_looks:
        token = _record(known.link, address, user_agent[:LONGEST_AGENT])
        if token is not None:
            location = f"{location}{known.joint}{PARAMETER}={token}"
            headers.append(("Set-Cookie", cookie_remembering(token, _remembered(cookies))))
    headers.append(("Location", location))
    return headers


def _code_at(path: str) -> str:
    """The code as it was made; people type it in capitals, and chats add the end of a sentence to it."""
    return code_meant(path[len(PREFIX) :])


def _record(link: Followed, address: str, user_agent: str) -> str | None:
    """Store the click, and sign it if a person made it."""
    click_id, device = new_id_bytes(), device_of(user_agent)
    is_in_app = in_app_browser(user_agent) is not None
    store_click_soon(ClickRow(click_id, link, device, is_in_app, network_of(address), user_agent))
    return None if device == BOT else sealed(link.link_id + click_id)


def _remembered(cookies: str) -> str:
    """The tokens of earlier clicks, unchecked: what is no token of ours is left out where it matters."""
    value = f"; {cookies}".partition(f"; {COOKIE}=")[2].partition(";")[0]
    return value if value.isascii() else ""


def _look_up(code: str) -> _Known:
    """What the code stands for, from memory for a minute."""
    known = _known.get(code)
    if known is not None and time.monotonic() - known.looked_up_at < REMEMBERED_S:
        return known
    if not _CODE.fullmatch(code):
        return _Known()
    if len(_known) >= MOST_KNOWN:
        _known.clear()
    known = _known[code] = _ask_database(code, known)
    return known


def _ask_database(code: str, before: _Known | None) -> _Known:
    """What the code stands for now; while the database is away, what it stood for before."""
    try:
        target = link_for_code(code)
    except (django.db.OperationalError, psycopg.OperationalError):
        if before is None:
            raise
        return replace(before, looked_up_at=time.monotonic())
    finally:
        if not connection.in_atomic_block:
            connection.close()  # back to the pool, as Django does when a request of its own ends
    if target is None:
        return _Known(time.monotonic())
    link = Followed(target.link_id.bytes, target.creator_id.bytes, target.label)
    path = f"{_path(target)}?{target.utm}" if target.utm else _path(target)
    return _Known(time.monotonic(), link, path, "&" if target.utm else "?")


def _path(target: LinkTarget) -> str:
    if target.product_id and target.product_slug:
        return path_of_product(target.product_slug, target.product_id)
    return f"/s/{target.shop_slug}" if target.shop_slug else f"/@{target.handle}"
