"""Who bought, without who it was.

A pseudonym tells that two orders of one upload were one buyer's, and nothing else: the key by which it is made is never
written down and gone when the files are read, so that nobody, we neither, can find the pseudonym of a name or the name
of a pseudonym. The next upload has another key; of an order that is here already the first pseudonym stays. So a buyer
who is in two uploads counts as two: less is known, on purpose.
"""

import hashlib
import hmac
import secrets

from lapak.moving.past.models import BUYER_LENGTH


class Pseudonyms:
    """Those of one upload."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def of(self, platform: str, *said: str) -> str:
        """The same for the same words; empty when nothing is said. What a platform has masked stays as alike as it made it."""
        if not any(said):
            return ""
        words = "\x1f".join((platform, *said)).casefold()
        return hmac.new(self._key, words.encode(), hashlib.sha256).hexdigest()[:BUYER_LENGTH]
