"""Telling social apps' own browsers from real ones, by user agents as they look in the wild."""

from pathlib import Path

import pytest

from lapak.web.shell.in_app import LONGEST_AGENT, UNNAMED_APP, in_app_browser

KEPT = (Path(__file__).parent / "user_agents.tsv").read_text().splitlines()
REAL = [tuple(line.split("\t")) for line in KEPT if not line.startswith("#")]

ANDROID = "Mozilla/5.0 (Linux; Android 13; SM-A536E Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko)"
ANDROID_WV = f"{ANDROID} Version/4.0 Chrome/117.0.0.0 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/20G75"


@pytest.mark.parametrize(
    ("app", "user_agent"),
    [
        ("TikTok", f"{ANDROID_WV} trill_310503 JsSdk/1.0 NetType/WIFI Channel/googleplay ByteLocale/id-ID Region/ID"),
        ("TikTok", f"{ANDROID_WV} VivoBrowser/11.0.3.0 trill_310503"),
        ("TikTok", f"{ANDROID_WV} musical_ly_2023105030 JsSdk/1.0 AppName/musical_ly BytedanceWebview/d8a21c6"),
        ("TikTok", f"{IPHONE} musical_ly_31.5.0 JsSdk/2.0 NetType/4G Channel/App Store ByteLocale/id Region/ID"),
        ("Instagram", f"{IPHONE} Instagram 302.0.0.22.108 (iPhone12,1; iOS 16_6; id_ID; id; scale=2.00; 828x1792)"),
        ("Instagram", f"{ANDROID_WV} Instagram 302.0.0.34.111 Android (33/13; 450dpi; 1080x2177; samsung; id_ID)"),
        ("Threads", f"{IPHONE} Barcelona 300.0.0.19.108 (iPhone14,5; iOS 16_6; id_ID; id; scale=3.00) Instagram"),
        ("Facebook", f"{ANDROID_WV} [FB_IAB/FB4A;FBAV/433.0.0.30.108;]"),
        ("Facebook", f"{IPHONE} [FBAN/FBIOS;FBAV/433.0.0.40.110;FBBV/512;FBDV/iPhone12,1;FBLC/id_ID]"),
        ("Messenger", f"{IPHONE} [FBAN/MessengerForiOS;FBAV/428.0.0.31.105;FBBV/513]"),
        ("Messenger", f"{ANDROID_WV} [FB_IAB/Orca-Android;FBAV/428.0.0.12.113;]"),
        ("LINE", f"{IPHONE} Safari Line/13.15.0"),
        ("Snapchat", f"{IPHONE} Snapchat/12.52.0.40 (like Safari/8614.3.7, panda)"),
        ("WeChat", f"{IPHONE} MicroMessenger/8.0.42(0x18002a2a) NetType/WIFI Language/id"),
        ("LinkedIn", f"{IPHONE} [LinkedInApp]/9.28.7586"),
        ("Pinterest", f"{IPHONE} [Pinterest/iOS]"),
        (UNNAMED_APP, ANDROID_WV),
        (UNNAMED_APP, IPHONE),
    ],
)
def test_an_apps_own_browser_is_named(app: str, user_agent: str) -> None:
    assert in_app_browser(user_agent) == app


CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/117.0.0.0 Mobile Safari/537.36"
IOS = "Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    "user_agent",
    [
        f"Mozilla/5.0 (Linux; Android 10; K) {CHROME}",
        f"Mozilla/5.0 (Linux; Android 13; SM-A536E) {CHROME} SamsungBrowser/22.0",
        f"Mozilla/5.0 (Linux; Android 9; Outline/1.0) {CHROME}",
        f"{IOS} Version/16.6 Mobile/15E148 Safari/604.1",
        f"{IOS} CriOS/117.0.5938.108 Mobile/15E148 Safari/604.1",
        f"{ANDROID_WV} VivoBrowser/11.0.3.0",
        f"{ANDROID_WV} HeyTapBrowser/45.9.3.1",
        f"{ANDROID_WV.replace('; wv', '')} XiaoMi/MiuiBrowser/13.35.0-gn",
        f"{ANDROID_WV} UCBrowser/13.4.0.1306",
        "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/118.0",
        "Mozilla/5.0 (compatible; Pinterestbot/1.0; +http://www.pinterest.com/bot.html)",
        "",
    ],
)
def test_a_real_browser_is_none(user_agent: str) -> None:
    assert in_app_browser(user_agent) is None


def test_of_an_agent_without_end_only_the_beginning_is_looked_at() -> None:
    assert in_app_browser("x" * LONGEST_AGENT + " Instagram 300.0") is None
    assert in_app_browser("Instagram 300.0 " + "x" * LONGEST_AGENT) == "Instagram"


def test_real_user_agents_are_told_apart() -> None:
    assert len(REAL) > 190
    assert len({app for app, _source, _agent in REAL}) > 13
    assert [(app, found, agent) for app, _source, agent in REAL if (found := in_app_browser(agent) or "") != app] == []
