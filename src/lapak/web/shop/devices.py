"""What kind of device a visitor has, as coarsely as counting clicks needs:
docs/concepts/law-and-practice.md "The boundary with social media"."""

import re
from functools import lru_cache

from crawleruseragents import is_crawler

from lapak.affiliates.clicks.models import Click

# What no kept list names (`crawleruseragents` has the rest). "Cubot" is a brand of telephones.
_BOT_TOKENS = re.compile(
    r"(?<!cu)bot\b|crawl|spider|preview|headless|Google-PageRenderer|\bCFNetwork/|PostmanRuntime|"
    r"^(?!.*AppleWebKit).*\bZalo\b|^(?:undici|Dalvik|$)",
    re.IGNORECASE,
)
_TABLET_TOKENS = re.compile(r"\biPad\b|\bTablet\b|\bAndroid\b(?!.*\bMobile\b)")
_PHONE_TOKENS = re.compile(r"\bMobile\b|\biPhone\b|\bAndroid\b")


BOT = Click.Device.BOT.value


@lru_cache(maxsize=16_384)  # looking through the list takes half a millisecond
def device_of(user_agent: str) -> str:
    """The device class (`Click.Device`) that a user agent names; an empty one is no person's browser."""
    if _BOT_TOKENS.search(user_agent) or is_crawler(user_agent):
        return BOT
    if _TABLET_TOKENS.search(user_agent):
        return Click.Device.TABLET.value
    return Click.Device.PHONE.value if _PHONE_TOKENS.search(user_agent) else Click.Device.COMPUTER.value
