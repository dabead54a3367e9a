"""Following `/r/<code>`: the answer before Django's stack."""

import time
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from lapak.affiliates.clicks.storing import ClickRow, Followed
from lapak.affiliates.models import Link
from lapak.affiliates.queries import LinkTarget, link_for_code
from lapak.affiliates.token import make_token, read_token
from lapak.goods.catalogue.models import Product, Variant
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.testing.cast import Cast, link_to
from lapak.web.shell.in_app import LONGEST_AGENT
from lapak.web.shop import redirect

pytestmark = pytest.mark.django_db

PHONE = (
    "Mozilla/5.0 (Linux; Android 13; SM-A536E; wv) AppleWebKit/537.36 Chrome/117.0.0.0 Mobile Safari/537.36 trill_31"
)
BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


OTHERS = f"xlapak_clicks={make_token(new_id(), new_id())}"


class Answer:
    """What the server would send."""

    def __init__(
        self, code: str, *, only_looks: bool = False, user_agent: str | None = PHONE, cookie: str = ""
    ) -> None:
        headers = redirect.answer_click(f"/r/{code}", "203.0.113.77", user_agent or "", cookie, only_looks=only_looks)
        self.is_given = headers is not None
        self.headers = dict(headers or [])
        self.path, _, self.token = self.headers.get("Location", "").partition("lp=")
        self.path = self.path.removesuffix("?")

    @property
    def remembered(self) -> list[str]:
        return self.headers["Set-Cookie"].removeprefix("lapak_clicks=").partition(";")[0].split(".")


@pytest.fixture(autouse=True)
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[ClickRow]]:
    """The clicks handed over for storing; every link is looked up anew."""
    rows: list[ClickRow] = []
    monkeypatch.setattr(redirect, "store_click_soon", rows.append)
    redirect._known.clear()
    yield rows
    redirect._known.clear()


@pytest.fixture
def link(cast: Cast, variant: Variant) -> Link:
    return link_to(cast, variant.product)


class TestAnswered:
    def test_with_a_token_in_address_and_cookie(self, link: Link, counted: list[ClickRow]) -> None:
        answer = Answer(link.code)
        assert answer.is_given
        assert link.product
        assert answer.path == link.product.path
        click = read_token(answer.token)
        assert click
        assert click.link_id == link.id
        assert answer.remembered == [answer.token]
        of_it = Followed(link.id.bytes, link.creator_id.bytes, link.label)
        assert counted == [ClickRow(click.click_id.bytes, of_it, "phone", True, "203.0.113.0", PHONE)]

    def test_the_cookie_is_first_party_and_closed_to_scripts(self, link: Link) -> None:
        attributes = Answer(link.code).headers["Set-Cookie"].split("; ")[1:]
        assert attributes == ["Max-Age=7776000", "Path=/", "HttpOnly", "SameSite=Lax"]

    def test_no_cache_keeps_it_so_that_every_click_counts(self, link: Link) -> None:
        assert Answer(link.code).headers["Cache-Control"] == "private, no-store"

    def test_earlier_clicks_stay_behind_the_new_one(self, link: Link) -> None:
        earlier, same_link = make_token(new_id(), new_id()), make_token(link.id, new_id())
        answer = Answer(link.code, cookie=f"csrftoken=abc; lapak_clicks={earlier}.{same_link}; sessionid=x")
        assert answer.remembered == [answer.token, earlier, same_link]

    @pytest.mark.parametrize(
        "cookie",
        [
            "lapak_clicks=",
            "lapak_clicks=rubbish",
            pytest.param("lapak_clicks=" + "é" * 64, id="not ASCII"),
            "x=y",
            pytest.param(OTHERS, id="of another site"),
        ],
    )
    def test_a_strange_cookie_is_no_hindrance(self, link: Link, cookie: str) -> None:
        answer = Answer(link.code, cookie=cookie)
        assert answer.remembered == [answer.token]

    def test_as_people_type_it_and_chats_end_it(self, link: Link, counted: list[ClickRow]) -> None:
        written = [link.code.upper(), f"{link.code}/", f"{link.code}.", f"{link.code.title()}),"]
        written += [
            f"{link.code}{ending}" for ending in ("*", "_", "~", ":", ";", "'", '"', "]", ">", "”", "…", "\u200b", "👇")
        ]
        written += [f"{link.code}{quote(ending)}" for ending in ("”", "…", "\u200b", "👇", " ", '"')]
        for code in written:
            assert Answer(code).is_given
        assert len(counted) == len(written)

    def test_of_an_agent_without_end_no_more_is_kept_than_is_looked_at(
        self, link: Link, counted: list[ClickRow]
    ) -> None:
        assert Answer(link.code, user_agent=PHONE + "x" * 100_000).token
        assert counted[0].agent == PHONE.ljust(LONGEST_AGENT, "x")

    def test_each_click_is_another(self, link: Link, counted: list[ClickRow]) -> None:
        assert Answer(link.code).token != Answer(link.code).token
        assert len(counted) == 2

    def test_a_shops_and_a_showcase_link(self, cast: Cast) -> None:
        shop_link = Link.objects.create(code="shopxyz", creator=cast.creator, shop=cast.shop, created_at=clock.now())
        showcase = Link.objects.create(code="showxyz", creator=cast.creator, created_at=clock.now())
        assert Answer(shop_link.code).path == "/s/batik-sekar"
        assert Answer(showcase.code).path == "/@ceu-edoh"

    def test_withdrawn_goods_lead_to_their_shop(self, link: Link) -> None:
        Product.objects.update(status=Product.Status.ARCHIVED)
        assert Answer(link.code).path == "/s/batik-sekar"


class TestNotCounted:
    def test_who_only_looks(self, link: Link, counted: list[ClickRow]) -> None:
        answer = Answer(link.code, only_looks=True)
        assert (answer.is_given, answer.token) == (True, "")
        assert "Set-Cookie" not in answer.headers
        assert counted == []

    @pytest.mark.parametrize("user_agent", [BOT, "WhatsApp/2.23.20.0 A", None])
    def test_a_bot_is_stored_as_one_and_given_no_token(
        self, link: Link, counted: list[ClickRow], user_agent: str | None
    ) -> None:
        answer = Answer(link.code, user_agent=user_agent)
        assert (answer.is_given, answer.token) == (True, "")
        assert "Set-Cookie" not in answer.headers
        assert [row.device for row in counted] == ["bot"]

    @pytest.mark.parametrize("code", ["unknown", "", "../admin", "a" * 500, "x\0y", "é", "*", "%", "%E2%80%8B"])
    def test_an_unknown_code_is_left_to_django(self, counted: list[ClickRow], code: str) -> None:
        assert not Answer(code).is_given
        assert counted == []


class TestRemembering:
    def test_a_link_and_a_miss_cost_one_query_a_minute(self, link: Link, monkeypatch: pytest.MonkeyPatch) -> None:
        looked_up = []

        def look_up(code: str) -> LinkTarget | None:
            looked_up.append(code)
            return link_for_code(code)

        monkeypatch.setattr(redirect, "link_for_code", look_up)
        for _ in range(3):
            Answer(link.code)
            Answer("unknown")
        assert looked_up == [link.code, "unknown"]
        a_minute_ago = time.monotonic() - redirect.REMEMBERED_S
        redirect._known[link.code] = replace(redirect._known[link.code], looked_up_at=a_minute_ago)
        Answer(link.code)
        assert looked_up == [link.code, "unknown", link.code]

    def test_what_cannot_be_a_code_costs_no_query_and_no_memory(self) -> None:
        with CaptureQueriesContext(connection) as queries:
            Answer("x" * 4000)
        assert not queries.captured_queries
        assert not redirect._known

    def test_memory_is_bounded(self, link: Link, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(redirect, "MOST_KNOWN", 3)
        for number in range(10):
            Answer(f"miss{number}")
        assert len(redirect._known) <= 3
        assert Answer(link.code).is_given

    def test_while_the_database_is_away_known_links_go_on(self, link: Link, monkeypatch: pytest.MonkeyPatch) -> None:
        path = Answer(link.code).path

        def away(_: str) -> None:
            raise OperationalError("the database is away")

        monkeypatch.setattr(redirect, "link_for_code", away)
        monkeypatch.setattr(redirect, "REMEMBERED_S", 0)
        assert Answer(link.code).path == path
        with pytest.raises(OperationalError):
            Answer("another")


def test_its_utm_values_stand_before_the_token_and_come_along_when_it_only_looks(link: Link) -> None:
    Link.objects.filter(pk=link.pk).update(utm="utm_source=tiktok&utm_campaign=lebaran")
    followed = Answer(link.code)
    assert followed.path.endswith("?utm_source=tiktok&utm_campaign=lebaran&")
    click = read_token(followed.token)
    assert click
    assert click.link_id == link.id
    assert Answer(link.code, only_looks=True).path.endswith("?utm_source=tiktok&utm_campaign=lebaran")


def test_a_chosen_code_leads_on_in_capitals_and_after_it_was_archived(link: Link) -> None:
    Link.objects.filter(pk=link.pk).update(code="batik-ceu-edoh-lebaran", is_chosen=True, archived_at=clock.now())
    answer = Answer("Batik-Ceu-Edoh-Lebaran.")
    assert answer.path.startswith("/p/")
    assert answer.token
