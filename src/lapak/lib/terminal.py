"""Text from outside (of a file, a path, an error) on its way to a terminal."""

import re

_OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""All controls but line ends and tabs, and what turns the direction of writing."""


def harmless(text: object) -> str:
    """The text without what a terminal would obey instead of showing it."""
    return _OBEYED.sub("\N{REPLACEMENT CHARACTER}", str(text))
