"""What a browser calls itself, as far as its owner knows it again in a list: `Chrome, Android`."""

import re
from functools import lru_cache

from lapak.web.shell.in_app import MOST_AGENTS

# The first that is found: nearly all name Safari, and many Chrome, beside themselves.
_BROWSERS = {
    "Edge": r"\bEdg(?:A|iOS)?/",
    "Opera": r"\bOP[RTX]/",
    "Samsung Internet": r"\bSamsungBrowser/",
    "UC Browser": r"\bUC(?:Browser|WEB)/?",
    "Firefox": r"\b(?:Firefox|FxiOS)/",
    "Chrome": r"\b(?:Chrome|CriOS|Chromium)/",
    "Safari": r"\bSafari/",
}
_MACHINES = {
    "iPhone": r"\biPhone\b",
    "iPad": r"\biPad\b",
    "Android": r"\bAndroid\b",
    "Windows": r"\bWindows\b",
    "Mac": r"\bMacintosh\b",
    "Chromebook": r"\bCrOS\b",
    "Linux": r"\bLinux\b",
}


@lru_cache(maxsize=MOST_AGENTS)
def device_of(agent: str) -> str:
    """Browser and machine; what is not known is left out."""
    named = (_first(_BROWSERS, agent), _first(_MACHINES, agent))
    return ", ".join(filter(None, named))


def _first(names: dict[str, str], agent: str) -> str:
    return next((name for name, mark in names.items() if re.search(mark, agent)), "")
