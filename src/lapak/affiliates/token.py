"""The click token: proof that a link was followed at a moment, valid without any stored row.

Link id (16 bytes), click id (a UUIDv7, which carries the moment; 16 bytes), keyed BLAKE2s of both (16 bytes);
64 characters of base64url. It survives the hop from an in-app browser to the real one, where cookies are lost.
"""

import hmac
import re
import uuid
from base64 import b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import blake2s

from django.conf import settings
from django.utils.encoding import force_bytes

from lapak.affiliates.attribution import LONGEST_WINDOW
from lapak.lib import clock
from lapak.lib.ids import time_of_id

TOKEN_LENGTH = 64
MOST_REMEMBERED = 8
"""Newest clicks that a browser remembers, and a signed-in user: half a kilobyte in each request, and more than one purchase
can use."""
LINK_LENGTH = 21
"""Tokens of one link begin alike: its id alone fills this many characters."""

_SHAPE = re.compile(r"[A-Za-z0-9_-]{64}", re.ASCII)
_SEAL_BYTES = 16
_PURPOSE = b"lapak.affiliates.click_token"

_CLOCK_SKEW = timedelta(minutes=1)
"""Web servers' clocks may differ by this much; a token from further ahead is no click of ours."""


@dataclass(frozen=True, slots=True)
class ClickToken:
    """What a valid token proves, or a code that was typed."""

    link_id: uuid.UUID
    click_id: uuid.UUID
    clicked_at: datetime
    is_typed: bool = False
    """No click: the link's code, which the buyer typed at the checkout."""


def make_token(link_id: uuid.UUID, click_id: uuid.UUID) -> str:
    """The token of a click; `click_id` is a UUIDv7 made at the moment of the click."""
    return sealed(link_id.bytes + click_id.bytes)


def sealed(body: bytes) -> str:
    """The token around the bytes of a link's and a click's id."""
    return urlsafe_b64encode(body + _seal(body, _keys()[0])).decode()


def read_token(token: str) -> ClickToken | None:
    """What the token proves; none if it was edited, is not ours, lies in the future, or is too old for any programme."""
    if not _SHAPE.fullmatch(token):
        return None
    raw = b64decode(token, altchars=b"-_")
    body, seal = raw[:-_SEAL_BYTES], raw[-_SEAL_BYTES:]
    if not any(hmac.compare_digest(seal, _seal(body, key)) for key in _keys()):
        return None
    link_id, click_id = uuid.UUID(bytes=body[:16]), uuid.UUID(bytes=body[16:])
    clicked_at = time_of_id(click_id)
    if not -_CLOCK_SKEW <= clock.now() - clicked_at < LONGEST_WINDOW:
        return None
    return ClickToken(link_id, click_id, clicked_at)


def _seal(body: bytes, key: bytes) -> bytes:
    # Keyed BLAKE2 is a MAC of its own (RFC 7693); HMAC-SHA256 in its place costs every click 6 % more (bench/click.py).
    return blake2s(body, key=key, digest_size=_SEAL_BYTES).digest()


@cache
def _keys() -> list[bytes]:
    """The present secret and those before it, each turned into a key for this purpose alone: what is signed here never
    passes for anything else signed with the secret. Made once: settings outlast the process.
    """
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [hmac.digest(force_bytes(secret), _PURPOSE, "sha256") for secret in secrets]
