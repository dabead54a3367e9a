"""That social media stay outside: docs/concepts/law-and-practice.md "The boundary with social media"."""

import re
from datetime import date, timedelta

from django.conf import settings
from django.db import connection

from lapak.affiliates.clicks.models import Click, DayKey
from lapak.compliance.proofs.asked import BROWSER, ask, fetched_from_others, policy_of, public_pages
from lapak.compliance.rules import Found
from lapak.lib import clock

OURS = re.compile(r"'self'|'none'|data:|'nonce'|'report-sample'")
"""All that a content policy may allow: nothing of it is another site."""
ANDROID = "Mozilla/5.0 (Linux; Android 13; SM-A536E; wv) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/117.0 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/20G75"
IN_APP = {
    "TikTok": f"{ANDROID} trill_310503 ByteLocale/id-ID",
    "TikTok on an iPhone": f"{IPHONE} musical_ly_31.5.0 ByteLocale/id",
    "Instagram": f"{ANDROID} Instagram 302.0.0.34.111 Android",
    "Threads": f"{IPHONE} Barcelona 300.0.0.19.108",
    "Facebook": f"{ANDROID} [FB_IAB/FB4A;FBAV/433.0.0.30.108;]",
    "Messenger": f"{IPHONE} [FBAN/MessengerForiOS;FBAV/428.0]",
    "Snapchat": f"{IPHONE} Snapchat/12.52.0.40",
    "LINE": f"{IPHONE} Safari Line/13.15.0",
    "WeChat": f"{IPHONE} MicroMessenger/8.0.42",
    "Pinterest": f"{IPHONE} [Pinterest/iOS]",
}
"""How the browsers of social apps name themselves."""
BUYING = ("/cart", "/checkout")
KEPT_OF_A_CLICK = {"id", "link_id", "device", "is_in_app", "counts_as", "clicked_at"}
"""A link, a moment, and what kind of device; no one."""
SOCIAL_SIGN_IN = "socialaccount"


def no_other_origin(_on: date) -> Found:
    """What public pages make a browser fetch, or send, elsewhere."""
    pages = {path: fetched_from_others(ask(path)) for path in public_pages()}
    return Found(
        not any(pages.values()), {"pages": list(pages), "others": sorted({u for us in pages.values() for u in us})}
    )


def policy_allows_us_alone(_on: date) -> Found:
    """The content policies that were sent with the public pages."""
    policies = {path: policy_of(ask(path)) for path in public_pages()}
    words = {word for policy in policies.values() for allowed in policy.values() for word in allowed}
    without = [path for path, policy in policies.items() if "default-src" not in policy]
    others = sorted(word for word in words if not OURS.fullmatch(word))
    return Found(not others and not without, {"policy": policies["/"], "pages_without": without, "others": others})


def not_framed(_on: date) -> Found:
    """Whether another site may show a public page within its own."""
    framable = [path for path in public_pages() if policy_of(ask(path)).get("frame-ancestors") != ["'none'"]]
    return Found(not framable, {"can_be_framed": framable})


def no_social_sign_in(_on: date) -> Found:
    """What users can sign in with."""
    social = [name for name in (*settings.INSTALLED_APPS, *settings.AUTHENTICATION_BACKENDS) if SOCIAL_SIGN_IN in name]
    return Found(not social, {"by": list(settings.AUTHENTICATION_BACKENDS), "social": social})


def buying_leads_out(_on: date) -> Found:
    """Where the browsers of social apps get to: everything may be looked at, buying leads out."""
    stays = [
        f"{app}: {path}"
        for app, agent in IN_APP.items()
        for path in BUYING
        if "/hand-over/" not in ask(path, agent).headers.get("Location", "")
    ]
    shut = [app for app, agent in IN_APP.items() if ask("/", agent).status_code != 200]
    real = ask(BUYING[0], BROWSER).status_code
    return Found(
        not stays and not shut and real == 200,
        {"apps": list(IN_APP), "can_buy_inside": stays, "cannot_look": shut, "cart_in_a_browser": real},
    )


def clicks_name_nobody(_on: date) -> Found:
    """What is kept of a click."""
    table = Click._meta.db_table  # noqa: SLF001 - Django's documented API
    with connection.cursor() as cursor:
        columns = {column.name for column in connection.introspection.get_table_description(cursor, table)}
    return Found(columns <= KEPT_OF_A_CLICK, {"kept": sorted(columns), "more_than": sorted(columns - KEPT_OF_A_CLICK)})


def marks_are_forgotten(_on: date) -> Found:
    """The keys of visitors' marks: of today, and until the clock has gone over it, of yesterday."""
    old = DayKey.objects.filter(day__lt=clock.today() - timedelta(days=1)).count()
    return Found(old == 0, {"keys_of_days_before": old})
