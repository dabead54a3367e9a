"""Whether a visitor looks through a social app's own browser. A hint for the hand-over page, never a security control."""

import re
from functools import lru_cache

UNNAMED_APP = "WebView"
"""The answer for an app that shows pages inside itself without telling its name."""

_TOKENS = {
    "TikTok": r"musical_ly|BytedanceWebview|\btrill|TikTok|ByteLocale",
    # Threads and Messenger before the apps whose tokens they may carry beside their own.
    "Threads": r"\bBarcelona\b",
    "Instagram": r"\bInstagram\b",
    "Messenger": r"MessengerForiOS|Orca-Android",
    "Facebook": r"\b(?:FBAN|FBAV|FB_IAB|FBIOS|FB4A)\b",
    "LINE": r"\bLine/",
    "Snapchat": r"\bSnapchat\b",
    "WeChat": r"\bMicroMessenger\b",
    "LinkedIn": r"\bLinkedInApp\b",
    "Pinterest": r"\bPinterest\b",
    # Android marks its WebView; iOS browsers all say "Safari/", a WebView does not.
    UNNAMED_APP: r"; wv\)|\((?:iPhone|iPad|iPod)\b(?!.*\bSafari/)",
}
_APPS = [(app, re.compile(tokens)) for app, tokens in _TOKENS.items()]

# Real browsers that are built on Android's WebView and carry its mark.
_BROWSERS = re.compile(
    r"\b(?:VivoBrowser|HeyTapBrowser|MiuiBrowser|SamsungBrowser|HuaweiBrowser|TransSionBrowser|PHX|UCBrowser|UCWEB|OPR|OPX|"
    r"Firefox|FxiOS|Focus|EdgA|EdgiOS|CriOS|DuckDuckGo|YaBrowser|Brave)/"
)


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
    app = next((app for app, tokens in _APPS if tokens.search(user_agent)), None)
    return None if app == UNNAMED_APP and _BROWSERS.search(user_agent) else app
