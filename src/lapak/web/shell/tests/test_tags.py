"""How amounts, moments and states are written."""

from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.test import RequestFactory
from django.utils.html import escape
from django.utils.translation import override

from lapak.lib.clock import stopped_at
from lapak.web.shell.templatetags.lapak import idr, numbers_whole, percent, remaining, weight, wib, wib_day

NOON = datetime(2023, 10, 4, 10, 0, tzinfo=UTC)


def test_rupiah() -> None:
    assert idr(115_000) == "Rp115.000"
    assert idr(-2_000) == "−Rp2.000"


@pytest.mark.parametrize(
    ("rate_bp", "indonesian", "english"), [(200, "2%", "2%"), (250, "2,5%", "2.5%"), (75, "0,75%", "0.75%")]
)
def test_rate(rate_bp: int, indonesian: str, english: str) -> None:
    with override("id"):
        assert percent(rate_bp) == indonesian
    with override("en"):
        assert percent(rate_bp) == english


def test_a_number_of_an_order_is_not_broken_at_its_hyphens_and_nothing_hostile_gets_through() -> None:
    whole = '<span class="nowrap">6184-1577-4603</span>'
    assert numbers_whole("Pesanan 6184-1577-4603 <b>tiba</b>") == f"Pesanan {whole} &lt;b&gt;tiba&lt;/b&gt;"
    assert (
        numbers_whole(escape("Lapak's 6184-1577-4603")) == f"Lapak&#x27;s {whole}"
    )  # as a page's title comes: escaped
    assert numbers_whole("0812-3456-7890 5-6") == '<span class="nowrap">0812-3456-7890</span> 5-6'


def test_weight() -> None:
    with override("id"):
        assert [weight(850), weight(1000), weight(1200)] == ["850 g", "1 kg", "1,2 kg"]


def test_moment_is_on_the_clock_of_jakarta() -> None:
    with override("id"):
        assert wib(NOON) == "4\xa0Oktober\xa02023, 17.00\xa0WIB"
        assert wib_day(datetime(2023, 10, 4, 18, 0, tzinfo=UTC)) == "5\xa0Okt\xa02023"
    with override("en"):
        assert wib(NOON) == "4\xa0October\xa02023, 17.00\xa0WIB"
    assert wib(None) == ""


def test_what_lies_ahead_tells_its_weekday() -> None:
    with stopped_at(NOON - timedelta(days=2)), override("id"):
        assert wib(NOON) == "Rabu, 4\xa0Oktober\xa02023, 17.00\xa0WIB"
    with stopped_at(NOON), override("id"):
        assert wib(NOON) == "4\xa0Oktober\xa02023, 17.00\xa0WIB"


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=2, hours=4, minutes=9), "2 days 4 hours"),
        (timedelta(hours=1, minutes=1), "1 hour 1 minute"),
        (timedelta(minutes=12, seconds=30), "12 minutes"),
        (timedelta(seconds=20), "less than a minute"),
        (timedelta(seconds=-1), ""),
    ],
)
def test_time_left(left: timedelta, words: str) -> None:
    with stopped_at(NOON), override("en"):
        assert remaining(NOON + left) == words


@pytest.mark.parametrize(
    ("address", "href", "is_current"),
    [
        ("/", "/", True),
        ("/?q=batik", "/", False),
        ("/?q=batik", "/?q=", True),
        ("/", "/?q=", False),
        ("/orders", "/orders", True),
        ("/orders/9F2C", "/orders", True),
        ("/orders-of-others", "/orders", False),
    ],
)
def test_current_page_is_marked(address: str, href: str, is_current: bool) -> None:
    request = RequestFactory().get(address)
    bar = Template('{% load lapak %}{% nav_item href "home" "Here" %}<a {% current href %}></a>')
    assert bar.render(Context({"request": request, "href": href})).count('aria-current="page"') == 2 * is_current


def test_icon_is_hidden_from_readers_and_comes_from_our_own_site() -> None:
    html = Template('{% load lapak %}{% icon "cart" %}').render(Context())
    assert 'aria-hidden="true"' in html
    assert f'href="{static("shell/icons.svg")}#cart"' in html


def test_a_time_that_is_over_says_so() -> None:
    with stopped_at(NOON), override("id"):
        shown = render_to_string("shell/components/countdown.html", {"moment": NOON - timedelta(minutes=1)})
    assert ">habis</time>" in shown
