"""Whether a visitor looks through a social app's own browser. A hint for the hand-over page, never a security control.

The apps and their marks are data with their sources: `in_app.toml`.
"""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

UNNAMED_APP = "WebView"
"""The answer for an app that shows pages inside itself without telling its name."""

_KNOWN = tomllib.loads((Path(__file__).parent / "in_app.toml").read_text())
_APPS = [(app["name"], re.compile(app["marks"])) for app in _KNOWN["apps"]]

# Android marks its WebView, old ones by a version that no browser has; iOS browsers all say "Safari", a WebView does not.
_WEB_VIEW = re.compile(r"; wv\)|\bVersion/4\.0 Chrome/|\((?:iPhone|iPad|iPod)\b(?!.*\bSafari\b)")
_BROWSERS = re.compile(rf"\b(?:{'|'.join(_KNOWN['browsers']['names'])})/")


LONGEST_AGENT = 1_000
"""Characters of a user agent that are looked at, and remembered: twice the longest that apps send. Who sends half a megabyte,
which the server takes, is neither searched for a minute nor kept."""

MOST_AGENTS = 16_384
"""User agents one process remembers the meaning of: some 6 MB of those that people's browsers send."""


def in_app_browser(user_agent: str) -> str | None:
    """The app whose own browser this is (`TikTok`, `Instagram`, …, or `UNNAMED_APP`); none for a real browser.

    Some real ones cannot be told from an app without a name (an iPhone's home-screen page): those may go on here.
    """
    return _app_named(user_agent[:LONGEST_AGENT])


@lru_cache(maxsize=MOST_AGENTS)
def _app_named(user_agent: str) -> str | None:
    app = next((app for app, marks in _APPS if marks.search(user_agent)), None)
    if app is None and _WEB_VIEW.search(user_agent) and not _BROWSERS.search(user_agent):
        return UNNAMED_APP
    return app
