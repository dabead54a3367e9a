"""What kind of device a visitor has, as coarsely as counting clicks needs:
docs/concepts/law-and-practice.md "The boundary with social media"."""

import re
from functools import lru_cache

from lapak.affiliates.clicks.models import Click

# Crawlers, link previews of chat apps, and programs. "Cubot" is a brand of telephones.
_BOT_TOKENS = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|preview|facebookexternalhit|facebookcatalog|\bWhatsApp/|headless|"
    r"Google-(?:Read-Aloud|InspectionTool|PageRenderer)|\bEmbedly\b|Iframely|\bMastodon/|Scrapy|"
    r"\bCFNetwork/|libwww|HTTPie|PostmanRuntime|"
    r"^(?!.*AppleWebKit).*\bZalo\b|"
    r"^(?:curl|wget|python|java|okhttp|go-http-client|apache-httpclient|node|axios|undici|Dalvik|$)",
    re.IGNORECASE,
)
_TABLET_TOKENS = re.compile(r"\biPad\b|\bTablet\b|\bAndroid\b(?!.*\bMobile\b)")
_PHONE_TOKENS = re.compile(r"\bMobile\b|\biPhone\b|\bAndroid\b")


BOT = Click.Device.BOT.value


@lru_cache(maxsize=4096)
def device_of(user_agent: str) -> str:
    """The device class (`Click.Device`) that a user agent names; an empty one is no person's browser."""
    if _BOT_TOKENS.search(user_agent):
        return BOT
    if _TABLET_TOKENS.search(user_agent):
        return Click.Device.TABLET.value
    return Click.Device.PHONE.value if _PHONE_TOKENS.search(user_agent) else Click.Device.COMPUTER.value
