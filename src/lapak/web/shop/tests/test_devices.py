"""Coarse device classes, by user agents as they look in the wild."""

import re

import pytest
from crawleruseragents import CRAWLER_USER_AGENTS_DATA

from lapak.web.shell.in_app import LONGEST_AGENT
from lapak.web.shop.devices import _device_named, _sought_together, device_of

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/117.0.0.0"


@pytest.mark.parametrize(
    ("device", "user_agent"),
    [
        ("phone", f"Mozilla/5.0 (Linux; Android 10; K) {CHROME} Mobile Safari/537.36"),
        ("phone", f"Mozilla/5.0 (Linux; Android 9; CUBOT X18 Plus) {CHROME} Mobile Safari/537.36"),
        ("phone", "Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148"),
        ("tablet", f"Mozilla/5.0 (Linux; Android 13; SM-X200) {CHROME} Safari/537.36"),
        ("tablet", "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"),
        ("computer", f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36"),
        ("computer", "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/118.0"),
        ("bot", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"),
        ("bot", "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"),
        ("bot", "WhatsApp/2.23.20.0 A"),
        ("bot", "TelegramBot (like TwitterBot)"),
        ("bot", f"Mozilla/5.0 (Linux; Android 5.0) {CHROME} Mobile Safari/537.36 (compatible; Bytespider)"),
        ("bot", f"Mozilla/5.0 (X11; Linux x86_64) {CHROME.replace('Chrome', 'HeadlessChrome')} Safari/537.36"),
        ("bot", "curl/8.1.2"),
        ("bot", "python-requests/2.31.0"),
        ("bot", "facebookcatalog/1.0"),
        (
            "bot",
            f"Mozilla/5.0 (Linux; Android 7.0; SM-G930V) {CHROME} Mobile Safari/537.36 (compatible; Google-Read-Aloud)",
        ),
        (
            "bot",
            f"Mozilla/5.0 (Linux; Android 6.0.1) {CHROME} Mobile Safari/537.36 (compatible; Google-InspectionTool/1.0;)",
        ),
        (
            "bot",
            f"Mozilla/5.0 (Linux; Android 8.0) {CHROME} Mobile Safari/537.36 Google-PageRenderer Google (+https://x)",
        ),
        ("bot", "Mozilla/5.0 (compatible; Embedly/0.2; +http://support.embed.ly/)"),
        ("bot", "Iframely/1.3.1 (+https://iframely.com/docs/about)"),
        ("bot", "http.rb/5.1.1 (Mastodon/4.1.4; +https://mastodon.social/)"),
        ("bot", "ZaloPC-win32-24v1 Zalo"),
        ("phone", f"Mozilla/5.0 (Linux; Android 13; SM-A536E) {CHROME} Mobile Safari/537.36 Zalo android/12"),
        ("bot", "Scrapy/2.9.0 (+https://scrapy.org)"),
        ("bot", "Dalvik/2.1.0 (Linux; U; Android 13; SM-A536E Build/TP1A)"),
        ("bot", "MobileSafari/605.1 CFNetwork/1410.0.3 Darwin/22.6.0"),
        ("bot", "libwww-perl/6.67"),
        ("bot", "HTTPie/3.2.2"),
        ("bot", "PostmanRuntime/7.32.3"),
        ("bot", "undici"),
        ("bot", "Feedfetcher-Google; (+http://www.google.com/feedfetcher.html; 1 subscribers)"),
        ("bot", "GoogleOther"),
        ("bot", ""),
    ],
)
def test_the_class_of(device: str, user_agent: str) -> None:
    assert device_of(user_agent) == device


def test_whatever_the_kept_list_has_seen_of_a_program_is_one() -> None:
    seen = [agent for kind in CRAWLER_USER_AGENTS_DATA for agent in kind.get("instances", [])]
    assert len(seen) > 2_000
    assert [agent for agent in seen if device_of(agent) != "bot"] == []


def test_all_of_the_list_together_find_what_one_by_one_they_find() -> None:
    patterns = ["Ab|^x", "Ac", "A?d", "[wW]get", "^curl", "B"]
    agents = ["Ab", "Ac", "d", "wget", "curl", "a curl", "aBa", "x", "ab", "c", ""]
    together = _sought_together(patterns)
    for agent in agents:
        assert any(one.search(agent) for one in together) == any(re.search(one, agent) for one in patterns), agent


def test_of_an_agent_without_end_only_the_beginning_is_looked_at_and_remembered() -> None:
    beginning = f"Mozilla/5.0 (Linux; Android 10; K) {CHROME} Mobile Safari/537.36".ljust(LONGEST_AGENT, "x")
    known = _device_named.cache_info().currsize
    assert {device_of(f"{beginning}{n} Googlebot") for n in range(20)} == {"phone"}
    assert _device_named.cache_info().currsize <= known + 1
