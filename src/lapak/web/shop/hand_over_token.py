"""What goes along when someone leaves a social app's own browser for a real one: signed, and good for half an hour."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

VALID_FOR = timedelta(minutes=30)
"""Enough to open a browser, too little for a link that lies about."""

_SALT = "lapak.web.shop.hand_over"


@dataclass(frozen=True, slots=True)
class HandOver:
    """A visitor's cart, the clicks that come along (as tokens, newest first), and the page to go on with."""

    cart_id: uuid.UUID | None
    clicks: Sequence[str]
    path: str


def seal(hand_over: HandOver) -> str:
    """The token, fit to stand in an address. Nobody can make one for a cart or a page of their choosing."""
    content = [hand_over.cart_id.hex if hand_over.cart_id else "", *hand_over.clicks, hand_over.path]
    return signing.dumps(content, salt=_SALT, compress=True)


def unseal(token: str) -> HandOver | None:
    """What the token carries; none if it was edited, is not ours, or is over."""
    try:
        cart, *clicks, path = signing.loads(token, salt=_SALT, max_age=VALID_FOR)
    except signing.BadSignature:
        return None
    return HandOver(uuid.UUID(cart) if cart else None, clicks, path)
