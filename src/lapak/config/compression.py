"""Answers made smaller on their way: text, for browsers that say they can read it so.

What is public is the same for everybody and is compressed as well as it can be. In an answer that is its reader's alone,
something secret may stand beside something that a stranger put into its address; from its length alone the secret could be
guessed letter by letter (BREACH). There, Django's random filling hides the length, and its tokens are masked anew each time.
"""

import gzip
from typing import Literal

import brotli
from django.utils.text import compress_string

Encoding = Literal["", "br", "gzip"]

LEAST_BYTES = 1_000
"""Below it, an answer fits into one packet anyway."""

FILLED_UP_TO_BYTES = 100
"""As Django's own GZipMiddleware."""

_BROTLI_QUALITY, _GZIP_LEVEL = 5, 6
"""Some milliseconds for a page, once a minute; the best would take ten times as long for a tenth less."""

_TEXT = (
    "text/",
    "application/json",
    "application/javascript",
    "application/xml",
    "image/svg+xml",
    "application/ld+json",
)


def is_compressible(content_type: str) -> bool:
    """Whether it is text of some kind; pictures are small already."""
    return content_type.startswith(_TEXT)


def accepted_encoding(accepted: str) -> Encoding:
    """The best encoding that an `Accept-Encoding` header allows."""
    names = {
        part.partition(";")[0].strip() for part in accepted.split(",") if not part.replace(" ", "").endswith(";q=0")
    }
    return "br" if "br" in names else "gzip" if "gzip" in names else ""


def compressed(body: bytes, encoding: Encoding) -> bytes:
    """What is the same for everybody."""
    if encoding == "br":
        return bytes(brotli.compress(body, quality=_BROTLI_QUALITY))
    return gzip.compress(body, _GZIP_LEVEL, mtime=0) if encoding else body


def compressed_in_private(body: bytes) -> bytes:
    """What is its reader's alone, by gzip; its length says less than it could."""
    return compress_string(body, max_random_bytes=FILLED_UP_TO_BYTES)
